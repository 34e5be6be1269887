/**
 * What a reader asks for, as an address says it, and the same as places in the manifest's lists.
 *
 * @typedef {{q?: string, kind?: string, region?: string, unit?: string, from?: string, to?: string, status?: string, listed?: string,
 *   reported?: string}} Criteria
 * @typedef {{kinds: Set<number>, units: Set<number> | null, from: string, to: string, first: number, last: number, status: string, listed: string,
 *   reported: string}} Conditions
 *   `listed`: the list a subject is on, "" = any; directories do not tell how many there are
 *   `reported`: month of the first report, ISO or "", which tables alone know
 *   `units`: places, null = all; `from`, `to`: ISO days or ""; `first`, `last`: the same as numbers
 * @typedef {{part: string, reason: string, status: number}} Failure  `part`: what could not be searched
 */
import { toDay } from "./days.js";

/** @param {import("./store.js").Manifest} contents @param {Criteria} criteria @returns {Conditions} */
export function conditionsOf({ kinds, units, regions }, { kind, region, unit, from = "", to = "", status = "", listed = "", reported = "" }) {
  const place = regions.findIndex(({ code }) => code === region);
  const fits = (/** @type {{id: string, region: number}} */ one) => (!unit || one.id === unit) && (!region || one.region === place);
  return {
    kinds: new Set(kinds.flatMap(({ id, count }, at) => (count && (!kind || id === kind) ? [at] : []))), // others have no files
    units: unit || region ? new Set(units.flatMap((one, at) => (fits(one) ? [at] : []))) : null,
    from,
    to,
    first: toDay(from),
    last: to ? toDay(to) : Infinity,
    status,
    listed,
    reported,
  };
}
