/**
 * Lists of candidates: the places (slots) of subjects that have the grams of a query, newest first.
 *
 * @typedef {{day: number, kind: number, slot: number}} Candidate  `day`: none of its records that can match is newer
 * @typedef {{contents: import("./store.js").Manifest, kinds: Set<number>, signal?: AbortSignal,
 *   fail: (part: string, error: unknown) => void}} Question  `kinds`: places of the kinds asked for
 * @typedef {"names" | "numbers"} Table
 */
import { read } from "./files.js";
import { fileOf, grams, LENGTH } from "./grams.js";
import { longGrams } from "./store.js";

const FIRST = { names: 4, numbers: 2 }; // lists read at first
const MORE = 4; // lists read then, where the first leave too many candidates
const ENOUGH = 24; // candidates: their blocks are quicker read than further lists
export const WHOLE = 57_344; // postings in the first three files of a long gram: read whole where that leaves fewer candidates
const CHUNK = 8192; // postings in the first file of a long gram; each further one holds twice as many
const KINDS = 64; // more than there are: a kind and a slot in one number
const FIGURES = /[0-9]/;
const LATIN = /^[0-9A-Z]*$/;

/** Candidates, newest first, of which the later ones may not have been read yet. */
export class Path {
  /**
   * @param {Candidate[]} items @param {number} total how many there are at most
   * @param {((path: Path) => Promise<Candidate[] | null>) | null} further null: there are no more
   */
  constructor(items, total = items.length, further = null) {
    this.items = items;
    this.total = total;
    this.further = further;
  }

  /** @param {number} place @returns {Promise<Candidate | null>} null: the path ends before */
  async at(place) {
    while (place >= this.items.length && this.further) {
      const found = await this.further(this);
      if (found) for (const item of found) this.items.push(item);
      else this.further = null;
    }
    return this.items[place] ?? null;
  }
}

/**
 * The candidates for a folded text: subjects that have all of its grams, as far as their lists were read.
 * @param {Question} question @param {Table} table @param {string} text
 * @returns {Promise<Path>} @throws {StoreError} where none of the lists needed can be read
 */
export async function pathOf(question, table, text) {
  const long = (await longGrams(question.signal))[table].long;
  const all = grams(text, LENGTH[table]);
  const short = all.filter(({ hash }) => !(hash in long));
  if (!short.length) return longPath(question, table, all, long);

  // A text with figures is seldom a name, one without any seldom a code or number: a single list tells.
  const strange = table === "names" ? FIGURES.test(text) || LATIN.test(text) : !FIGURES.test(text);
  const { first, rest } = spread(short, strange ? 1 : FIRST[table]);
  const further = () => spread(rest, MORE).first;
  let found;
  try {
    found = await narrow(null, question, table, first);
    if (found.size > ENOUGH && rest.length) found = await narrow(found, question, table, further());
  } catch (error) {
    question.signal?.throwIfAborted();
    if (!rest.length) throw error;
    found = await narrow(null, question, table, further());
  }
  // A year and a serial number are shared by many authorities; their words are long grams.
  const shortest = leastOf(all.filter(({ hash }) => hash in long), long);
  if (found.size > ENOUGH && shortest && long[shortest.hash] <= WHOLE) found = await among(found, question, table, shortest.hash, long);
  return new Path(sorted(found));
}

/** @param {{hash: number, text: string}[]} grams @param {Record<string, number>} long number of postings by hash */
function leastOf(grams, long) {
  return grams.reduce((/** @type {{hash: number, text: string} | null} */ best, gram) => (best && long[best.hash] <= long[gram.hash] ? best : gram), null);
}

/**
 * What a set and the whole list of a long gram have in common; the set, if the list cannot be read.
 * @param {Map<number, number>} found @param {Question} question @param {Table} table @param {number} hash @param {Record<string, number>} long
 */
async function among(found, question, table, hash, long) {
  const chunks = [];
  for (let seen = 0; seen < long[hash]; seen += CHUNK << (chunks.length - 1)) chunks.push(chunkOf(question, table, hash, chunks.length));
  try {
    return common(found, new Map((await Promise.all(chunks)).flat().map(({ day, kind, slot }) => [slot * KINDS + kind, day])));
  } catch {
    question.signal?.throwIfAborted();
    return found;
  }
}

/**
 * Some of the candidates of a long gram, newest first.
 * @param {Question} question @param {Table} table @param {number} hash @param {number} chunk @returns {Promise<Candidate[]>}
 */
async function chunkOf({ contents, kinds, signal }, table, hash, chunk) {
  const bits = contents.index[table === "names" ? "name_bits" : "number_bits"];
  const { kind, day, slot } = await read(`store/${table}/${bits}/long/${hash}-${chunk}.json.gz`, signal);
  /** @type {Candidate[]} */
  const found = [];
  for (let row = 0; row < kind.length; row += 1) if (kinds.has(kind[row])) found.push({ day: day[row], kind: kind[row], slot: slot[row] });
  return found;
}

/**
 * Candidates of a complete list, newest first.
 * @param {Map<number, number>} found kind and slot as one number → day @returns {Candidate[]}
 */
function sorted(found) {
  return [...found].map(([key, day]) => ({ day, kind: key % KINDS, slot: Math.floor(key / KINDS) })).sort(inOrder);
}

/** @param {Candidate} a @param {Candidate} b */
export function inOrder(a, b) {
  return b.day - a.day || a.kind - b.kind || a.slot - b.slot;
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
    if (kinds.has(kind[row])) found.set(slot[row] * KINDS + kind[row], day[row]);
  }
  return found;
}

/**
 * Where all grams are long: the shortest of them, read as far as is needed.
 * @param {Question} question @param {Table} table @param {{hash: number, text: string}[]} all
 * @param {Record<string, number>} long number of postings by hash
 */
function longPath(question, table, all, long) {
  const driver = /** @type {{hash: number, text: string}} */ (leastOf(all, long));
  const total = long[driver.hash];
  let [chunk, seen] = [0, 0];
  const further = async () => {
    if (seen >= total) return null;
    try {
      const found = await chunkOf(question, table, driver.hash, chunk);
      seen += CHUNK << chunk;
      chunk += 1;
      return found;
    } catch (error) {
      question.fail(`含“${driver.text}”的${chunk ? "其余" : ""}目录`, error);
      return null;
    }
  };
  return new Path([], total, further);
}
