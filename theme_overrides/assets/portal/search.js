/** The search page. Its address is its state: what is asked stands there, and going back asks it again. */
import { articleList, articles } from "./articles.js";
import { ofHits, ofListing, showCounts } from "./counts.js";
import { element, failure, grouped, setTitle, started } from "./dom.js";
import { choose, fillSelects, periodFault, unfold, values } from "./filters.js";
import { weight } from "./fold.js";
import { Listing } from "./listing.js";
import { pager } from "./pager.js";
import { SHOWN, WordSearch } from "./query.js";
import { hitOf, result } from "./results.js";
import { manifest, renew, root } from "./store.js";
import { remarks, summary } from "./summary.js";

const PER_PAGE = 20;
const TYPING = 250; // milliseconds without a key before the words are searched for
const QUIET = 900; // milliseconds without news before an answer is said aloud
const SLOW = 1000; // milliseconds before a search tells how far it is

/**
 * What is asked, and the answer as far as it is known. It is replaced by one that asks something else, and one that
 * has been replaced draws nothing any more.
 * @typedef {{key: string, criteria: import("./conditions.js").Criteria, engine: WordSearch | Listing,
 *   controller: AbortController, stopped: boolean, complete: boolean}} Search
 */

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-portal-search]"));
const results = /** @type {HTMLElement} */ (document.querySelector("[data-portal-results]"));
const [status, said, meter, messages, list, pages, pageGroup] = ["status", "said", "progress", "messages", "list", "pager", "articles"].map(
  (name) => /** @type {HTMLElement} */ (results.querySelector(`[data-${name}]`)),
);

/** @type {Search | null} */
let search = null;
let drawn = ""; // the hits in the list
let typing = 0;
let saying = 0;

started();
unfold(
  /** @type {HTMLDetailsElement} */ (form.querySelector("details")),
  [...new URLSearchParams(location.search).keys()].some((name) => name !== "q" && name !== "page"),
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  if (search && (search.engine.failed.length || search.stopped)) search = null; // the same again means: try again
  open(asWritten());
});
form.addEventListener("input", (event) => {
  if (/** @type {HTMLInputElement} */ (event.target).name !== "q" || /** @type {InputEvent} */ (event).isComposing) return;
  wait();
});
form.addEventListener("compositionend", wait); // the input events of an input method say that it is not done
form.addEventListener("change", (event) => {
  if (/** @type {HTMLInputElement} */ (event.target).name !== "q") open(asWritten());
});
form.querySelector("[data-clear]")?.addEventListener("click", (event) => {
  event.preventDefault();
  open(new URL("search/", root));
  /** @type {HTMLInputElement} */ (form.elements.namedItem("q")).focus();
});
window.addEventListener("popstate", () => run());
window.addEventListener("online", () => search?.engine.failed.length && again());
run();

/** Searches when the reader pauses; what was typed on the way leaves no trace in the history. */
function wait() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    history.replaceState(null, "", asWritten());
    run(true);
  }, TYPING);
}

/** The address of what the form asks. */
function asWritten() {
  const url = new URL("search/", root);
  url.search = new URLSearchParams(values(form)).toString();
  return url;
}

/** @param {URL} url */
function open(url) {
  if (url.href !== location.href) history.pushState(null, "", url);
  return run();
}

function again() {
  search?.controller.abort();
  search = null;
  return run();
}

/** Does what the address asks. @param {boolean} [typed] by the keys themselves, which are not to be written over */
async function run(typed = false) {
  const asked = new URLSearchParams(location.search);
  if (!typed) choose(form, asked); // the words at once; the choices as soon as there are any
  let contents;
  try {
    contents = await manifest();
  } catch (error) {
    clear();
    messages.replaceChildren(failure(`查询数据未能载入：${/** @type {Error} */ (error).message}。`, again, new URL("notices/", root)));
    return;
  }
  if (asked.toString() !== new URLSearchParams(location.search).toString()) return; // the reader has gone on
  fillSelects(form, contents);
  const refused = typed ? [] : choose(form, asked);
  const criteria = /** @type {import("./conditions.js").Criteria} */ (typed ? Object.fromEntries(asked) : values(form));
  setTitle(criteria.q ? `“${criteria.q}”的查询结果` : "信息查询");

  const hint = objection(criteria, refused);
  if (hint !== null) {
    search?.controller.abort();
    search = null;
    clear();
    showCounts(form, contents, null, criteria);
    status.textContent = hint;
    say(hint);
    return;
  }
  const key = JSON.stringify(criteria);
  if (search?.key !== key) start(contents, criteria, key);
  await show(contents);
}

/**
 * Why there is nothing to search for: a hint, "" for an empty form, or null if there is.
 * @param {import("./conditions.js").Criteria} criteria @param {string[]} refused
 */
function objection(criteria, refused) {
  if (refused.length) return `地址中的条件无法识别：${refused.join("、")}。请重新选择后查询。`;
  if (!Object.keys(criteria).length) return "";
  if (criteria.q && weight(criteria.q) < 2) return "请至少输入两个字，标点和空格不计。";
  return periodFault(criteria.from, criteria.to) || null;
}

