/**
 * The files of records under store/.
 *
 * @typedef {{code: string, label: string, type: string, unit: string | null}} Field
 * @typedef {{id: string, title: string, rows: boolean, report: string, count: number, roles: Record<string, string>, fields: Field[], list: string[],
 *   suggested: string | null, states: string[], months: {month: string, count: number}[]}} Kind
 *   `rows`: whether any record of it is ever shown; `report`: id of its section of the report on a subject;
 *   `suggested`: the field filled in where left blank; `states`: labels
 * @typedef {{slot_bits: number, block_bits: number, name_bits: number, number_bits: number, chunk: number}} Layout
 *   `chunk`: postings in the first file of a long list
 * @typedef {{as_of: string, guarded: boolean, record_bits: number, rules: Record<string, string>, index: Layout,
 *   units: {id: string, name: string, group: string, region: number}[], regions: {code: string, name: string}[],
 *   groups: Record<string, string>, report: {id: string, title: string}[], kinds: Kind[]}} Manifest
 * @typedef {Record<string, any[]> & {id: string[], unit: number[], last_day: string[], reported_after: number[]}} Columns
 *   equally long lists; `reported_after`: months from the decision to the first report
 * @typedef {{slice: string[], first: string[], last: string[], count: number[], units: number[][], states: number[][]}} Directory
 *   slices of a kind, newest first; `first`, `last`: ISO days, the last one the 31st in any month;
 *   `units`: place, months from the decision to the first report, count, …; `states`: place, count, place, count, …
 */
import { toDay } from "./days.js";
import { dayInShanghai, isOver } from "./expiry.js";
import { read, refresh, root, StoreError } from "./files.js";

export { root, StoreError };

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const PREFIX = 4; // characters of an id that decide its bucket, five bits each
const MANIFEST = "store/manifest.json";
const INDEX = "store/index.json.gz";

/** The portal's day, one for the whole visit: a row is known by its place, midnight or not. */
export const TODAY = dayInShanghai(Date.now());

/** What `record` gives for one that was shown once and is no longer. */
export const GONE = "gone";

/** @returns {Promise<Manifest>} @throws {StoreError} */
export function manifest() {
  return read(MANIFEST);
}

/**
 * Whether a day has passed since the files were made, so that their counts may be too high.
 * @param {Manifest} contents
 */
export function isBehind({ guarded, as_of: asOf }) {
  return guarded && asOf < TODAY;
}

/**
 * Tells of a record's last day (as a number) whether it has passed since the files were made.
 * @param {Manifest} contents @returns {(last: number) => boolean}
 */
export function expired(contents) {
  const today = toDay(TODAY);
  return isBehind(contents) ? (last) => last > 0 && last < today : () => false;
}

/** Grams whose postings have files of their own. @param {AbortSignal} [signal] @throws {StoreError} */
export function longGrams(signal) {
  return read(INDEX, signal);
}

/** @param {Kind} kind @param {AbortSignal} [signal] @returns {Promise<Directory>} @throws {StoreError} */
export function directory({ id }, signal) {
  return read(`store/${id}/directory.json.gz`, signal);
}

/**
 * Rows of a slice, newest decision first and by id within a day, also those whose display is over since the files
 * were made.
 * @param {Kind} kind @param {string} slice @param {AbortSignal} [signal] @returns {Promise<Columns>} @throws {StoreError}
 */
export function shard({ id }, slice, signal) {
  return read(`store/${id}/${slice}.json.gz`, signal);
}

let renewed = false;

/**
 * A missing file may mean that the site has been replaced since this page was opened: what names the others is read
 * anew, once in a visit.
 * @returns {Promise<boolean>} whether it is worth while to try again
 */
export async function renew() {
  if (renewed) return false;
  renewed = true;
  const { kinds } = await manifest();
  refresh([MANIFEST, INDEX, ...kinds.filter(({ count }) => count).map(({ id }) => `store/${id}/directory.json.gz`)]);
  return true;
}

/** @returns {Promise<{built: string, as_of: string, generator: string}>} @throws {StoreError} */
export function build() {
  return read("build.json");
}

/** @param {string} id */
export function isId(id) {
  return /^[0-9a-hjkmnp-tv-z]{13}$/.test(id);
}

/**
 * The bucket of an id: the first bits of the id name it.
 * @param {string} id @param {number} bits
 */
export function bucketOf(id, bits) {
  let value = 0;
  for (const character of id.slice(0, PREFIX)) value = value * 32 + ALPHABET.indexOf(character);
  return value >> (PREFIX * 5 - bits);
}

/**
 * One record with all its public fields.
 * @param {string} id
 * @returns {Promise<{kind: Kind, values: Record<string, any>} | typeof GONE | null>} null: no such record is known
 * @throws {StoreError}
 */
export async function record(id) {
  const contents = await manifest();
  const { record_bits: bits, kinds } = contents;
  /** @type {Record<string, Columns> & {gone?: string[]}} */
  let bucket;
  try {
    bucket = await read(`store/records/${bucketOf(id, bits)}.json.gz`);
  } catch (error) {
    if (error instanceof StoreError && error.status === 404) return null; // a bucket without records is not written
    throw error;
  }
  for (const kind of kinds) {
    const columns = bucket[kind.id];
    const row = columns ? columns.id.indexOf(id) : -1;
    if (row >= 0) {
      const values = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]]));
      return isBehind(contents) && isOver(values.last_day, TODAY) ? GONE : { kind, values };
    }
  }
  return bucket.gone?.includes(id) ? GONE : null;
}
