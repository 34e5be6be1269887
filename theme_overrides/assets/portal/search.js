/** The search page. Its address is its state: what is asked stands there, and going back asks it again. */
import { element, failure, grouped, setTitle, started } from "./dom.js";
import { choose, fillSelects, periodFault, unfold, values } from "./filters.js";
import { weight } from "./fold.js";
import { pager } from "./pager.js";
import { result } from "./results.js";
import { scan } from "./scan.js";
import { manifest, root, shard } from "./store.js";

const PER_PAGE = 20;
const NAMED_FAILURES = 6;

/**
 * A search under way or over. `key` is what it asks; a search is only replaced by one that asks something else,
 * and one that has been replaced draws nothing any more.
 * @typedef {{key: string, controller: AbortController, progress: import("./scan.js").Progress | null,
 *   state: "running" | "over" | "stopped"}} Search
 */

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-portal-search]"));
const results = /** @type {HTMLElement} */ (document.querySelector("[data-portal-results]"));
const [status, meter, messages, list, pages] = ["status", "progress", "messages", "list", "pager"].map(
  (name) => /** @type {HTMLElement} */ (results.querySelector(`[data-${name}]`)),
);
const archive = new URL("notices/", root);

/** @type {Search | null} */
let search = null;
let drawings = 0;

started();
unfold(
  /** @type {HTMLDetailsElement} */ (form.querySelector("details")),
  [...new URLSearchParams(location.search).keys()].some((name) => name !== "q" && name !== "page"),
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (search && !complete(search)) search = null; // asking the same again means: try again
  const url = new URL("search/", root);
  url.search = new URLSearchParams(values(form)).toString();
  open(url);
});
form.querySelector("[data-clear]")?.addEventListener("click", (event) => {
  event.preventDefault();
  open(new URL("search/", root));
  /** @type {HTMLInputElement} */ (form.elements.namedItem("q")).focus();
});
window.addEventListener("popstate", () => run());
run();

/** @param {URL} url */
function open(url) {
  if (url.href !== location.href) history.pushState(null, "", url);
  return run();
}

/** Does what the address asks. */
async function run() {
  const asked = new URLSearchParams(location.search);
  choose(form, asked); // the words at once; the choices as soon as there are any
  let contents;
  try {
    contents = await manifest();
  } catch (error) {
    return fail(`查询数据未能载入：${/** @type {Error} */ (error).message}。`);
  }
  if (asked.toString() !== new URLSearchParams(location.search).toString()) return; // the reader has gone on
  fillSelects(form, contents);
  const refused = choose(form, asked);
  const criteria = /** @type {import("./scan.js").Criteria} */ (values(form));
  setTitle(criteria.q ? `“${criteria.q}”的查询结果` : "信息查询");

  const hint = objection(criteria, refused);
  if (hint !== null) {
    search?.controller.abort();
    search = null;
    drawings += 1;
    clear();
    status.textContent = hint;
    return;
  }
  const key = JSON.stringify(criteria);
  if (search?.key !== key) start(contents, criteria, key);
  await draw(contents, criteria);
}

/** @param {Search} search */
function complete({ state, progress }) {
  return state === "over" && !progress?.failed.length;
}

function again() {
  search?.controller.abort();
  search = null;
  return run();
}

/**
 * Why there is nothing to search for: a hint, "" for an empty form, or null if there is.
 * @param {import("./scan.js").Criteria} criteria @param {string[]} refused
 */
function objection(criteria, refused) {
  if (refused.length) return `地址中的条件无法识别：${refused.join("、")}。请重新选择后查询。`;
  if (!Object.keys(criteria).length) return "";
  if (criteria.q && weight(criteria.q) < 2) return "请至少输入两个字，标点和空格不计。";
  return periodFault(criteria.from, criteria.to) || null;
}

/** @param {import("./store.js").Manifest} contents @param {import("./scan.js").Criteria} criteria @param {string} key */
function start(contents, criteria, key) {
  search?.controller.abort();
  clear();
  status.textContent = "正在查询……";
  /** @type {Search} */
  const mine = { key, controller: new AbortController(), progress: null, state: "running" };
  search = mine;
  const report = (/** @type {import("./scan.js").Progress} */ progress) => {
    mine.progress = progress;
    if (progress.done === progress.months) mine.state = "over";
    if (search === mine) draw(contents, criteria);
  };
  scan(contents, criteria, report, mine.controller.signal);
}

