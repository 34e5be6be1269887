/** One line of a search result, with the place that matched marked. */
import { dayElement, element, stateTag } from "./dom.js";
import { locate } from "./fold.js";
import { root } from "./store.js";

/**
 * @param {import("./store.js").Manifest} contents @param {import("./scan.js").Hit} hit
 * @param {import("./store.js").Columns} columns the month of the hit @param {string} query
 */
export function result(contents, { kind, row }, columns, query) {
  const { roles } = kind;
  const value = (/** @type {string} */ role) => columns[roles[role]]?.[row] ?? "";
  const unit = contents.units[columns.unit[row]]?.name ?? "";
  const facts = [
    ["文书号", marked(value("number"), query)],
    ["代码", marked(value("subject_code"), query)],
    ["决定日期", dayElement(value("decided"))],
    ["决定机关", value("authority") || unit],
  ];
  return element(
    "li",
    { class: "result" },
    element(
      "p",
      { class: "result__subject" },
      element("span", { class: "tag" }, kind.title),
      element("a", { href: new URL(`notice/?id=${columns.id[row]}`, root).href }, marked(value("subject"), query)),
      ...stateTag(columns.state?.[row]),
    ),
    element(
      "dl",
      { class: "result__facts" },
      ...facts.map(([label, content]) =>
        content instanceof Node && !content.textContent ? "" : element("div", {}, element("dt", {}, label), element("dd", {}, content)),
      ),
    ),
  );
}

/** @param {string} text @param {string} query */
function marked(text, query) {
  const fragment = document.createDocumentFragment();
  const place = query ? locate(text, query) : null;
  if (!place) fragment.append(text);
  else fragment.append(text.slice(0, place[0]), element("mark", {}, text.slice(...place)), text.slice(place[1]));
  return fragment;
}
