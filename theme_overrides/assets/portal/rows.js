/**
 * The rows of a table: those of a page, and all of them where they are few enough to be sorted or downloaded.
 *
 * @typedef {{columns: import("./store.js").Columns, row: number}} Row
 * @typedef {import("./listing.js").Listing | import("./query.js").WordSearch} Engine
 */
import { fromDay } from "./days.js";
import { WordSearch } from "./query.js";
import { directory, shard } from "./store.js";

const MOST_ROWS = 20_000; // that can be brought together in a browser
const MOST_SHARDS = 60;
const CHINESE = new Intl.Collator("zh", { numeric: true });

/**
 * @param {Engine} engine @param {number} start @param {number} end @param {AbortSignal} signal
 * @returns {Promise<Row[]>} rows `start` to `end`; hits that far are known
 */
export async function pageOf(engine, start, end, signal) {
  if (!(engine instanceof WordSearch)) return engine.page(start, end);
  return (await rowsOf(engine, engine.hits.slice(start, end), Infinity, signal)) ?? [];
}

/**
 * All rows, in the order of the engine.
 * @param {Engine} engine @param {AbortSignal} signal
 * @returns {Promise<Row[] | "rows" | "files">} what there is too much of
 */
export async function allOf(engine, signal) {
  await engine.finish(true);
  if (engine.total.count > MOST_ROWS) return "rows";
  if (!(engine instanceof WordSearch)) return engine.slices.length > MOST_SHARDS ? "files" : engine.all();
  if (!engine.over) return "files";
  return (await rowsOf(engine, engine.hits, MOST_SHARDS, signal)) ?? "files";
}

/** What to do where there is too much of something. @param {"rows" | "files" | Row[]} what */
export function tooMany(what) {
  return what === "rows" ? `把范围缩小到 ${MOST_ROWS / 10_000} 万条以内` : "缩小日期范围，现有范围涉及的数据文件过多";
}

/**
 * The rows of hits of one kind, out of the shards that hold them.
 * @param {import("./query.js").WordSearch} engine @param {import("./subjects.js").Hit[]} hits
 * @param {number} most shards @param {AbortSignal} signal @returns {Promise<Row[] | null>} null: there are more shards
 */
async function rowsOf(engine, hits, most, signal) {
  if (!hits.length) return [];
  const kind = engine.contents.kinds[hits[0].kind];
  const { slice, first, last } = await directory(kind, signal);
  /** @type {Map<string, Map<string, number>>} names of the slices of some days → id → place among the hits */
  const groups = new Map();
  for (const [place, { id, day }] of hits.entries()) {
    const decided = fromDay(day);
    // Most often one; the parts of a full day are told apart by reading them.
    const names = slice.filter((_, at) => first[at] <= decided && decided <= last[at]).join("/");
    if (!groups.has(names)) groups.set(names, new Map());
    groups.get(names)?.set(id, place);
  }
  const shards = [...groups.keys()].flatMap((names) => (names ? names.split("/") : []));
  if (shards.length > most) return null;
  /** @type {Row[]} */
  const rows = [];
  await Promise.all(
    [...groups].flatMap(([names, ids]) =>
      (names ? names.split("/") : []).map(async (name) => {
        const columns = await shard(kind, name, signal);
        for (const [row, id] of columns.id.entries()) {
          const place = ids.get(id);
          if (place !== undefined) rows[place] = { columns, row };
        }
      }),
    ),
  );
  return rows.filter(Boolean); // a record that left tonight may still be in a block
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
