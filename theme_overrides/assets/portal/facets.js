/** Lists of the subjects that have a record from a unit or of a month: they narrow what many subjects' names have. */
import { read, StoreError } from "./files.js";

const MOST = 24; // files; beyond that, candidates are rather checked one by one

/**
 * The subjects that meet the conditions on unit, region and days, as far as there are lists for them.
 * @param {import("./postings.js").Question} question @param {import("./conditions.js").Conditions} conditions
 * @returns {Promise<Map<number, number> | null>} slot → newest day that can match; null: not known
 */
export async function subjectsWith({ contents, kinds, signal }, { units, from, to }) {
  const asked = [...kinds].map((place) => contents.kinds[place]);
  const folder = (/** @type {import("./store.js").Kind} */ { id }) => `store/facets/${contents.index.slot_bits}/${id}`;
  const groups = [];
  if (units) {
    groups.push(asked.flatMap((kind) => [...units].map((unit) => `${folder(kind)}/unit-${contents.units[unit].id}.json.gz`)));
  }
  if (to) {
    const within = (/** @type {string} */ month) => month <= to.slice(0, 7) && month >= (from ?? "").slice(0, 7);
    groups.push(asked.flatMap((kind) => kind.months.filter(({ month }) => within(month)).map(({ month }) => `${folder(kind)}/month-${month}.json.gz`)));
  }
  const few = groups.filter((paths) => paths.length <= MOST);
  if (!few.length) return null;
  const lists = await Promise.all(few.map(async (paths) => union(await Promise.all(paths.map((path) => list(path, signal))))));
  return lists.reduce(common);
}

/** A list that would be empty is not written. @param {string} path @param {AbortSignal} [signal] */
async function list(path, signal) {
  try {
    return await read(path, signal);
  } catch (error) {
    if (error instanceof StoreError && error.status === 404) return { day: [], slot: [] };
    throw error;
  }
}

/** @param {{day: number[], slot: number[]}[]} lists */
function union(lists) {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const { day, slot } of lists) {
    for (let row = 0; row < slot.length; row += 1) found.set(slot[row], Math.max(day[row], found.get(slot[row]) ?? 0));
  }
  return found;
}

/** @param {Map<number, number>} some @param {Map<number, number>} others */
function common(some, others) {
  return new Map([...some].filter(([slot]) => others.has(slot)).map(([slot, day]) => [slot, Math.min(day, others.get(slot) ?? day)]));
}
