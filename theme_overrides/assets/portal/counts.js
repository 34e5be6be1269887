/**
 * How many records each choice of a filter would leave: told where it is known, and only for a filter that is not in
 * use, since of what it hides nothing was counted.
 *
 * @typedef {{kind: Map<number, number>, unit: Map<number, number>, status: Map<string, number>}} Counts  by place or label
 */
import { grouped } from "./dom.js";
import { groupsOf } from "./listing.js";

/** @param {Iterable<{kind: number, unit: number, state: string}>} hits @returns {Counts} */
export function ofHits(hits) {
  /** @type {Counts} */
  const counts = { kind: new Map(), unit: new Map(), status: new Map() };
  for (const { kind, unit, state } of hits) {
    add(counts.kind, kind, 1);
    add(counts.unit, unit, 1);
    if (state) add(counts.status, state, 1);
  }
  return counts;
}

/** @param {import("./listing.js").Listing} listing whose total is exact @returns {Counts} */
export function ofListing({ stretches, contents, conditions: { units, status } }) {
  /** @type {Counts} */
  const counts = { kind: new Map(), unit: new Map(), status: new Map() };
  for (const { slices, rows } of stretches) {
    for (const { kind, columns, row } of rows ?? []) {
      add(counts.kind, kind, 1);
      add(counts.unit, columns.unit[row], 1);
      add(counts.status, columns.state[row], 1);
    }
    if (rows) continue;
    for (const slice of slices) {
      add(counts.kind, slice.kind, slice.most);
      if (!status) for (const [unit, , count] of groupsOf(slice.units, 3)) if (!units || units.has(unit)) add(counts.unit, unit, count);
      if (!units) for (const [state, count] of groupsOf(slice.states, 2)) add(counts.status, contents.kinds[slice.kind].states[state], count);
    }
  }
  return counts;
}

/**
 * Writes the counts behind the choices of a form, or takes them away.
 * @param {HTMLFormElement} form @param {import("./store.js").Manifest} contents
 * @param {Counts | null} counts null: not known @param {import("./conditions.js").Criteria} criteria
 */
export function showCounts(form, { kinds, units, regions }, counts, { kind, region, unit, status }) {
  /** @type {Map<number, number>} */
  const byRegion = new Map();
  for (const [place, count] of counts?.unit ?? []) add(byRegion, units[place].region, count);
  const by = (/** @type {Map<number, number>} */ found, /** @type {string[]} */ ids) => new Map([...found].map(([place, count]) => [ids[place], count]));
  const known = counts && {
    kind: !kind && by(counts.kind, kinds.map(({ id }) => id)),
    region: !region && !unit && counts.unit.size && by(byRegion, regions.map(({ code }) => code)),
    unit: !unit && counts.unit.size && by(counts.unit, units.map(({ id }) => id)),
    status: !status && counts.status.size && counts.status,
  };
  for (const name of ["kind", "region", "unit", "status"]) {
    const select = form.elements.namedItem(name);
    if (!(select instanceof HTMLSelectElement)) continue;
    const found = known && known[name];
    for (const option of select.options) {
      if (!option.value) continue;
      option.dataset.label ??= option.text;
      option.text = found ? `${option.dataset.label}（${grouped(found.get(option.value) ?? 0)}）` : option.dataset.label;
    }
  }
}

/** @template K @param {Map<K, number>} counts @param {K} key @param {number} count */
function add(counts, key, count) {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
