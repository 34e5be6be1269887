/**
 * What a table of one kind is asked, and the answer to it: rows page by page, or all of them where they are sorted.
 *
 * @typedef {{field: import("./store.js").Field | undefined, descending: boolean, plain: boolean}} Order
 *   `field`: undefined where nothing was asked; `plain`: by the day of decision, which is how the files lie
 * @typedef {{engine: import("./rows.js").Engine, rows: import("./rows.js").Row[] | null, order: Order, refusal: string}} Answer
 *   `rows`: all in their order, null where the engine gives them in it; `refusal`: why they are not in the order asked for
 * @typedef {{page: number, last: number, rows: import("./rows.js").Row[], total: {count: number, exact: boolean}, capped: number}} Page
 *   `capped`: rows that pages can show where there are more, 0 = all
 */
import { Listing } from "./listing.js";
import { SHOWN, WordSearch } from "./query.js";
import { allOf, pageOf, sort, tooMany } from "./rows.js";

/** @param {import("./store.js").Kind} kind @param {string} text `XK_JDRQ` ascending, `-XK_JDRQ` descending @returns {Order} */
export function orderOf({ list, fields, roles }, text) {
  const code = text.replace("-", "");
  const field = list.includes(code) ? fields.find((one) => one.code === code) : undefined;
  return { field, descending: !field || text.startsWith("-"), plain: !field || code === roles.decided };
}

/**
 * @param {import("./store.js").Manifest} contents @param {import("./conditions.js").Criteria} criteria @param {Order} order
 * @param {AbortSignal} signal @returns {Promise<Answer>}
 */
export async function answerTo(contents, { q, ...conditions }, order, signal) {
  const oldest = order.plain && !order.descending;
  const words = q && !conditions.reported;
  const engine = words ? new WordSearch(contents, { ...conditions, q }, signal) : new Listing(contents, { ...conditions, q }, { oldest, signal });
  if (order.plain && (order.descending || !words)) return { engine, rows: null, order, refusal: "" };
  const rows = await allOf(engine, signal);
  if (typeof rows !== "string" && order.field) {
    sort(rows, order.field, order.descending);
    return { engine, rows, order, refusal: "" };
  }
  const refusal = `按${order.field?.label}${order.descending ? "降序" : "升序"}排列请先${tooMany(rows)}`;
  return { engine, rows: null, order: { field: undefined, descending: true, plain: true }, refusal };
}

/** @param {Answer} answer @param {number} asked page, from 1 @param {number} size @param {AbortSignal} signal @returns {Promise<Page>} */
export async function pageIn({ engine, rows }, asked, size, signal) {
  const open = !rows && engine instanceof WordSearch;
  if (open) await engine.reach(Math.min(asked * size, SHOWN) + 1); // one more: is there a further page?
  else if (!rows) await engine.ready;
  const known = rows?.length ?? (open && !engine.over ? Math.min(engine.hits.length, SHOWN) : engine.total.count);
  const last = Math.max(1, Math.ceil(known / size));
  const page = Math.min(asked, last);
  const [start, end] = [(page - 1) * size, page * size];
  const shown = rows?.slice(start, end) ?? (await pageOf(engine, start, end, signal));
  const total = rows ? { count: rows.length, exact: !engine.failed.length } : engine.total;
  return { page, last, rows: shown, total, capped: open && !engine.over && total.count > SHOWN ? SHOWN : 0 };
}
