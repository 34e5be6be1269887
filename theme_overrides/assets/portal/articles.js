/** The second group of an answer: pages of the site itself, by what stands in them. */
import { dayElement, element } from "./dom.js";
import { fold } from "./fold.js";
import { read, root, StoreError } from "./files.js";

const FIRST = 5;
const [BEFORE, AFTER] = [24, 72]; // characters of text shown around what was asked for
/** @typedef {{address: string, title: string, section: string, text: string, date: string}} Article */

/**
 * Pages whose title, and then those whose text has the words; guides first, what has a date newest first.
 * @param {string} query @param {AbortSignal} signal @returns {Promise<Article[]>} none where there is no such list
 */
export async function articles(query, signal) {
  const words = fold(query);
  let columns;
  try {
    columns = await read("store/pages.json.gz", signal);
  } catch (error) {
    if (error instanceof StoreError) return []; // the records have been shown; the site's menu leads to its pages
    throw error;
  }
  /** @type {Article[]} */
  const all = columns.address.map((/** @type {string} */ _, /** @type {number} */ row) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row] ?? ""])),
  );
  const age = (/** @type {Article} */ { date }) => date || "9999";
  all.sort((one, other) => age(other).localeCompare(age(one)));
  const titled = all.filter(({ title }) => fold(title).includes(words));
  const others = all.filter((one) => !titled.includes(one) && fold(one.text).includes(words));
  return [...titled, ...others];
}

/** @param {Article[]} found @param {string} query */
export function articleList(found, query) {
  const list = element("ul", { class: "results__list" }, ...found.slice(0, FIRST).map((one) => line(one, query)));
  const more = element(
    "button",
    {
      type: "button",
      class: "button",
      click: () => {
        const rest = found.slice(FIRST).map((one) => line(one, query));
        list.append(...rest);
        more.remove();
        rest[0].querySelector("a")?.focus(); // where the reader was, the button is gone
      },
    },
    `显示其余 ${found.length - FIRST} 篇`,
  );
  return [list, ...(found.length > FIRST ? [more] : [])];
}

/** @param {Article} article @param {string} query */
function line({ address, title, section, text, date }, query) {
  return element(
    "li",
    { class: "result" },
    element(
      "p",
      { class: "result__subject" },
      ...(section ? [element("span", { class: "tag" }, section)] : []),
      element("a", { href: new URL(address, root).href }, ...marked(title, query)),
      ...(date ? [dayElement(date)] : []),
    ),
    element("p", { class: "result__text" }, ...excerpt(text, query)),
  );
}

/** The words with what stands around them. @param {string} text @param {string} query */
function excerpt(text, query) {
  const place = Math.max(0, text.toLowerCase().indexOf(query.toLowerCase()) - BEFORE);
  const end = place + BEFORE + query.length + AFTER;
  return [place ? "…" : "", ...marked(text.slice(place, end), query), end < text.length ? "…" : ""];
}

/** @param {string} text @param {string} query @returns {(string | Node)[]} */
function marked(text, query) {
  const place = text.toLowerCase().indexOf(query.toLowerCase());
  if (place < 0) return [text];
  const end = place + query.length;
  return [text.slice(0, place), element("mark", {}, text.slice(place, end)), text.slice(end)];
}
