/**
 * Lists of candidates: the places (slots) of subjects that have the grams of a query, newest first.
 *
 * @typedef {import("./streams.js").Candidate} Candidate
 * @typedef {import("./streams.js").Stream} Stream
 * @typedef {{contents: import("./store.js").Manifest, kinds: Set<number>, signal?: AbortSignal,
 *   fail: (part: string, error: unknown) => void}} Question  `kinds`: places of the kinds asked for
 * @typedef {"names" | "numbers"} Table
 */
import { read } from "./files.js";
import { fileOf, grams, LENGTH } from "./grams.js";
import { longGrams } from "./store.js";
import { BLOCK, Common, keyOf, List, Resumed, sorted } from "./streams.js";

const AT_ONCE = 4; // lists read at first, and again where they leave too many candidates
const ENOUGH = 24; // candidates: their blocks are quicker read than further lists
const FIGURES = /[0-9]/;
const LATIN = /^[0-9A-Z]*$/;
const ORDINAL = /第.*[0-9]/; // left out of the forms of document numbers, so in codes alone, where it never is

/** What a table is called where it cannot be read. */
export const PARTS = { names: "名称目录", numbers: "代码和文书号目录" };

/** Candidates, newest first, of which the later ones may not have been read yet. */
export class Path {
  /**
   * @param {Question} question @param {string} part what it is part of, for the reader @param {Stream} stream
   * @param {Stream[]} [spare] further lists that all candidates are in
   */
  constructor(question, part, stream, spare = []) {
    this.question = question;
    this.part = part;
    this.stream = stream;
    this.spare = spare;
    this.before = 0; // candidates that other streams gave
    /** @type {Candidate[]} */
    this.items = [];
  }

  get over() {
    return this.stream.frontier === -Infinity;
  }

  /** How many there are, as far as is known. */
  get total() {
    return this.over ? this.items.length : Math.max(this.items.length, this.before + this.stream.total);
  }

  /** @param {number} place @returns {Promise<Candidate | null>} null: the path ends before */
  async at(place) {
    while (place >= this.items.length && !this.over) {
      try {
        for (const item of await this.stream.read()) this.items.push(item);
      } catch (error) {
        this.stream = complete([]);
        this.question.fail(this.part, error);
      }
    }
    return this.items[place] ?? null;
  }

  /** Reads one more list, for most candidates do not match. @param {number} place those before it have been visited */
  tighten(place) {
    const list = this.items.length - place > ENOUGH || !this.over ? this.spare.shift() : undefined;
    if (!list) return;
    this.stream = new Common([new Resumed(this.items.splice(place), this.stream), list]);
    this.before = place;
  }
}

/** @param {Candidate[]} found newest first @returns {Stream} */
function complete(found) {
  return new List(found.length, async () => ({ found, left: 0, day: 0 }));
}

/**
 * The candidates for a folded text: subjects that have all of its grams, as far as their lists were read.
 * @param {Question} question @param {Table} table @param {string} text
 * @returns {Promise<Path>} @throws {StoreError} where none of the lists needed can be read
 */
export async function pathOf(question, table, text) {
  const { long } = (await longGrams(question.signal))[table];
  const all = grams(text, LENGTH[table]);
  const short = all.filter(({ hash }) => !(hash in long));
  const figures = (/** @type {string} */ gram) => Number(short.length > 0 && FIGURES.test(gram)); // those are in short lists as well
  const wide = all.filter(({ hash }) => hash in long).sort((a, b) => figures(a.text) - figures(b.text) || long[a.hash] - long[b.hash]);
  // One of a name is as good as all; figures of a code are shared by many that have nothing else in common.
  const lists = wide.map(({ hash }) => listOf(question, table, hash, long[hash]));
  const path = (/** @type {Stream} */ stream) => new Path(question, PARTS[table], stream, lists);
  if (!short.length) {
    const first = lists.splice(0, table === "names" ? 1 : 2);
    return path(first.length > 1 ? new Common(first) : first[0]);
  }

  // A text with figures is seldom a name, one without any seldom a code or number: a single list tells.
  const strange = table === "names" ? FIGURES.test(text) || LATIN.test(text) : !FIGURES.test(text);
  const telling = short.filter(({ text: gram }) => ORDINAL.test(gram)).slice(0, 1);
  const { first, rest } = telling.length ? { first: telling, rest: short } : spread(short, strange ? 1 : AT_ONCE);
  /** @type {Map<number, number>} */
  let found;
  try {
    found = await narrow(null, question, table, first);
  } catch (error) {
    question.signal?.throwIfAborted();
    if (!rest.length) throw error;
    found = await narrow(null, question, table, spread(rest, AT_ONCE).first);
  }
  if (found.size <= ENOUGH) return path(complete(sorted(found)));
  // A year and a serial number are shared by many authorities; their words are long grams. Both are read in one go.
  const further = rest.length ? spread(rest, AT_ONCE).first : [];
  const some = new List(found.size, async () => ({ found: sorted(await narrow(found, question, table, further)), left: 0, day: 0 }));
  return path(lists.length && lists[0].total <= found.size * BLOCK ? new Common([some, ...lists.splice(0, 1)]) : some);
}

