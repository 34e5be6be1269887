/**
 * The page of one subject, /subject/?code=…: all its public records, kind by kind, in the order of the national report on
 * a subject. What there is none of is said too; nothing is scored. On paper it is a report with its date and a QR code.
 */
import { copyButton } from "./copy.js";
import { isCreditCode } from "./credit_code.js";
import { fromDay } from "./days.js";
import { dayElement, element, failure, grouped, setTitle, started, stateTag } from "./dom.js";
import { subjectsWithCode } from "./index.js";
import { pager } from "./pager.js";
import { sheet } from "./sheet.js";
import { manifest, renew, root, StoreError } from "./store.js";

const PER_PAGE = 50;
const TITLE = "主体公示信息";
const REPORT = "公共信用信息公示报告";
const NONE = "暂无此类信息";

/**
 * A kind and all records of the subject of this kind, newest first; groups are in the order of the report.
 * @typedef {{kind: import("./store.js").Kind, records: import("./subjects.js").Hit[]}} Group
 * @typedef {{contents: import("./store.js").Manifest, names: string[], groups: Group[], total: number}} Found
 */

const main = /** @type {HTMLElement} */ (document.querySelector("[data-portal-subject]"));
const code = (new URLSearchParams(location.search).get("code") ?? "").normalize("NFKC").trim().toUpperCase();
const address = new URL(`subject/?code=${code}`, root).href;
const said = element("p", { class: "visually-hidden", role: "status" });
const say = (/** @type {string} */ words) => said.replaceChildren(words);
const { foot, buttons } = sheet(address, say);

started();
await show();

async function show() {
  if (!code) return tell("请从一条公示信息中打开本页。", "本页地址中没有统一社会信用代码。");
  if (!isCreditCode(code)) return tell("统一社会信用代码不正确。", "代码为18位数字和大写字母，最后一位是校验码，请检查是否完整。");
  main.replaceChildren(element("p", { role: "status", class: "loading" }, "正在读取……"));
  let found;
  try {
    found = await find();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    main.replaceChildren(
      element("h1", {}, TITLE),
      failure(`公示信息未能载入：${reason}。`, show, new URL("notices/", root)),
    );
    return;
  }
  if (!found.total) {
    return tell(
      "没有查到该代码正在公示的信息。",
      "公示期限届满、已经修复或者撤销的信息不再显示。没有查到信息不等于没有相应的行政决定，也不是对信用状况的评价。",
    );
  }
  setTitle(`${found.names[0]} ${TITLE}`);
  draw(found, asked());
  addEventListener("popstate", () => draw(found, asked()));
  // On paper there are no pages to turn: all records are there, and they are known already.
  addEventListener("beforeprint", () => draw(found, null));
  addEventListener("afterprint", () => draw(found, asked()));
}

/** @returns {Promise<Found>} @throws {StoreError} */
async function find() {
  const [contents, records] = await Promise.all([manifest(), recordsOf(code)]);
  const groups = contents.kinds
    .map((kind, number) => ({ kind, records: records.filter((record) => record.kind === number) }))
    .filter((group) => group.records.length)
    .sort((a, b) => place(contents, a.kind) - place(contents, b.kind)); // stable: within a section as kinds are declared
  return { contents, names: [...new Set(records.map(({ subject }) => subject))], groups, total: records.length };
}

/** @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind its place in the report */
function place({ report }, kind) {
  return report.findIndex(({ id }) => id === kind.report);
}

/**
 * All records with a code, newest first, whatever names they stand under.
 * @param {string} code @returns {Promise<import("./subjects.js").Hit[]>} @throws {StoreError}
 */
async function recordsOf(code) {
  try {
    const subjects = await subjectsWithCode(code);
    const lists = subjects.flatMap(({ hits, more, older }) => [hits, ...Array.from({ length: more }, (_, list) => older(list))]);
    return (await Promise.all(lists)).flat().sort((a, b) => b.day - a.day || a.kind - b.kind || (a.id < b.id ? -1 : 1));
  } catch (error) {
    if (error instanceof StoreError && error.status === 404 && (await renew())) return recordsOf(code);
    throw error;
  }
}

function asked() {
  return Number.parseInt(new URLSearchParams(location.search).get("page") ?? "1", 10) || 1;
}

/** @param {string} text @param {string} hint */
function tell(text, hint) {
  setTitle(TITLE);
  main.replaceChildren(
    element("h1", {}, TITLE),
    element("div", { class: "message", role: "status" }, element("p", {}, element("strong", {}, text)), element("p", {}, hint)),
  );
}

