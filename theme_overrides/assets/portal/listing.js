/**
 * Records in the order of their decisions: whole slices are counted by the directory of their kind, and only those are
 * read that a page shows or a condition cuts.
 *
 * @typedef {{kind: number, name: string, first: string, last: string, units: number[], states: number[], least: number,
 *   most: number}} Slice  between `least` and `most` of its rows meet the conditions; `first`, `last`: ISO days, the last
 *   one the 31st in any month; `units`, `states` as in its directory
 * @typedef {{slices: Slice[], rows: Row[] | null}} Stretch  slices whose days overlap, to be merged; `rows` once read
 * @typedef {{kind: number, decided: string, columns: import("./store.js").Columns, row: number}} Row
 */
import { conditionsOf } from "./conditions.js";
import { monthsBetween, toDay } from "./days.js";
import { matchesCode, matchesName, matchesNumber, wanted } from "./fold.js";
import { directory, expired, isBehind, shard } from "./store.js";

const AT_ONCE = 8; // stretches read side by side
const FEW = 60; // slices that may be read to count what the directories do not tell

/** Rows that meet conditions, newest first or oldest first. */
export class Listing {
  /**
   * @param {import("./store.js").Manifest} contents @param {import("./conditions.js").Criteria} criteria
   * @param {{oldest?: boolean, signal?: AbortSignal}} [how]
   */
  constructor(contents, criteria, { oldest = false, signal } = {}) {
    this.contents = contents;
    this.conditions = conditionsOf(contents, criteria);
    /** Words are looked for where a month of report is asked for: the index of words does not know it. */
    this.wanted = criteria.q ? wanted(criteria.q) : null;
    this.oldest = oldest;
    this.signal = signal;
    this.expired = expired(contents);
    /** @type {import("./conditions.js").Failure[]} */
    this.failed = [];
    /** @type {Stretch[]} in the order of the rows */
    this.stretches = [];
    this.ready = this.begin();
    this.ready.catch(() => undefined);
  }

  /** Reads the directories, and the slices that `from` and `to` cut. */
  async begin() {
    const found = await Promise.all([...this.conditions.kinds].map((kind) => this.slicesOf(kind)));
    this.stretches = stretches(found.flat());
    if (this.oldest) this.stretches.reverse();
    // A day after the files were made nobody knows how many of the rows counted there are still to be seen.
    if (isBehind(this.contents) && this.slices.length <= FEW) for (const slice of this.slices) slice.least = 0;
    const { from, to } = this.conditions;
    const cut = this.stretches.filter(({ slices }) => slices.some(({ first, last }) => !within(first, from, to) || !within(last, from, to)));
    await this.read(cut);
  }

  get slices() {
    return this.stretches.flatMap(({ slices }) => slices);
  }

  /** @param {number} kind @returns {Promise<Slice[]>} those that can hold a row asked for */
  async slicesOf(kind) {
    const { from, to, units, status, listed, reported } = this.conditions;
    let columns;
    try {
      columns = await directory(this.contents.kinds[kind], this.signal);
    } catch (error) {
      this.fail(`${this.contents.kinds[kind].title}的目录`, error);
      return [];
    }
    const label = this.contents.kinds[kind].states.indexOf(status);
    return columns.slice.flatMap((name, place) => {
      const [of, states] = [columns.units[place], columns.states[place]];
      const slice = { kind, name, first: columns.first[place], last: columns.last[place], units: of, states };
      if (slice.last < from || (to && slice.first > to)) return [];
      const whole = within(slice.first, from, to) && within(slice.last, from, to);
      const after = reported && monthsBetween(slice.first, reported);
      const fits = (/** @type {number[]} */ [unit, months]) => (!units || units.has(unit)) && (!reported || months === after);
      const ofUnits = units || reported ? sum(groupsOf(of, 3).filter(fits)) : columns.count[place];
      const ofStatus = status ? sum(groupsOf(states, 2).filter(([state]) => state === label)) : columns.count[place];
      const most = Math.min(ofUnits, ofStatus);
      const least = whole && !listed && !this.wanted ? Math.max(0, ofUnits + ofStatus - columns.count[place]) : 0;
      return most ? [{ ...slice, least, most }] : [];
    });
  }

