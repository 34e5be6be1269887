/** The choices of kind, region, unit and state in a form, and its agreement with an address. */
import { element } from "./dom.js";

/**
 * Fills the selects `kind`, `region`, `unit` and `status` of a form, those it has, once.
 * @param {HTMLFormElement} form @param {import("./store.js").Manifest} contents
 * @param {import("./store.js").Kind[]} [kinds] those whose states can be chosen
 */
export function fillSelects(form, contents, kinds = contents.kinds) {
  const options = {
    kind: contents.kinds.filter(({ rows }) => rows).map(({ id, title }) => option(id, title)),
    region: contents.regions.map(({ code, name }) => option(code, name)),
    unit: Object.entries(contents.groups).map(([group, label]) =>
      element(
        "optgroup",
        { label },
        ...contents.units.filter((unit) => unit.group === group).map(({ id, name }) => option(id, name)),
      ),
    ),
    status: [...new Set(kinds.flatMap(({ states }) => states))].map((label) => option(label, label)),
  };
  for (const [name, made] of Object.entries(options)) {
    const select = form.elements.namedItem(name);
    if (select instanceof HTMLSelectElement && select.options.length === 1) select.append(...made);
  }
}

/**
 * Sets the fields of a form from an address.
 * @param {HTMLFormElement} form @param {URLSearchParams} asked
 * @returns {string[]} labels of the fields that could not take their value
 */
export function choose(form, asked) {
  const refused = [];
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement) || !control.name) continue;
    const value = asked.get(control.name) ?? "";
    control.value = value;
    // Where a browser has no choice of a month, it is a text.
    if (control.value !== value || control.validity.patternMismatch) {
      control.value = "";
      refused.push(control.labels?.[0]?.textContent ?? control.name);
    }
  }
  return refused;
}

/**
 * The choices take much room: on a phone they stay folded until asked for, or while one is in use.
 * @param {HTMLDetailsElement} fold @param {boolean} used
 */
export function unfold(fold, used) {
  fold.open = used || !matchMedia("(max-width: 45em)").matches;
}

/** What a form asks for, as an address would say it. @param {HTMLFormElement} form @returns {Record<string, string>} */
export function values(form) {
  const pairs = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  return Object.fromEntries(pairs.filter(([, value]) => value));
}

/** Why a period cannot be used, or "". @param {string} [from] @param {string} [to] */
export function periodFault(from, to) {
  return from && to && from > to ? "起始日期晚于截止日期，请修改。" : "";
}

/** @param {string} value @param {string} text */
function option(value, text) {
  return element("option", { value }, text);
}

/**
 * The form above the table of a kind. A list of a kind is not searched by words: the index knows no lists.
 * @param {import("./store.js").Kind} kind @param {boolean} worded @returns {HTMLFormElement}
 */
export function tableFilters({ states }, worded) {
  const item = (/** @type {string} */ name, /** @type {string} */ label, /** @type {HTMLElement} */ control) => {
    control.id = `table-${name}`;
    control.setAttribute("name", name);
    return element("div", { class: "filters__item" }, element("label", { for: control.id }, label), control);
  };
  const select = () => element("select", {}, element("option", { value: "" }, "全部"));
  return /** @type {HTMLFormElement} */ (
    element(
      "form",
      { class: "filters", "aria-label": "筛选" },
      ...(worded ? [item("text", "名称、代码或者文书号", element("input", { type: "search", maxlength: 200, autocomplete: "off" }))] : []),
      item("unit", "报送单位", select()),
      item("region", "区域", select()),
      ...(states.length ? [item("status", "状态", select())] : []),
      item("from", "决定日期自", element("input", { type: "date" })),
      item("to", "决定日期至", element("input", { type: "date" })),
      item("reported", "报送月份", element("input", { type: "month", pattern: "[0-9]{4}-[0-9]{2}", placeholder: "2023-12" })),
      element(
        "div",
        { class: "filters__item filters__item--actions" },
        element("button", { type: "submit", class: "button button--primary" }, "筛选"),
        element("button", { type: "button", class: "button", "data-clear": true }, "清除"),
      ),
    )
  );
}