/** The list of a long gram. @param {Question} question @param {Table} table @param {number} hash @param {number} size */
function listOf({ contents, kinds, signal }, table, hash, size) {
  const bits = contents.index[table === "names" ? "name_bits" : "number_bits"];
  return listIn(contents, size, Infinity, async (number) => {
    const { kind, day, slot } = await read(`store/${table}/${bits}/long/${hash}-${number}.json.gz`, signal);
    return { day, found: candidates(kind, day, slot, kinds) };
  });
}

/**
 * A list in several files: the first holds so many postings as the manifest says, each further one twice as many.
 * @param {import("./store.js").Manifest} contents @param {number} size @param {number} newest no candidate is of a later day
 * @param {(number: number) => Promise<{day: number[], found: Candidate[]}>} file `day`: of all postings of a file
 */
export function listIn({ index: { chunk } }, size, newest, file) {
  const behind = (/** @type {number} */ number) => Math.max(0, size - chunk * (2 ** (number + 1) - 1));
  const piece = async (/** @type {number} */ number) => {
    // A rest that is smaller than what goes before is read along: it costs less than a round trip.
    const rest = behind(number) && behind(number) < chunk << number && !behind(number + 1) ? [file(number + 1)] : [];
    const files = await Promise.all([file(number), ...rest]);
    const left = rest.length ? 0 : behind(number);
    return { found: files.flatMap(({ found }) => found), left, day: files[0].day[files[0].day.length - 1] };
  };
  return new List(size, piece, newest);
}

/**
 * @param {number[]} kind @param {number[]} day @param {number[]} slot @param {Set<number>} kinds those asked for
 * @returns {Candidate[]}
 */
function candidates(kind, day, slot, kinds) {
  const found = [];
  for (let row = 0; row < kind.length; row += 1) if (kinds.has(kind[row])) found.push({ day: day[row], kind: kind[row], slot: slot[row] });
  return found;
}

/**
 * Some of the grams, evenly from one end of the text to the other, and the others: neighbours say nearly the same.
 * The end comes first, for a serial number tells more than the authority's word.
 * @template T @param {T[]} all @param {number} count @returns {{first: T[], rest: T[]}}
 */
function spread(all, count) {
  const last = all.length - 1;
  const places = new Set(Array.from({ length: Math.min(count, all.length) }, (_, place) => Math.round(last - (place * last) / Math.max(1, count - 1))));
  return { first: all.filter((_, place) => places.has(place)), rest: all.filter((_, place) => !places.has(place)) };
}

/**
 * What a set and the lists of some grams have in common. A list that cannot be read is left out as long as there is
 * another: every candidate is checked in its block anyway.
 * @param {Map<number, number> | null} found @param {Question} question @param {Table} table @param {{hash: number, text: string}[]} wanted
 */
async function narrow(found, question, table, wanted) {
  const lists = await Promise.allSettled(wanted.map(({ hash }) => postings(question, table, hash)));
  const read = lists.flatMap((list) => (list.status === "fulfilled" ? [list.value] : []));
  question.signal?.throwIfAborted();
  if (!read.length && !found) throw /** @type {PromiseRejectedResult} */ (lists[0]).reason;
  read.sort((a, b) => a.size - b.size);
  return [...(found ? [found] : []), ...read].reduce(common);
}

/** @param {Map<number, number>} some @param {Map<number, number>} others */
function common(some, others) {
  /** @type {Map<number, number>} */
  const both = new Map();
  for (const [key, day] of some) {
    const other = others.get(key);
    if (other !== undefined) both.set(key, Math.min(day, other));
  }
  return both;
}

/** @param {Question} question @param {Table} table @param {number} hash */
async function postings({ contents, kinds, signal }, table, hash) {
  const bits = contents.index[table === "names" ? "name_bits" : "number_bits"];
  const { gram, size, kind, day, slot } = await read(`store/${table}/${bits}/${fileOf(hash, bits)}.json.gz`, signal);
  /** @type {Map<number, number>} */
  const found = new Map();
  const place = gram.indexOf(hash);
  if (place < 0) return found;
  let start = 0;
  for (let before = 0; before < place; before += 1) start += size[before];
  for (let row = start; row < start + size[place]; row += 1) {
    if (kinds.has(kind[row])) found.set(keyOf({ day: day[row], kind: kind[row], slot: slot[row] }), day[row]);
  }
  return found;
}
