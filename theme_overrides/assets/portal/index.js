/** The index asked for one subject instead of for words. */
import { fold, LEAST } from "./fold.js";
import { pathOf } from "./postings.js";
import { expired, manifest } from "./store.js";
import { block, blockOf, hitsOf, older } from "./subjects.js";

/**
 * A subject with its records. One with many has only the newest in `hits`; the others lie in `more` further lists.
 * @typedef {{name: string, code: string, hits: import("./subjects.js").Hit[], more: number,
 *   older: (list: number) => Promise<import("./subjects.js").Hit[]>}} FoundSubject
 *   `hits` newest first; `older(0)` … `older(more - 1)` continue them in the same order
 */

/**
 * The subjects with exactly this code, whatever its case, width and blanks: usually one, more where a name has changed
 * or is written in several ways.
 * @param {string} code @param {AbortSignal} [signal]
 * @returns {Promise<FoundSubject[]>} none for a code of fewer than four characters
 * @throws {import("./files.js").StoreError} where a file cannot be read: an answer is complete
 */
export async function subjectsWithCode(code, signal) {
  const contents = await manifest();
  const text = fold(code);
  if ([...text].length < LEAST.number) return [];
  const fail = (/** @type {string} */ _, /** @type {unknown} */ error) => {
    throw error;
  };
  const path = await pathOf({ contents, kinds: new Set(contents.kinds.keys()), signal, fail }, "numbers", text);
  await path.at(Infinity);
  const blocks = new Set(path.items.map(({ slot }) => blockOf(contents.index, slot)));
  const subjects = (await Promise.all([...blocks].map((number) => block(contents.index, number, signal)))).flat();
  const over = expired(contents);
  const shown = (/** @type {import("./subjects.js").Subject} */ one) => [...hitsOf(contents, one)].filter(({ last }) => !over(last));
  return subjects
    .filter((subject) => fold(subject.code) === text)
    .map((subject) => ({
      name: subject.name,
      code: subject.code,
      hits: shown(subject),
      more: subject.more,
      older: async (list) => shown(await older(subject, list, signal)),
    }));
}
