/** One line of a search result, with the places that matched marked. */
import { fromDay, toDay } from "./days.js";
import { dayElement, element, stateTag } from "./dom.js";
import { locate, matchesCode, matchesName, matchesNumber, wanted } from "./fold.js";
import { root } from "./store.js";

/**
 * @param {import("./store.js").Manifest} contents @param {import("./subjects.js").Hit} hit @param {string} query
 */
export function result(contents, hit, query) {
  const asked = wanted(query);
  const kind = contents.kinds[hit.kind];
  const facts = [
    ["文书号", marked(hit.number, (piece) => matchesNumber(asked, piece))],
    ["代码", marked(hit.code, (piece) => matchesCode(asked, piece))],
    ["决定日期", dayElement(fromDay(hit.day))],
    ["报送单位", contents.units[hit.unit]?.name ?? ""],
  ];
  const name = hit.subject || hit.number; // a link has to have a text
  return element(
    "li",
    { class: "result" },
    element(
      "p",
      { class: "result__subject" },
      element("span", { class: "tag" }, kind.title),
      element("a", { href: new URL(`notice/?id=${hit.id}`, root).href }, marked(name, (piece) => matchesName(asked, piece))),
      ...stateTag(hit.state),
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

/**
 * A row of a shard as a hit.
 * @param {import("./store.js").Manifest} contents @param {import("./listing.js").Row} row
 * @returns {import("./subjects.js").Hit}
 */
export function hitOf(contents, { kind, decided, columns, row }) {
  const { roles } = contents.kinds[kind];
  const value = (/** @type {string} */ role) => columns[roles[role]]?.[row] ?? "";
  return {
    kind,
    day: toDay(decided),
    slot: 0, // not known here, and not needed to show it
    last: 0,
    id: columns.id[row],
    unit: columns.unit[row],
    state: columns.state[row],
    subject: value("subject"),
    code: value("subject_code"),
    number: value("number"),
  };
}

/** @param {string} text @param {(piece: string) => boolean} matches */
function marked(text, matches) {
  const fragment = document.createDocumentFragment();
  const place = text ? locate(text, matches) : null;
  if (!place) fragment.append(text);
  else fragment.append(text.slice(0, place[0]), element("mark", {}, text.slice(...place)), text.slice(place[1]));
  return fragment;
}
