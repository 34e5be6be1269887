/**
 * The files of records under store/: read, unpacked and remembered.
 *
 * @typedef {{code: string, label: string, type: string, unit: string | null}} Field
 * @typedef {{month: string, count: number, file: string}} Month
 * @typedef {{id: string, title: string, count: number, roles: Record<string, string>, fields: Field[],
 *   list: string[], suggested: string | null, months: Month[]}} Kind  `suggested`: the field filled in where left blank
 * @typedef {{as_of: string, guarded: boolean, record_bits: number, rules: Record<string, string>, units: {id: string, name: string, group: string}[],
 *   regions: {code: string, name: string}[], groups: Record<string, string>, kinds: Kind[]}} Manifest
 * @typedef {Record<string, any[]> & {id: string[], unit: number[], region: number[]}} Columns equally long lists
 */
import { dayInShanghai, isOver, standing } from "./expiry.js";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const PREFIX = 4; // characters of an id that decide its bucket, five bits each
const PAUSES = [0, 500, 2000]; // milliseconds before each attempt
const SHARDS_KEPT = 24; // a month of a large city is some megabytes when unpacked
const TODAY = dayInShanghai(Date.now()); // one for the whole visit: a row is known by its place, midnight or not

/** What `record` gives for one that was shown once and is no longer. */
export const GONE = "gone";

/** Root of the site, which may lie under any path. */
export const root = new URL(
  /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="portal-root"]')).content.replace(/\/?$/, "/"),
  location.href,
);

export class StoreError extends Error {
  /** @param {string} path @param {string} reason in Chinese, for the reader @param {number} status of HTTP, 0 = none */
  constructor(path, reason, status = 0) {
    super(reason);
    this.name = "StoreError";
    this.path = path;
    this.status = status;
  }
}

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/** @returns {Promise<Manifest>} @throws {StoreError} */
export function manifest() {
  return remember("store/manifest.json", Infinity);
}

/**
 * Whether a day has passed since the files were made, so that the counts of the manifest may be too high.
 * @param {Manifest} contents
 */
export function isBehind({ guarded, as_of: asOf }) {
  return guarded && asOf < TODAY;
}

/**
 * Rows of a kind decided in a month that are still to be seen, newest first.
 * @param {Month} month @returns {Promise<Columns>} @throws {StoreError}
 */
export function shard(month) {
  return remember(month.file, SHARDS_KEPT, async (path) => {
    const [contents, columns] = await Promise.all([manifest(), download(path)]);
    return isBehind(contents) ? standing(columns, TODAY) : columns;
  });
}

/** @returns {Promise<{built: string, as_of: string, generator: string}>} @throws {StoreError} */
export function build() {
  return remember("build.json", Infinity);
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
    bucket = await remember(`store/records/${bucketOf(id, bits)}.json.gz`, SHARDS_KEPT);
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

/**
 * @param {string} path @param {number} limit how many files to keep; a failed one is not kept
 * @param {(path: string) => Promise<any>} read
 */
function remember(path, limit, read = download) {
  const known = kept.get(path);
  if (known) {
    kept.delete(path); // to the end: the longest unused goes first
    kept.set(path, known);
    return known;
  }
  const coming = read(path);
  kept.set(path, coming);
  coming.catch(() => kept.delete(path));
  const packed = [...kept.keys()].filter((name) => name.endsWith(".gz"));
  if (packed.length > limit) kept.delete(packed[0]);
  return coming;
}

/** @param {string} path @returns {Promise<any>} */
async function download(path) {
  let reason = new StoreError(path, "网络连接失败");
  for (const pause of PAUSES) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const response = await fetch(new URL(path, root));
      if (response.ok) return await unpack(path, new Uint8Array(await response.arrayBuffer()));
      reason = new StoreError(path, `服务器返回 ${response.status}`, response.status);
      if (response.status === 404) break; // waiting does not bring a missing file
    } catch (error) {
      if (error instanceof StoreError) throw error;
      reason = error instanceof SyntaxError ? new StoreError(path, "数据不完整") : new StoreError(path, "网络连接失败");
    }
  }
  throw reason;
}

/** Some hosts unpack .gz files on the way, so the first two bytes decide. @param {string} path @param {Uint8Array} bytes */
async function unpack(path, bytes) {
  let text;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    if (!("DecompressionStream" in globalThis)) throw new StoreError(path, "浏览器版本较旧，无法读取数据，请更新浏览器");
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    text = await new Response(stream).text();
  } else {
    text = new TextDecoder().decode(bytes);
  }
  return JSON.parse(text);
}
