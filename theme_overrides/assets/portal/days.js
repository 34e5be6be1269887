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

/** @param {string} month ISO @returns {number} its last day */
export function lastOf(month) {
  const [year, number] = month.split("-").map(Number);
  return Date.UTC(year, number, 0) / LENGTH;
}
