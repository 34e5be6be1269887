/**
 * The rows of one kind, newest first. The first pages need the newest months only; whoever sorts or filters needs
 * them all.
 *
 * @typedef {{columns: import("./store.js").Columns, row: number}} Row
 * @typedef {{text?: string, unit?: string, region?: string, from?: string, to?: string}} Conditions
 */
import { fold, matcher } from "./fold.js";
import { shard } from "./store.js";

const CHINESE = new Intl.Collator("zh", { numeric: true });

/**
 * Rows `start` to `end` in the order of the shards.
 * @param {import("./store.js").Kind} kind @param {number} start @param {number} end
 * @returns {Promise<Row[]>} @throws {import("./store.js").StoreError}
 */
export async function newest(kind, start, end) {
  /** @type {Row[]} */
  const rows = [];
  let before = 0;
  for (const month of kind.months) {
    if (before >= end) break;
    if (before + month.count > start) {
      const columns = await shard(month);
      const last = Math.min(end - before, month.count);
      for (let row = Math.max(0, start - before); row < last; row += 1) rows.push({ columns, row });
    }
    before += month.count;
  }
  return rows;
}

/**
 * All rows of a kind.
 * @param {import("./store.js").Kind} kind @param {(done: number, months: number) => void} report @param {AbortSignal} signal
 * @returns {Promise<Row[]>} empty if aborted @throws {import("./store.js").StoreError}
 */
export async function all(kind, report, signal) {
  /** @type {Row[]} */
  const rows = [];
  for (const [done, month] of kind.months.entries()) {
    report(done, kind.months.length);
    const following = kind.months[done + 1];
    if (following) shard(following).catch(() => undefined); // its failure is met when its turn comes
    const columns = await shard(month);
    if (signal.aborted) return [];
    for (let row = 0; row < columns.id.length; row += 1) rows.push({ columns, row });
  }
  return rows;
}

/**
 * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind
 * @param {Conditions} conditions @returns {(row: Row) => boolean}
 */
export function condition(contents, kind, { text, unit, region, from, to }) {
  const unitIndex = contents.units.findIndex(({ id }) => id === unit);
  const regionIndex = contents.regions.findIndex(({ code }) => code === region);
  const wanted = fold(text ?? "");
  const named = matcher(text ?? "");
  const { decided, subject, subject_code: code, number } = kind.roles;
  return ({ columns, row }) =>
    (!unit || columns.unit[row] === unitIndex) &&
    (!region || columns.region[row] === regionIndex) &&
    (!from || columns[decided][row] >= from) &&
    (!to || columns[decided][row] <= to) &&
    (!wanted ||
      named(columns[subject][row], columns[code]?.[row] ?? "", columns[number]?.[row] ?? "") ||
      kind.list.some((field) => fold(columns[field][row]).includes(wanted)));
}

/**
 * Sorts in place; what is not given comes last either way, equal rows keep their order.
 * @param {Row[]} rows @param {import("./store.js").Field} field @param {boolean} descending
 */
export function sort(rows, field, descending) {
  const direction = descending ? -1 : 1;
  const compare = comparison(field.type);
  const value = (/** @type {Row} */ { columns, row }) => columns[field.code][row];
  rows.sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (!left || !right) return Number(!left) - Number(!right);
    return direction * compare(left, right);
  });
}

/** @param {string} type @returns {(a: string, b: string) => number} */
function comparison(type) {
  if (type === "money") return (a, b) => Number(a) - Number(b);
  if (type === "day") return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return CHINESE.compare;
}
