/**
 * The search for words: candidates are visited newest first, and no more of them than are needed for what is shown.
 * Every record is checked as a substring scan would check it.
 */
import { conditionsOf } from "./conditions.js";
import { matchesCode, matchesName, matchesNumber, wanted } from "./fold.js";
import { pathsOf } from "./paths.js";
import { expired } from "./store.js";
import { inOrder } from "./streams.js";
import { block, blockOf, hitsOf, older } from "./subjects.js";

/** Hits that pages show: they are found one after the other, and nobody reads the thousandth. */
export const SHOWN = 1000;

const SMALL = 200; // blocks: so many are read to the end, so that the total is exact
const [LEAST, MOST] = [21, 400]; // candidates visited at once: a page's worth, and where all are wanted
const POOR = 3; // candidates for a hit: from here on they are chosen more strictly
const FEW = 64; // candidates left: visited at once, for many of them will not match

/** Records that a query finds, newest first, growing as they are asked for. */
export class WordSearch {
  /**
   * @param {import("./store.js").Manifest} contents @param {import("./conditions.js").Criteria & {q: string}} criteria @param {AbortSignal} [signal]
   */
  constructor(contents, criteria, signal) {
    this.contents = contents;
    this.conditions = conditionsOf(contents, criteria);
    this.wanted = wanted(criteria.q);
    this.expired = expired(contents);
    /** @type {import("./conditions.js").Failure[]} */
    this.failed = [];
    /** @type {import("./subjects.js").Hit[]} in the order in which they are shown */
    this.hits = [];
    this.over = false;
    /** @type {import("./postings.js").Question} */
    this.question = { contents, kinds: this.conditions.kinds, signal, fail: (part, error) => this.fail(part, error) };
    /** @type {import("./subjects.js").Hit[]} found, but something newer may still come */
    this.waiting = [];
    /** @type {{path: import("./postings.js").Path, place: number}[]} */
    this.paths = [];
    /** @type {(import("./postings.js").Candidate & {subject: import("./subjects.js").Subject, chunk: number})[]} */
    this.chunks = [];
    /** @type {Set<number>} slots */
    this.visited = new Set();
    /** @type {Set<number>} */
    this.blocks = new Set();
    /** All records of the blocks that were read, and as how many candidates lists would name their subjects. */
    this.sample = { records: 0, candidates: 0 };
    /** Records that were checked. */
    this.looked = 0;
    this.turn = this.begin();
    this.turn.catch(() => undefined);
  }

