/**
 * For the night in which the site is not built anew: takes off the page what is no longer to be seen, and warns when
 * the site has grown too old. Pages of a site that fixes its day come without this module.
 */
import { dayElement, element } from "./dom.js";
import { dayInShanghai, isOver, isTooOld } from "./expiry.js";
import { build } from "./store.js";

const WARNING = "本站数据已超过36小时未更新，部分信息可能已停止公示，请以发布单位最新信息为准。";

const now = Date.now();
dropExpired(now);
// A page whose age cannot be learned is left as it is: download has tried three times, and what is over is gone anyway.
build().then((built) => tellAge(built, now), () => undefined);

/** @param {number} now */
function dropExpired(now) {
  const today = dayInShanghai(now);
  const dated = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-last-day]")]);
  const over = dated.filter(({ dataset }) => isOver(dataset.lastDay, today));
  for (const one of over) one.remove();
  if (over.length) note(`本页 ${over.length} 条公示期限已届满，不再显示`);
}

/** @param {{built: string, as_of: string}} built @param {number} now */
function tellAge({ built, as_of: counted }, now) {
  // A page that does not say of which day its numbers are has to, once that day has passed.
  if (counted < dayInShanghai(now) && !document.querySelector(".facts time")) note("数量截至 ", dayElement(counted));
  if (!isTooOld(built, now)) return;
  const banner = element("div", { class: "too-old", role: "status" });
  document.body.prepend(banner); // read first, though it is seen at the foot, where it pushes nothing aside
  banner.append(WARNING);
}

/** Beside the numbers of the page, if it has any. @param {...(Node | string)} words */
function note(...words) {
  document.querySelector(".facts")?.append(element("li", {}, ...words));
}
