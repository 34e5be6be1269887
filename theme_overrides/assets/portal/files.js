/** Files of the site: fetched, unpacked and remembered, and given up when nobody waits for them any more. */

const PAUSES = [0, 500, 2000]; // milliseconds before each attempt
const KEPT = { subjects: 256, names: 64, numbers: 64 }; // files below store/ that are kept unpacked
const KEPT_OF_OTHERS = 64;

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

/** @typedef {{coming: Promise<any>, controller: AbortController, waiting: number, over: boolean}} File */
/** @type {Map<string, File>} */
const kept = new Map();
/** @type {Set<string>} */
const stale = new Set();

/**
 * A file below the site's root, as JSON. It is fetched once for all who ask; whoever gives a signal can stop waiting,
 * and once nobody waits the fetch itself ends.
 * @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} @throws {StoreError}
 */
export function read(path, signal) {
  if (signal?.aborted) return Promise.reject(signal.reason);
  const file = kept.get(path) ?? begin(path);
  kept.delete(path); // to the end: the longest unused goes first
  kept.set(path, file);
  trim(path);
  if (!signal) {
    file.waiting = Infinity;
    return file.coming;
  }
  file.waiting += 1;
  return new Promise((resolve, reject) => {
    const leave = () => {
      file.waiting -= 1;
      if (!file.waiting && !file.over) {
        forget(path, file);
        file.controller.abort();
      }
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    file.coming.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

/** The next reading of these files asks the server, whatever the browser has. @param {string[]} paths */
export function refresh(paths) {
  for (const path of paths) {
    kept.delete(path);
    stale.add(path);
  }
}

/** @param {string} path @returns {File} */
function begin(path) {
  const controller = new AbortController();
  const file = { coming: download(path, controller.signal), controller, waiting: 0, over: false };
  file.coming.then(
    () => (file.over = true),
    () => forget(path, file), // a failed one is not kept
  );
  return file;
}

/** @param {string} path @param {File} file */
function forget(path, file) {
  if (kept.get(path) === file) kept.delete(path);
}

/** Keeps the files of each folder to a number. @param {string} path */
function trim(path) {
  const folder = path.split("/")[1];
  const same = [...kept.keys()].filter((name) => name.split("/")[1] === folder);
  if (same.length > (KEPT[folder] ?? KEPT_OF_OTHERS)) kept.delete(same[0]);
}

/** @param {string} path @param {AbortSignal} signal @returns {Promise<any>} */
async function download(path, signal) {
  let reason = new StoreError(path, "网络连接失败");
  for (const [attempt, pause] of PAUSES.entries()) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) throw signal.reason;
    try {
      const response = await fetch(new URL(path, root), { signal, cache: attempt || stale.has(path) ? "reload" : "default" });
      if (response.ok) {
        const contents = await unpack(path, new Uint8Array(await response.arrayBuffer()));
        stale.delete(path);
        return contents;
      }
      reason = new StoreError(path, `服务器返回 ${response.status}`, response.status);
      if (response.status === 404) break; // waiting does not bring a missing file
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      reason = error instanceof StoreError ? error : new StoreError(path, "网络连接失败");
    }
    if (!("DecompressionStream" in globalThis)) break; // nor a newer browser
  }
  throw reason;
}

/** Some hosts unpack .gz files on the way, so the first two bytes decide. @param {string} path @param {Uint8Array} bytes */
async function unpack(path, bytes) {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (packed && !("DecompressionStream" in globalThis)) {
    throw new StoreError(path, "浏览器版本较旧，无法读取数据，请更新浏览器");
  }
  try {
    if (!packed) return JSON.parse(new TextDecoder().decode(bytes));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  } catch {
    throw new StoreError(path, "数据不完整");
  }
}
