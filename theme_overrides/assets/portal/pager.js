/** Links to the pages of a list: first, last and those around the current one. */
import { element } from "./dom.js";

/**
 * @param {number} current from 1 @param {number} pages
 * @param {(page: number) => string} address where a page can be linked to
 * @param {(page: number) => void} go @param {boolean} [open] there may be pages after the last one
 */
export function pager(current, pages, address, go, open = false) {
  const link = (/** @type {number} */ page, /** @type {string} */ text, /** @type {Record<string, string>} */ more = {}) =>
    element(
      "a",
      {
        href: address(page),
        ...more,
        click: (event) => {
          if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
          event.preventDefault();
          go(page);
        },
      },
      text,
    );
  const items = [];
  let last = 0;
  for (const page of shown(current, pages)) {
    if (page > last + 1) items.push(element("li", { class: "pager__gap" }, "…"));
    items.push(element("li", {}, link(page, String(page), page === current ? { "aria-current": "page" } : {})));
    last = page;
  }
  if (open) items.push(element("li", { class: "pager__gap" }, "…"));
  const navigation = element("nav", { class: "pager", "aria-label": "分页" });
  if (current > 1) navigation.append(link(current - 1, "上一页", { class: "pager__prev", rel: "prev" }));
  navigation.append(element("ol", {}, ...items));
  if (current < pages) navigation.append(link(current + 1, "下一页", { class: "pager__next", rel: "next" }));
  return navigation;
}

/** @param {number} current @param {number} pages @returns {number[]} */
function shown(current, pages) {
  const around = [1, current - 1, current, current + 1, pages];
  return [...new Set(around.filter((page) => page >= 1 && page <= pages))].sort((a, b) => a - b);
}