  /** Rows `start` to `end`. @param {number} start @param {number} end @returns {Promise<Row[]>} */
  async page(start, end) {
    await this.ready;
    /** @type {Row[]} */
    const found = [];
    let [before, ahead] = [0, 1];
    for (const [place, stretch] of this.stretches.entries()) {
      if (before >= end) break;
      const known = count(stretch);
      if (known !== null && before + known <= start) {
        before += known;
        continue;
      }
      if (known === null && place) await this.read(this.stretches.slice(place, place + (ahead = Math.min(AT_ONCE, 2 * ahead))));
      const rows = await this.rowsOf(stretch, end - before);
      found.push(...rows.slice(Math.max(0, start - before), end - before));
      before += count(stretch) ?? rows.length;
    }
    return found;
  }

  /** All rows. */
  async all() {
    await this.ready;
    await this.read(this.stretches);
    return this.stretches.flatMap((stretch) => stretch.rows ?? []);
  }

  /** How many rows there are; not exact where unit and state are asked for together and not all was read. */
  get total() {
    const exact = !this.failed.length && this.stretches.every((stretch) => count(stretch) !== null) && !this.behind;
    return { count: this.stretches.reduce((all, stretch) => all + (count(stretch) ?? stretch.slices.reduce((most, slice) => most + slice.most, 0)), 0), exact };
  }

  /** Whether the counts are those of a day ago, because there are too many slices to read them all. */
  get behind() {
    return isBehind(this.contents) && this.slices.some(({ least }) => least > 0) && this.stretches.some(({ rows }) => !rows);
  }

  /** Counts what the directories do not tell, if that takes few files. */
  async finish() {
    await this.ready;
    const unknown = this.stretches.filter((stretch) => count(stretch) === null);
    if (unknown.flatMap(({ slices }) => slices).length <= FEW) await this.read(unknown);
  }

