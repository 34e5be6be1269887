/** Days as the files of the index write them: whole days since 1970, 0 for none. */

const LENGTH = 86_400_000;

/** @param {string} [iso] */
export function toDay(iso) {
  return iso ? Date.parse(iso) / LENGTH : 0;
}

/** @param {number} day @returns {string} ISO */
export function fromDay(day) {
  return day ? new Date(day * LENGTH).toISOString().slice(0, 10) : "";
}

/** Months from that of one day to that of another. @param {string} from ISO day or month @param {string} to */
export function monthsBetween(from, to) {
  const [first, last] = [from, to].map((day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)));
  return last - first;
}

/** @param {string} month ISO @returns {number} its last day */
export function lastOf(month) {
  const [year, number] = month.split("-").map(Number);
  return Date.UTC(year, number, 0) / LENGTH;
}