/**
 * Shows the page of the address as far as it is known. A later drawing wins over an earlier one.
 * @param {import("./store.js").Manifest} contents @param {import("./scan.js").Criteria} criteria
 */
async function draw(contents, criteria) {
  if (!search?.progress) return;
  const { progress, state } = search;
  const turn = (drawings += 1);
  const total = progress.hits.length;
  const last = Math.max(1, Math.ceil(total / PER_PAGE));
  const asked = Number.parseInt(new URLSearchParams(location.search).get("page") ?? "1", 10) || 1;
  const page = state === "running" ? asked : Math.min(Math.max(asked, 1), last);

  const slice = progress.hits.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  let items;
  try {
    items = await Promise.all(slice.map(async (hit) => result(contents, hit, await shard(hit.month), criteria.q ?? "")));
  } catch (error) {
    return fail(`查询结果未能载入：${/** @type {Error} */ (error).message}。`);
  }
  if (turn !== drawings) return;
  list.setAttribute("start", String((page - 1) * PER_PAGE + 1));
  list.replaceChildren(...items);
  if (state === "running") return showProgress(progress, () => stop(contents, criteria));
  meter.hidden = true;
  status.textContent = summary(progress, state, page, last);
  pages.replaceChildren(last > 1 ? pager(page, last, (to) => pageAddress(to).href, turnTo) : "");
  messages.replaceChildren(...remarks(progress, total));
}

/** @param {import("./scan.js").Progress} progress @param {() => void} stopped */
function showProgress({ done, months, hits }, stopped) {
  meter.hidden = false;
  meter.replaceChildren(
    element("progress", { max: months, value: done, "aria-label": "查询进度" }),
    element("span", {}, `已检索 ${done}/${months} 个月，找到 ${grouped(hits.length)} 条`),
    element("button", { type: "button", class: "button", click: stopped }, "停止"),
  );
}


/** Ends the search with what has been found. @param {import("./store.js").Manifest} contents @param {import("./scan.js").Criteria} criteria */
function stop(contents, criteria) {
  if (!search) return;
  search.controller.abort();
  search.state = "stopped";
  draw(contents, criteria);
}

/** @param {import("./scan.js").Progress} progress @param {string} state @param {number} page @param {number} last */
function summary({ hits, failed, done, months }, state, page, last) {
  const found = `${grouped(hits.length)} 条`;
  if (state === "stopped") return `已停止：检索了 ${done}/${months} 个月，找到 ${found}。`;
  if (failed.length) return `已找到 ${found}，有数据未能载入，结果不完整。`;
  if (!hits.length) return "没有找到符合条件的公示信息。";
  return `共找到 ${found}，按决定日期由近到远排列。第 ${page} 页，共 ${last} 页。`;
}

/** @param {import("./scan.js").Progress} progress @param {number} total */
function remarks({ failed }, total) {
  if (failed.length) {
    const named = failed.slice(0, NAMED_FAILURES).map(({ kind, month }) => `${kind.title} ${month.month}`).join("、");
    const more = failed.length > NAMED_FAILURES ? `等 ${failed.length} 项` : "";
    return [failure(`以下数据未能载入：${named}${more}（${failed[0].reason}）。`, again, archive)];
  }
  if (total) return [];
  const advice = ["检查是否有错别字，或者只输入名称中的几个字。", "减少类别、区域、单位和日期条件。", "公示期限届满、已修复或者已撤销的信息不再显示。"];
  return [element("ul", { class: "message" }, ...advice.map((text) => element("li", {}, text)))];
}

/** @param {number} page */
function pageAddress(page) {
  const url = new URL(location.href);
  if (page > 1) url.searchParams.set("page", String(page));
  else url.searchParams.delete("page");
  return url;
}

/** @param {number} page */
async function turnTo(page) {
  await open(pageAddress(page));
  const title = /** @type {HTMLElement} */ (document.getElementById("results-title"));
  title.focus({ preventScroll: true });
  results.scrollIntoView();
}

function clear() {
  for (const place of [list, pages, messages]) place.replaceChildren();
  status.textContent = "";
  meter.hidden = true;
}

/** @param {string} text */
function fail(text) {
  clear();
  messages.replaceChildren(failure(text, again, archive));
}