  /** @param {Stretch[]} wanted */
  async read(wanted) {
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      await Promise.all(wanted.slice(start, start + AT_ONCE).map((stretch) => this.rowsOf(stretch, Infinity)));
    }
  }

  /**
   * Rows of a stretch, at least the first ones of it.
   * @param {Stretch} stretch @param {number} wanted
   */
  async rowsOf(stretch, wanted) {
    if (stretch.rows) return stretch.rows;
    const { slices } = stretch;
    if (slices.length === 1 || this.oldest || wanted >= (count(stretch) ?? Infinity)) {
      const read = await Promise.all(slices.map((slice) => this.rowsIn(slice)));
      const rows = read.flat().sort(inOrder); // stable: rows of a kind and day are in the order of their ids
      stretch.rows = this.oldest ? rows.reverse() : rows;
      return stretch.rows;
    }
    return this.merged(slices, wanted);
  }

  /**
   * The newest rows of slices that overlap, reading no more of them than can hold one.
   * @param {Slice[]} slices by their last day, newest first @param {number} wanted
   */
  async merged(slices, wanted) {
    /** @type {Row[]} */
    let rows = [];
    for (const [place, slice] of slices.entries()) {
      rows = [...rows, ...(await this.rowsIn(slice))].sort(inOrder);
      const following = slices[place + 1];
      if (following && rows.length >= wanted && rows[wanted - 1].decided > following.last) return rows.slice(0, wanted);
    }
    return rows;
  }

  /** @param {Slice} slice @returns {Promise<Row[]>} newest first */
  async rowsIn({ kind, name, first, last }) {
    const { decided } = this.contents.kinds[kind].roles;
    let columns;
    try {
      columns = await shard(this.contents.kinds[kind], name, this.signal);
    } catch (error) {
      const days = first === last ? first : last.endsWith("-31") && first.endsWith("-01") ? first.slice(0, 7) : `${first} 起一周`;
      this.fail(`${this.contents.kinds[kind].title} ${days}`, error);
      return [];
    }
    const { units, from, to, status, listed, reported } = this.conditions;
    const after = reported && monthsBetween(first, reported);
    const lists = columns[this.contents.kinds[kind].roles.list_class];
    /** @type {Row[]} */
    const rows = [];
    for (let row = 0; row < columns.id.length; row += 1) {
      if ((units && !units.has(columns.unit[row])) || (status && columns.state[row] !== status) || (listed && lists?.[row] !== listed)) continue;
      if ((reported && columns.reported_after[row] !== after) || !this.says(kind, columns, row)) continue;
      if (!within(columns[decided][row], from, to) || this.expired(toDay(columns.last_day[row]))) continue;
      rows.push({ kind, decided: columns[decided][row], columns, row });
    }
    return rows;
  }

  /** Whether a row has the words that are asked for. @param {number} kind @param {import("./store.js").Columns} columns @param {number} row */
  says(kind, columns, row) {
    if (!this.wanted) return true;
    const { subject, subject_code: code, number } = this.contents.kinds[kind].roles;
    const text = (/** @type {string} */ field) => columns[field]?.[row] ?? "";
    return matchesName(this.wanted, text(subject)) || matchesCode(this.wanted, text(code)) || matchesNumber(this.wanted, text(number));
  }

  /** @param {string} part @param {unknown} error */
  fail(part, error) {
    this.signal?.throwIfAborted();
    const { message, status = 0 } = /** @type {any} */ (error);
    if (!this.failed.some((one) => one.part === part)) this.failed.push({ part, reason: message, status });
  }
}

/** @param {string} day @param {string} from @param {string} to "" = no end */
function within(day, from, to) {
  return day >= from && (!to || day <= to);
}

/** @param {string} a @param {string} b */
function newer(a, b) {
  return a > b ? -1 : a < b ? 1 : 0;
}

/** @param {Row} a @param {Row} b */
function inOrder(a, b) {
  return newer(a.decided, b.decided) || a.kind - b.kind;
}

/** @param {Stretch} stretch @returns {number | null} rows in it, if that is known */
export function count({ slices, rows }) {
  if (rows) return rows.length;
  return slices.every(({ least, most }) => least === most) ? slices.reduce((all, { most }) => all + most, 0) : null;
}

/** What a directory says in a flat list. @param {number[]} list @param {number} size of a group @returns {number[][]} */
export function groupsOf(list, size) {
  return Array.from({ length: list.length / size }, (_, at) => list.slice(at * size, (at + 1) * size));
}

/** @param {number[][]} groups each with its count at the end */
function sum(groups) {
  return groups.reduce((all, group) => all + group[group.length - 1], 0);
}

/**
 * Slices of one kind lie one behind the other, those of several kinds overlap. A slice lies within another or beside
 * it, so the wider one comes first and takes the others up.
 * @param {Slice[]} slices @returns {Stretch[]} newest first
 */
function stretches(slices) {
  const ordered = slices.map((slice, place) => ({ slice, place }));
  ordered.sort((a, b) => newer(a.slice.last, b.slice.last) || newer(b.slice.first, a.slice.first) || a.slice.kind - b.slice.kind || a.place - b.place);
  /** @type {Stretch[]} */
  const found = [];
  for (const { slice } of ordered) {
    const current = found[found.length - 1];
    const overlaps = current?.slices.some((one) => one.first <= slice.last && (one.kind !== slice.kind || current.slices.length > 1));
    if (overlaps) current.slices.push(slice);
    else found.push({ slices: [slice], rows: null });
  }
  return found;
}