/** @param {import("./store.js").Manifest} contents @param {import("./conditions.js").Criteria} criteria @param {string} key */
function start(contents, criteria, key) {
  search?.controller.abort();
  const controller = new AbortController();
  const { signal } = controller;
  const { q } = criteria;
  const engine = q ? new WordSearch(contents, { ...criteria, q }, signal) : new Listing(contents, criteria, { signal });
  search = { key, criteria, engine, controller, stopped: false, complete: false };
  status.textContent = "正在查询……";
  results.setAttribute("aria-busy", "true"); // what is still shown answers an earlier question
  pageGroup.hidden = true;
}

/** Shows the page of the address; then, where that is little, completes what is known. @param {import("./store.js").Manifest} contents */
async function show(contents) {
  const mine = /** @type {Search} */ (search);
  const asked = location.href;
  const late = () => search !== mine || location.href !== asked;
  const slow = setTimeout(() => progress(contents, mine), SLOW);
  try {
    const first = !mine.complete;
    const page = Math.max(1, Number.parseInt(new URLSearchParams(location.search).get("page") ?? "1", 10) || 1);
    await reach(mine, page);
    if (late()) return;
    if (await outdated(mine)) return late() ? undefined : again();
    await draw(contents, mine, page, late);
    if (late() || !first) return;
    if (mine.criteria.q) await showArticles(mine, late);
    if (!mine.stopped) await mine.engine.finish();
    if (late()) return;
    if (await outdated(mine)) return late() ? undefined : again();
    mine.complete = true;
    await draw(contents, mine, page, late);
  } catch (error) {
    if (!mine.controller.signal.aborted) throw error;
  } finally {
    clearTimeout(slow);
    if (search === mine) meter.hidden = true;
  }
}

/** Whether files are missing because the site was replaced under the reader's hands. @param {Search} search */
async function outdated({ engine }) {
  return engine.failed.some((one) => one.status === 404) && renew();
}

/** @param {Search} search @param {number} page */
async function reach({ engine, stopped }, page) {
  if (engine instanceof Listing) await engine.ready;
  else if (!stopped) await engine.reach(Math.min(page * PER_PAGE, SHOWN) + 1); // one more: is there a further page?
}

/** @param {import("./store.js").Manifest} contents @param {Search} mine @param {number} asked @param {() => boolean} late */
async function draw(contents, mine, asked, late) {
  const { engine, criteria, stopped } = mine;
  const words = engine instanceof WordSearch;
  const known = words && !engine.over ? Math.min(engine.hits.length, SHOWN) : engine.total.count;
  const capped = words && !engine.over && engine.total.count > SHOWN ? SHOWN : 0;
  const last = Math.max(1, Math.ceil(known / PER_PAGE));
  const page = Math.min(asked, last);
  const [from, to] = [(page - 1) * PER_PAGE, page * PER_PAGE];
  const hits = words ? engine.hits.slice(from, to) : (await engine.page(from, to)).map((row) => hitOf(contents, row));
  if (late()) return;

  const total = stopped ? { count: known, exact: false } : engine.total;
  const answer = { total, failed: engine.failed, stopped, page, last, capped };
  list.setAttribute("start", String(from + 1));
  const drawing = JSON.stringify([criteria.q, hits]);
  if (drawn !== drawing) list.replaceChildren(...hits.map((hit) => result(contents, hit, criteria.q ?? "")));
  drawn = drawing; // drawn again only if it is another: the reader may be on one of its links
  status.textContent = summary(answer);
  say(status.textContent);
  messages.replaceChildren(...remarks(answer, criteria, again));
  const kept = pages.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).textContent : null;
  pages.replaceChildren(last > 1 ? pager(page, last, (to) => pageAddress(to).href, turnTo, !total.exact) : "");
  if (kept) [...pages.querySelectorAll("a")].find((link) => link.textContent === kept)?.focus();
  results.removeAttribute("aria-busy");
  const counts = !total.exact ? null : words ? ofHits(engine.hits) : ofListing(engine);
  showCounts(form, contents, counts, criteria);
}

/** Pages of the site itself, behind the records. @param {Search} mine @param {() => boolean} late */
async function showArticles({ criteria: { q = "" }, controller }, late) {
  const found = await articles(q, controller.signal);
  if (late() || !found.length) return;
  pageGroup.replaceChildren(element("h2", {}, `文章、政策与通报（${grouped(found.length)}）`), ...articleList(found, q));
  pageGroup.hidden = false;
}

/** @param {import("./store.js").Manifest} contents @param {Search} mine */
function progress(contents, mine) {
  if (search !== mine || !(mine.engine instanceof WordSearch)) return;
  const { engine } = mine;
  const stop = async () => {
    mine.stopped = true;
    mine.controller.abort();
    const now = (search = { ...mine });
    meter.hidden = true;
    await draw(contents, now, 1, () => search !== now);
  };
  meter.hidden = false;
  meter.replaceChildren(
    element("span", {}, `已核对 ${grouped(engine.visited.size)} 个主体，找到 ${grouped(engine.total.count)} 条`),
    element("button", { type: "button", class: "button", click: stop }, "停止"),
  );
  setTimeout(() => !meter.hidden && search === mine && progress(contents, mine), SLOW);
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

/** Aloud once the answer has come to rest: not at every key. @param {string} text */
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => (said.textContent = text), QUIET);
}

function clear() {
  for (const place of [list, pages, messages]) place.replaceChildren();
  drawn = "";
  status.textContent = "";
  results.removeAttribute("aria-busy");
  meter.hidden = true;
  pageGroup.hidden = true;
}