/** @param {Found} found @param {number | null} wanted page, or null for all of them */
function draw(found, wanted) {
  const { contents, names, groups, total } = found;
  const last = Math.ceil(total / PER_PAGE);
  const page = wanted && Math.min(Math.max(wanted, 1), last);
  const [start, end] = page ? [(page - 1) * PER_PAGE, page * PER_PAGE] : [0, total];
  const sections = [];
  /** @type {Map<string, HTMLElement[]>} section of the report → links to its kinds */
  const shortcuts = new Map();
  let before = 0;
  for (const { kind, records } of groups) {
    const first = Math.floor(before / PER_PAGE) + 1;
    shortcuts.set(kind.report, [...(shortcuts.get(kind.report) ?? []), shortcut(found, kind, records.length, first)]);
    const [from, to] = [Math.max(start - before, 0), Math.min(end - before, records.length)];
    if (from < to) sections.push(section(contents, kind, records, from, to, names.length > 1));
    before += records.length;
  }
  main.replaceChildren(
    element("p", { class: "notice__kind subject__what" }, REPORT),
    element("h1", { class: "notice__subject" }, names[0]),
    element(
      "ul",
      { class: "facts" },
      element("li", {}, "统一社会信用代码 ", element("strong", {}, code)),
      element("li", {}, "正在公示 ", element("strong", {}, grouped(total)), " 条"),
      element("li", {}, "数据截至 ", dayElement(contents.as_of)),
    ),
    ...(names.length > 1 ? [element("p", { class: "subject__note" }, `公示信息中该代码有以下名称：${names.join("、")}。名称可能有过变更，以登记机关的记载为准。`)] : []),
    element("dl", { class: "fields subject__report" }, ...contents.report.map((one) => part(one.title, shortcuts.get(one.id) ?? []))),
    ...sections,
    ...(page && last > 1 ? [pager(page, last, (to) => pageAddress(to).href, (to) => turn(found, to))] : []),
    foot,
    element("p", { class: "subject__actions" }, copyButton("复制链接", "本页的链接", () => address, say), ...buttons),
    element("p", { class: "subject__note" }, `本页汇集本站截至 ${contents.as_of} 正在公示的信息，各条以来源单位的决定文书为准；不含评分，不是对信用状况的评价。认为信息有误的，可以提出`, guide("异议申诉", "services/objection/"), "；纠正失信行为后，可以申请", guide("信用修复", "services/repair/"), "。"),
    said,
  );
}

/** A section of the report: links to its kinds, or that there is nothing. @param {string} title @param {HTMLElement[]} links */
function part(title, links) {
  const said = links.length ? element("ul", { class: "subject__kinds" }, ...links) : NONE;
  return element("div", {}, element("dt", {}, title), element("dd", {}, said));
}

/** @param {string} title @param {string} path */
function guide(title, path) {
  return element("a", { href: new URL(path, root).href }, title);
}

/** A link to the first record of a kind. @param {Found} found @param {import("./store.js").Kind} kind @param {number} count @param {number} page */
function shortcut(found, kind, count, page) {
  const url = pageAddress(page);
  url.hash = kind.id;
  const click = (/** @type {Event} */ event) => {
    event.preventDefault();
    turn(found, page, kind.id);
  };
  return element("li", {}, element("a", { href: url.href, click }, kind.title), ` ${grouped(count)} 条`);
}

/**
 * Records `from` to `to` of a kind as a table.
 * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind
 * @param {import("./subjects.js").Hit[]} records @param {number} from @param {number} to
 * @param {boolean} named whether each row says under which name the record stands
 */
function section(contents, kind, records, from, to, named) {
  const label = (/** @type {string} */ role) => kind.fields.find((field) => field.code === kind.roles[role])?.label ?? "";
  const number = label("number") || "公示编号";
  const [decided, name] = [label("decided"), label("subject")];
  const cut = from > 0 || to < records.length ? `，本页第 ${grouped(from + 1)}—${grouped(to)} 条` : "";
  const rows = records.slice(from, to).map((record) =>
    element(
      "tr",
      {},
      element(
        "th",
        { scope: "row", "data-label": number },
        element("a", { href: new URL(`notice/?id=${record.id}`, root).href }, record.number || record.id),
        ...stateTag(record.state),
      ),
      ...(named ? [element("td", { "data-label": name }, record.subject)] : []),
      element("td", { class: "day", "data-label": decided }, dayElement(fromDay(record.day))),
      element("td", { "data-label": "报送单位" }, contents.units[record.unit]?.name ?? ""),
    ),
  );
  const heads = [number, ...(named ? [name] : []), decided, "报送单位"];
  return element(
    "section",
    { "aria-labelledby": kind.id },
    element("h2", { id: kind.id, tabindex: "-1" }, kind.title, element("small", {}, `共 ${grouped(records.length)} 条${cut}`)),
    element(
      "table",
      { class: "records" },
      element("caption", { class: "visually-hidden" }, `${kind.title}${cut}`),
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...rows),
    ),
  );
}

/** @param {number} page */
function pageAddress(page) {
  const url = new URL(address);
  if (page > 1) url.searchParams.set("page", String(page));
  return url;
}

/** @param {Found} found @param {number} page @param {string} [kind] whose heading is gone to; the first one if none is given */
function turn(found, page, kind) {
  if (page !== asked()) history.pushState(null, "", pageAddress(page));
  draw(found, page);
  say(`第 ${page} 页，共 ${Math.ceil(found.total / PER_PAGE)} 页`);
  const heading = /** @type {HTMLElement} */ (main.querySelector(kind ? `h2[id="${kind}"]` : "h2"));
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}
