/** Two bulletins of one kind side by side: the figures of each, and by how much the later ones are more or less. */
import { element, started } from "./dom.js";
import { read } from "./files.js";

/**
 * @typedef {{name: string, caption: string, head: string, columns: {title: string, rate: boolean}[], rows: [string, string, ...string[]][],
 *   total: string[]}} Table rows: key, name, then a text for each column
 * @typedef {{period: string, tables: Table[]}} Bulletin
 */

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-compare]"));
const place = /** @type {HTMLElement} */ (document.querySelector("[data-comparison]"));
const selects = ["a", "b"].map((name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name)));

started();
await show(new URLSearchParams(location.search));

/** @param {URLSearchParams} asked */
async function show(asked) {
  if (!asked.has("a") || !asked.has("b")) return;
  const wanted = selects.map((select) => [...select.options].find(({ value }) => value === asked.get(select.name)));
  if (wanted.includes(undefined)) {
    place.replaceChildren(told("没有这一期通报，请重新选择。"));
    return;
  }
  selects.forEach((select, number) => (select.value = wanted[number]?.value ?? ""));
  const [kind, other] = selects.map(({ selectedOptions }) => selectedOptions[0].dataset.kind);
  if (kind !== other) {
    place.replaceChildren(told("请选择同一种通报的两期。"));
    return;
  }
  try {
    const [first, second] = await Promise.all(selects.map(({ value }) => read(`bulletins/${value}figures.json`)));
    place.replaceChildren(...tables(first, second));
  } catch {
    place.replaceChildren(told("未能读取通报的数字，请稍后再试。"));
  }
}

/** @param {string} text */
function told(text) {
  return element("p", { class: "message", role: "alert" }, text);
}

/** @param {Bulletin} first @param {Bulletin} second */
function tables(first, second) {
  const found = second.tables.map((table) => {
    const other = first.tables.find(({ name }) => name === table.name);
    return other ? compared(table, other, first.period, second.period) : missing(table, first.period);
  });
  const gone = first.tables.filter(({ name }) => second.tables.every((table) => table.name !== name));
  return [...found, ...gone.map((table) => missing(table, second.period))];
}

/** @param {Table} table that the other bulletin has @param {string} period */
function missing({ caption }, period) {
  return element("p", { class: "message" }, element("strong", {}, caption), `：${period} 没有此表。`);
}

/** @param {Table} table @param {Table} other @param {string} before @param {string} after */
function compared(table, other, before, after) {
  const former = new Map(other.rows.map(([key, , ...texts]) => [key, texts]));
  const gone = other.rows.filter(([key]) => !table.rows.some(([own]) => own === key));
  const groups = table.columns.map(({ title }) => element("th", { class: "num", scope: "colgroup", colspan: 3 }, title));
  const heads = table.columns.flatMap(({ rate }) => [before, after, rate ? "增减（个百分点）" : "增减"].map((text) => cell("th", text)));
  const line = (/** @type {string} */ name, /** @type {string[]} */ was, /** @type {string[]} */ now) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...table.columns.flatMap(({ rate }, number) => [
        cell("td", was[number] ?? "—"),
        cell("td", now[number] ?? "—"),
        cell("td", difference(was[number], now[number], rate)),
      ]),
    );
  return element(
    "div",
    { class: "table-scroll", role: "region", "aria-labelledby": `compared-${table.name}`, tabindex: 0 },
    element(
      "table",
      { class: "stat" },
      element("caption", { id: `compared-${table.name}` }, `${table.caption}（与 ${before} 比较）`),
      element("thead", {}, element("tr", {}, element("th", { scope: "col", rowspan: 2 }, table.head), ...groups), element("tr", {}, ...heads)),
      element(
        "tbody",
        {},
        ...table.rows.map(([key, name, ...texts]) => line(name, former.get(key) ?? [], texts)),
        ...gone.map(([, name, ...texts]) => line(name, texts, [])),
      ),
      element("tfoot", {}, line("合计", other.total, table.total)),
    ),
  );
}

/** @param {string} tag @param {string} text */
function cell(tag, text) {
  return element(tag, { class: "num", ...(tag === "th" ? { scope: "col" } : {}) }, text);
}

/**
 * By how much the later figure is more; nothing where one is missing.
 * @param {string | undefined} was @param {string | undefined} now @param {boolean} rate per cent with two decimals
 */
function difference(was, now, rate) {
  const change = Number(now) - Number(was);
  if (was === undefined || now === undefined || Number.isNaN(change)) return "—";
  const text = rate && Number(change.toFixed(2)) ? change.toFixed(2) : String(Math.round(change));
  return change > 0 && text !== "0" ? `+${text}` : text.replace("-", "−");
}
