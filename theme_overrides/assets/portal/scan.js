/**
 * A search through the months, newest first, by reading every row. It finds exactly what a substring scan finds,
 * because it is one.
 *
 * @typedef {{q?: string, kind?: string, region?: string, unit?: string, from?: string, to?: string}} Criteria
 * @typedef {{kind: import("./store.js").Kind, month: import("./store.js").Month, row: number, decided: string}} Hit
 * @typedef {{done: number, months: number, hits: Hit[], failed: {kind: import("./store.js").Kind,
 *   month: import("./store.js").Month, reason: string}[]}} Progress  `hits` grows at its end only
 */
import { matcher } from "./fold.js";
import { shard } from "./store.js";

const AHEAD = 3; // months being fetched while one is read

/**
 * @param {import("./store.js").Manifest} contents @param {Criteria} criteria
 * @param {(progress: Progress) => void} report called after every month
 * @param {AbortSignal} signal once aborted, nothing is reported any more
 * @returns {Promise<void>}
 */
export async function scan(contents, criteria, report, signal) {
  const steps = plan(contents.kinds, criteria);
  const wanted = filter(contents, criteria);
  /** @type {Progress} */
  const progress = { done: 0, months: steps.length, hits: [], failed: [] };
  const coming = steps.slice(0, AHEAD).map(fetchStep);
  for (const step of steps) {
    const parts = await coming[progress.done];
    const following = steps[progress.done + AHEAD];
    if (signal.aborted) return;
    if (following) coming.push(fetchStep(following));
    /** @type {Hit[]} */
    const hits = [];
    step.forEach(({ kind, month }, index) => {
      const part = parts[index];
      if (part.status === "rejected") progress.failed.push({ kind, month, reason: part.reason.message });
      else hits.push(...wanted(kind, month, part.value));
    });
    hits.sort((a, b) => (a.decided < b.decided ? 1 : a.decided > b.decided ? -1 : 0));
    for (const hit of hits) progress.hits.push(hit);
    coming[progress.done] = Promise.resolve([]); // lets the rows go
    progress.done += 1;
    report(progress);
  }
  if (!steps.length) report(progress);
}

/** What to read: for each month the files of the kinds asked for. @param {import("./store.js").Kind[]} kinds @param {Criteria} criteria */
function plan(kinds, criteria) {
  /** @type {Map<string, {kind: import("./store.js").Kind, month: import("./store.js").Month}[]>} */
  const byMonth = new Map();
  for (const kind of kinds) {
    if (criteria.kind && kind.id !== criteria.kind) continue;
    for (const month of kind.months) {
      if (criteria.from && month.month < criteria.from.slice(0, 7)) continue;
      if (criteria.to && month.month > criteria.to.slice(0, 7)) continue;
      byMonth.set(month.month, [...(byMonth.get(month.month) ?? []), { kind, month }]);
    }
  }
  return [...byMonth.keys()].sort().reverse().map((month) => byMonth.get(month) ?? []);
}

/** @param {{month: import("./store.js").Month}[]} step */
function fetchStep(step) {
  return Promise.allSettled(step.map(({ month }) => shard(month)));
}

/** @param {import("./store.js").Manifest} contents @param {Criteria} criteria */
function filter(contents, criteria) {
  const unit = contents.units.findIndex(({ id }) => id === criteria.unit);
  const region = contents.regions.findIndex(({ code }) => code === criteria.region);
  const matches = criteria.q ? matcher(criteria.q) : () => true;
  /** @param {import("./store.js").Kind} kind @param {import("./store.js").Month} month @param {import("./store.js").Columns} columns */
  return (kind, month, columns) => {
    const { roles } = kind;
    const [subject, code, number, decided] = [roles.subject, roles.subject_code, roles.number, roles.decided].map((role) => columns[role]);
    /** @type {Hit[]} */
    const hits = [];
    for (let row = 0; row < columns.id.length; row += 1) {
      if (criteria.unit && columns.unit[row] !== unit) continue;
      if (criteria.region && columns.region[row] !== region) continue;
      if (criteria.from && decided[row] < criteria.from) continue;
      if (criteria.to && decided[row] > criteria.to) continue;
      if (matches(subject[row], code?.[row] ?? "", number?.[row] ?? "")) hits.push({ kind, month, row, decided: decided[row] });
    }
    return hits;
  };
}