  /**
   * Goes on until so many hits are known, or all.
   * @param {number} count @returns {Promise<void>} @throws only what the signal gives as its reason
   */
  reach(count) {
    const turn = this.turn.then(() => this.advance(count));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Goes to the end, if that takes few files. @param {boolean} [wanted] the reader asked for it: not only by the way */
  async finish(wanted = false) {
    await this.turn;
    const spare = wanted || !(/** @type {any} */ (navigator).connection?.saveData);
    if (spare && this.blocksLeft <= SMALL) await this.reach(Infinity);
  }

  /** Blocks that were not read, of which no more is known than of their candidates. */
  get blocksLeft() {
    if (this.paths.some(({ path }) => !path.over)) return Infinity;
    const left = this.paths.flatMap(({ path, place }) => path.items.slice(place).map(({ slot }) => blockOf(this.contents.index, slot)));
    return new Set(left.filter((number) => !this.blocks.has(number))).size + this.chunks.length;
  }

  /** @returns {{count: number, exact: boolean}} */
  get total() {
    const found = this.hits.length + this.waiting.length;
    if (this.over) return { count: found, exact: !this.failed.length };
    // The newest candidates have more records than the others; all subjects of the blocks that were read are a fair sample.
    const left = this.paths.reduce((sum, { path, place }) => sum + path.total - place, 0);
    const expected = left * (this.sample.records / Math.max(1, this.sample.candidates)) * (found / Math.max(1, this.looked));
    const most = [...this.conditions.kinds].reduce((sum, kind) => sum + this.contents.kinds[kind].count, 0);
    return { count: Math.max(found, Math.round(Math.min(found + expected, most))), exact: false };
  }

  /** Reads the lists of the query's grams. */
  async begin() {
    const paths = await pathsOf(this.question, this.wanted, this.conditions);
    await Promise.all(paths.map((path) => path.at(0))); // one after the other they would cost a round trip each
    this.paths = paths.map((path) => ({ path, place: 0 }));
  }

  /** @param {number} count */
  async advance(count) {
    while (!this.over && this.hits.length < count) {
      // Nearly every candidate of a name is a hit; of what is left of a number's, one may be.
      const left = this.paths.every(({ path }) => path.over) ? this.paths.reduce((sum, { path, place }) => sum + path.total - place, 0) : Infinity;
      const [batch, next] = await this.take(left <= FEW ? FEW : Math.min(MOST, Math.max(LEAST, count - this.hits.length)));
      const found = this.hits.length + this.waiting.length;
      await this.visit(batch);
      this.question.signal?.throwIfAborted();
      const gained = this.hits.length + this.waiting.length - found;
      if (gained * POOR < batch.length) for (const { path, place } of this.paths) path.tighten(place);
      const chunk = this.chunks[0]; // what was visited may have more records, newer than the next candidate
      this.release(chunk && (!next || inOrder(chunk, next) < 0) ? chunk : next);
    }
  }

  /** The next candidates, and the one after them. @param {number} most @returns {Promise<[any[], import("./postings.js").Candidate | null]>} */
  async take(most) {
    const batch = [];
    for (;;) {
      const next = await this.peek();
      if (!next || batch.length >= most) return [batch, next];
      if (!this.chunks.length || next !== this.chunks[0]) this.visited.add(next.slot);
      else this.chunks.shift();
      batch.push(next);
    }
  }

  /** The newest candidate that was not visited. @returns {Promise<any>} null: there is none that could match */
  async peek() {
    /** @type {any} */
    let newest = this.chunks[0] ?? null;
    for (const head of this.paths) {
      let one = await head.path.at(head.place);
      while (one && this.visited.has(one.slot)) one = await head.path.at((head.place += 1));
      if (one && (!newest || inOrder(one, newest) < 0)) newest = one;
    }
    return newest && newest.day >= this.conditions.first ? newest : null;
  }

  /** @param {any[]} batch */
  async visit(batch) {
    const { contents, signal } = this.question;
    /** @type {Map<number, Set<number>>} */
    const slots = new Map();
    for (const { slot, subject } of batch) {
      const number = blockOf(contents.index, slot);
      if (!subject) slots.set(number, (slots.get(number) ?? new Set()).add(slot));
    }
    await Promise.all([
      ...[...slots].map(([number, wantedSlots]) =>
        this.attempt(`主体资料第${number + 1}部分`, async () => {
          const subjects = await block(contents.index, number, signal);
          this.learn(number, subjects);
          for (const subject of subjects) if (wantedSlots.has(subject.slot)) this.look(subject, 0);
        }),
      ),
      ...batch
        .filter(({ subject }) => subject)
        .map(({ subject, chunk }) =>
          this.attempt(`“${subject.name}”的部分信息`, async () => this.look(await older(subject, chunk, signal), chunk + 1)),
        ),
    ]);
  }

  /** @param {string} part @param {() => Promise<void>} work */
  async attempt(part, work) {
    try {
      await work();
    } catch (error) {
      this.fail(part, error);
    }
  }

  /** @param {number} number of a block @param {import("./subjects.js").Subject[]} subjects */
  learn(number, subjects) {
    if (this.blocks.has(number)) return;
    this.blocks.add(number);
    for (const { columns, start, end } of subjects) {
      this.sample.records += end - start;
      this.sample.candidates += new Set(columns.kind.slice(start, end)).size;
    }
  }

  /** Checks a subject's records. @param {import("./subjects.js").Subject} subject @param {number} following its next chunk */
  look(subject, following) {
    const whole = matchesName(this.wanted, subject.name) || matchesCode(this.wanted, subject.code);
    this.looked += subject.end - subject.start;
    for (const hit of hitsOf(this.contents, subject)) {
      if ((whole || matchesNumber(this.wanted, hit.number)) && this.admits(hit)) this.waiting.push(hit);
    }
    const day = subject.columns.day[subject.end - 1];
    if (following < subject.more && day >= this.conditions.first) { // the next chunk is no newer
      this.chunks.push({ day, kind: 0, slot: subject.slot, subject, chunk: following });
      this.chunks.sort(inOrder);
    }
  }

  /** @param {import("./subjects.js").Hit} hit */
  admits({ kind, unit, day, last, state }) {
    const { kinds, units, first, last: until, status } = this.conditions;
    return kinds.has(kind) && (!units || units.has(unit)) && day >= first && day <= until && (!status || state === status) && !this.expired(last);
  }

  /** Hits before which nothing can come any more. @param {import("./postings.js").Candidate | null} next */
  release(next) {
    this.waiting.sort((a, b) => inOrder(a, b) || (a.id < b.id ? -1 : 1));
    const end = next ? this.waiting.findIndex((hit) => inOrder(hit, next) >= 0) : -1;
    for (const hit of this.waiting.splice(0, end < 0 ? this.waiting.length : end)) this.hits.push(hit);
    this.over = !next;
  }

  /** @param {string} part @param {unknown} error */
  fail(part, error) {
    this.question.signal?.throwIfAborted();
    const { message, status = 0 } = /** @type {any} */ (error);
    this.failed.push({ part, reason: message, status });
  }
}
