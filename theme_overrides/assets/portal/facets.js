/** Lists of the subjects that have a record from a unit or of a month: they narrow what many subjects' names have. */
import { lastOf } from "./days.js";
import { read } from "./files.js";
import { listIn } from "./postings.js";
import { Union } from "./streams.js";

const MOST = 12; // lists of units, read side by side; beyond that, candidates are rather checked one by one

/**
 * The subjects that meet the conditions on unit, region and days, as far as there are few enough lists of them.
 * @param {import("./postings.js").Question} question @param {import("./conditions.js").Conditions} conditions
 * @returns {Promise<import("./streams.js").Stream[]>} one for each such condition
 * @throws {import("./files.js").StoreError}
 */
export async function subjectsWith(question, { units, from, to, first, last }) {
  const ids = units && new Set([...units].map((place) => question.contents.units[place].id));
  const within = (/** @type {string} */ month) => month <= to.slice(0, 7) && month >= (from ?? "").slice(0, 7);
  const [ofUnits, ofMonths] = await Promise.all([
    ids ? lists(question, "unit", (id) => ids.has(id), () => Infinity) : null,
    // Read one after the other, for a subject of several months counts by the newest.
    to ? lists(question, "month", within, (month) => Math.min(lastOf(month), last), first, last) : null,
  ]);
  return [...(ofUnits && ofUnits.length <= MOST ? [new Union(ofUnits)] : []), ...(ofMonths ? [new Union(ofMonths)] : [])];
}

/**
 * @param {import("./postings.js").Question} question @param {string} facet @param {(name: string) => boolean} wanted
 * @param {(name: string) => number} newest no day of its list is later
 * @param {number} [first] of the days of a list that has a subject once for each of them @param {number} [last]
 */
async function lists({ contents, kinds, signal }, facet, wanted, newest, first = -Infinity, last = Infinity) {
  const found = [...kinds].filter((kind) => contents.kinds[kind].count).map(async (kind) => {
    const path = `store/facets/${contents.index.slot_bits}/${contents.kinds[kind].id}/${facet}`;
    const sizes = Object.entries(await read(`${path}.json.gz`, signal)).filter(([name]) => wanted(name));
    return sizes.map(([name, size]) =>
      listIn(contents, size, newest(name), async (number) => {
        const { day, slot } = await read(`${path}-${name}-${number}.json.gz`, signal);
        const all = slot.map((/** @type {number} */ one, /** @type {number} */ row) => ({ day: day[row], kind, slot: one }));
        return { day, found: all.filter((/** @type {import("./streams.js").Candidate} */ one) => one.day >= first && one.day <= last) };
      }),
    );
  });
  return (await Promise.all(found)).flat();
}
