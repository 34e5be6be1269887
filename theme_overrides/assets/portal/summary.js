/** What the search page says of an answer: how much was found, how sure that is, and what could not be searched. */
import { element, estimated, failure, grouped } from "./dom.js";
import { weight, wanted } from "./fold.js";
import { root } from "./store.js";

const NAMED_FAILURES = 6;

/**
 * @typedef {{total: {count: number, exact: boolean}, failed: import("./conditions.js").Failure[], stopped: boolean,
 *   page: number, last: number, capped: number}} Answer  `capped`: hits that pages can show where there are more, 0 = all
 * @param {Answer} answer
 */
export function summary({ total, failed, stopped, page, last, capped }) {
  const found = `${grouped(total.count)} 条`;
  if (stopped) return `已停止，找到 ${found}，可能还有更多。`;
  if (failed.length) return `已找到 ${found}，有数据未能载入，结果不完整。`;
  if (!total.count) return total.exact ? "没有找到符合条件的公示信息。" : "尚未找到符合条件的公示信息。";
  const order = "按决定日期由近到远排列";
  if (total.exact) return `共找到 ${found}，${order}。第 ${page} 页，共 ${last} 页。`;
  const rest = capped ? `只能查看前 ${grouped(capped)} 条，可增加条件缩小范围。` : "";
  return `约有 ${estimated(total.count)} 条，${order}。第 ${page} 页。${rest}`;
}

/**
 * Failures with a way to try again, or advice where nothing was found.
 * @param {Answer} answer @param {import("./conditions.js").Criteria} criteria @param {() => void} again
 */
export function remarks({ failed, total, stopped }, criteria, again) {
  if (failed.length) {
    const named = failed.slice(0, NAMED_FAILURES).map(({ part }) => part).join("、");
    const more = failed.length > NAMED_FAILURES ? `等 ${failed.length} 项` : "";
    const reason = navigator.onLine ? failed[0].reason : "网络已断开，恢复后自动重试";
    return [failure(`以下数据未能载入：${named}${more}（${reason}）。`, again, new URL("notices/", root))];
  }
  if (total.count || stopped) return [];
  return [element("ul", { class: "message" }, ...advice(criteria).map((text) => element("li", {}, text)))];
}

/** @param {import("./conditions.js").Criteria} criteria */
function advice({ q = "", ...conditions }) {
  const numbers = wanted(q);
  const short = /[0-9]/.test(q) && !numbers.number && !numbers.digits;
  return [
    ...(short ? ["代码和文书号请至少输入四位。"] : []),
    ...(q && weight(q) > 4 ? ["试试只输入名称中的两三个字，或者文书号中的年份和序号。"] : []),
    ...(q ? ["检查是否有错别字；自然人的姓名只公示姓氏，请用文书号查询。"] : []),
    ...(Object.keys(conditions).length ? ["试试减少类别、区域、单位、状态和日期条件。"] : []),
    "公示期限届满、已修复或者已撤销的信息不再显示。",
  ];
}
