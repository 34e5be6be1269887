/**
 * Lists of candidates that are read piece by piece, newest first, alone or for what several of them have in common.
 *
 * @typedef {{day: number, kind: number, slot: number}} Candidate  `day`: none of its records that can match is newer
 * @typedef {{found: Candidate[], left: number, day: number}} Piece  `left`: postings behind it; `day`: none of those is newer
 * @typedef {{total: number, left: number, frontier: number, read: () => Promise<Candidate[]>}} Stream
 *   `total`: about how many candidates in all; `left`: postings that were not read; `frontier`: all candidates of later days
 *   have been given, -Infinity = all; `read` gives some more
 */

const KINDS = 64; // more than there are: a kind and a slot in one number
/** Postings that weigh as much as a block of subjects. */
export const BLOCK = 1000;

/** @param {Candidate} a @param {Candidate} b */
export function inOrder(a, b) {
  return b.day - a.day || a.kind - b.kind || a.slot - b.slot;
}

/** @param {Candidate} candidate @returns {number} kind and slot as one number */
export function keyOf({ kind, slot }) {
  return slot * KINDS + kind;
}

/**
 * Candidates of a complete list.
 * @param {Map<number, number>} found kind and slot as one number → day @returns {Candidate[]} newest first
 */
export function sorted(found) {
  return [...found].map(([key, day]) => ({ day, kind: key % KINDS, slot: Math.floor(key / KINDS) })).sort(inOrder);
}

/** @param {Stream[]} streams @returns {number} the frontier of those that were read least far */
function edgeOf(streams) {
  return Math.max(...streams.map(({ frontier }) => frontier));
}

/** One list. */
export class List {
  /**
   * @param {number} total @param {(number: number) => Promise<Piece>} piece
   * @param {number} [newest] no candidate is newer
   */
  constructor(total, piece, newest = Infinity) {
    this.total = this.left = total;
    this.piece = piece;
    this.number = 0;
    this.frontier = total ? newest : -Infinity;
  }

  /** @returns {Promise<Candidate[]>} */
  async read() {
    const { found, left, day } = await this.piece(this.number);
    this.number += 1;
    this.left = left;
    this.frontier = left ? day : -Infinity;
    return found;
  }
}

/** A list of which some was read and given back. */
export class Resumed {
  /** @param {Candidate[]} rest in its order @param {Stream} stream */
  constructor(rest, stream) {
    this.rest = rest;
    this.stream = stream;
  }

  get total() {
    return this.stream.total;
  }

  get left() {
    return this.rest.length + this.stream.left;
  }

  get frontier() {
    return this.rest.length ? Infinity : this.stream.frontier;
  }

  /** @returns {Promise<Candidate[]>} */
  async read() {
    return this.rest.length ? this.rest.splice(0) : this.stream.read();
  }
}

/** Candidates of any of several lists; one of two lists comes twice. */
export class Union {
  /** @param {Stream[]} streams */
  constructor(streams) {
    this.streams = streams;
  }

  get total() {
    return this.streams.reduce((sum, { total }) => sum + total, 0);
  }

  get left() {
    return this.streams.reduce((sum, { left }) => sum + left, 0);
  }

  get frontier() {
    return edgeOf(this.streams);
  }

  /** @returns {Promise<Candidate[]>} */
  async read() {
    const edge = this.frontier;
    return (await Promise.all(this.streams.filter(({ frontier }) => frontier === edge).map((one) => one.read()))).flat();
  }
}

/**
 * Candidates that all of several lists have. A list is given up where reading on costs more than to look at what it might
 * rule out, or where it cannot be read: every candidate is checked in its block anyway.
 */
export class Common {
  /**
   * @param {Stream[]} streams at most 30 @param {number} [first] older days are not asked for
   */
  constructor(streams, first = -Infinity) {
    this.streams = streams.map((stream, place) => ({ stream, bit: 1 << place }));
    this.first = first;
    this.over = false;
    /** @type {Map<number, Candidate & {lists: number}>} */
    this.met = new Map();
    /** @type {Candidate[]} in all lists, but newer ones may still come */
    this.waiting = [];
    this.given = 0;
  }

  get total() {
    const found = this.given + this.waiting.length;
    if (this.over) return found;
    const read = Math.min(...this.streams.map(({ stream: { total, left } }) => 1 - left / total));
    return Math.max(found, read ? Math.round(found / read) : Math.min(...this.streams.map(({ stream }) => stream.total)));
  }

  get left() {
    return this.over ? 0 : Math.min(...this.streams.map(({ stream }) => stream.left).filter(Boolean));
  }

  get frontier() {
    return this.over ? -Infinity : edgeOf(this.streams.map(({ stream }) => stream));
  }

  /** @returns {Promise<Candidate[]>} @throws what the only list left throws */
  async read() {
    /** @type {Candidate[]} */
    let certain = [];
    while (!certain.length && !this.over) {
      const edge = this.frontier;
      await Promise.all(this.streams.filter(({ stream }) => stream.frontier === edge).map((one) => this.readOf(one)));
      this.spare();
      const reached = this.frontier;
      this.over ||= reached === -Infinity || reached < this.first;
      certain = this.waiting.filter(({ day }) => day > reached);
      this.waiting = this.waiting.filter(({ day }) => day <= reached);
    }
    this.given += certain.length;
    return certain.sort(inOrder);
  }

  /** @param {{stream: Stream, bit: number}} one */
  async readOf(one) {
    try {
      for (const candidate of await one.stream.read()) this.meet(candidate, one.bit);
    } catch (error) {
      if (this.streams.length === 1 || /** @type {Error} */ (error).name === "AbortError") throw error;
      this.drop(one);
    }
  }

  /** @param {Candidate} candidate @param {number} bit */
  meet(candidate, bit) {
    const key = keyOf(candidate);
    const one = this.met.get(key) ?? { ...candidate, lists: 0 };
    if (one.lists & bit) return;
    this.met.set(key, one);
    one.lists |= bit;
    one.day = Math.min(one.day, candidate.day);
    if (this.missing(one) === 0) this.waiting.push(one);
  }

  /** @param {{lists: number}} one @returns {number} the lists in which it was not met */
  missing({ lists }) {
    return this.streams.reduce((bits, { bit }) => bits | (lists & bit ? 0 : bit), 0);
  }

  /** Once a list has ended it is known how many more candidates there can be. */
  spare() {
    const ended = this.streams.filter(({ stream }) => stream.frontier === -Infinity);
    if (!ended.length) return;
    const all = ended.reduce((bits, { bit }) => bits | bit, 0);
    let most = 0;
    for (const one of this.met.values()) if ((one.lists & all) === all && this.missing(one)) most += 1;
    if (!most) this.over = true;
    for (const one of this.streams) if (one.stream.left > most * BLOCK) this.drop(one);
  }

  /** @param {{stream: Stream, bit: number}} dropped */
  drop(dropped) {
    if (this.over || this.streams.length === 1) return;
    this.streams = this.streams.filter((one) => one !== dropped);
    for (const one of this.met.values()) {
      if (one.lists & dropped.bit) continue;
      one.day = Math.min(one.day, dropped.stream.frontier); // newer ones would have been met there
      if (this.missing(one) === 0) this.waiting.push(one);
    }
  }
}
