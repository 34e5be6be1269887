/**
 * What time does to a site that is not built anew: records whose display is over, and a site that has grown too old.
 * Days are the portal's, those of Asia/Shanghai, wherever the reader is; a moment is milliseconds as Date.now() gives.
 */

const HOUR = 3_600_000;
const SHANGHAI = 8 * HOUR; // ahead of UTC; no summer time
const TOO_OLD = 36 * HOUR; // a night without a build, and half a day to put it right

/** @param {number} now @returns {string} ISO day */
export function dayInShanghai(now) {
  return new Date(now + SHANGHAI).toISOString().slice(0, 10);
}

/** The last day itself is still a day of display. @param {string} [lastDay] "" = no end @param {string} today */
export function isOver(lastDay, today) {
  return lastDay ? lastDay < today : false;
}

/** @param {string} built ISO moment with its offset @param {number} now */
export function isTooOld(built, now) {
  return now - Date.parse(built) > TOO_OLD;
}
