/** Two bulletins of one kind side by side: the figures of each, and by how much the later ones are more or less. */
import { element, started } from "./dom.js";
import { read } from "./files.js";

/**
 * @typedef {{name: string, head: string, columns: {title: string, rate: boolean}[], rows: [string, string, ...string[]][],
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
  return second.tables.flatMap((table) => {
    const other = first.tables.find(({ name }) => name === table.name);
    return other ? [compared(table, other, first.period, second.period)] : [];
  });
}

/** @param {Table} table @param {Table} other @param {string} before @param {string} after */
function compared(table, other, before, after) {
  const former = new Map(other.rows.map(([key, , ...texts]) => [key, texts]));
  const gone = other.rows.filter(([key]) => !table.rows.some(([own]) => own === key));
  const heads = table.columns.flatMap(({ title, rate }) => [
    cell("th", `${title} ${before}`),
    cell("th", `${title} ${after}`),
    ...(rate ? [] : [cell("th", "增减")]),
  ]);
  const line = (/** @type {string} */ name, /** @type {string[]} */ was, /** @type {string[]} */ now) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...table.columns.flatMap(({ rate }, number) => [
        cell("td", was[number] ?? "—"),
        cell("td", now[number] ?? "—"),
        ...(rate ? [] : [cell("td", difference(was[number], now[number]))]),
      ]),
    );
  return element(
    "div",
    { class: "table-scroll", role: "region", "aria-label": table.head, tabindex: 0 },
    element(
      "table",
      { class: "stat" },
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, table.head), ...heads)),
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

/** By how much the later figure is more; nothing where one is missing. @param {string} [was] @param {string} [now] */
function difference(was, now) {
  const change = Number(now) - Number(was);
  if (was === undefined || now === undefined || Number.isNaN(change)) return "—";
  return change > 0 ? `+${change}` : String(change).replace("-", "−");
}
