/**
 * One form for the many ways in which a name, a code or a document number is written; folding.py and
 * document_numbers.py in generator/model do the same. A query matches when its folded form occurs in the folded text, so
 * folding both alike is all there is to it.
 */

/** Characters that stand for one another: 郟县 (U+90DF) and 郏县 (U+90CF) are one county, ß in capitals is SS or ẞ. */
const VARIANTS = { 郟: "郏", ẞ: "SS" };
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join("")}]`, "gu");
const MARKS = /[\p{P}\p{S}\p{Z}\p{C}]+/gu;
const YEAR = /\p{Ps}\p{Z}*(?:19|20)[0-9]{2}年?\p{Z}*\p{Pe}/gu;

/** Characters of a query that must count before a name, or a code or number, is searched for it. */
export const LEAST = { name: 2, number: 4 };

/** @param {string} text @returns {string} half width, upper case, one variant of each character */
function unify(text) {
  return text.normalize("NFKC").toUpperCase().replace(VARIANT, (character) => VARIANTS[character]);
}

/** Names and codes: brackets, punctuation and spaces do not count. @param {string} text */
export function fold(text) {
  return unify(text).replace(MARKS, "");
}

/**
 * Document numbers: 第 before digits does not count either, nor do leading zeros of a serial number.
 * Digits at the very beginning keep their zeros: in a query they may be the end of a longer number.
 * @param {string} unified
 */
function withoutZeros(unified) {
  return dropOrdinal(unified).replace(/([^0-9A-Z])0+(?=[1-9])/gu, "$1").replace(MARKS, "");
}

/** The same with the zeros kept, for numbers typed without brackets: 202300123 for 〔2023〕00123. @param {string} unified */
function withZeros(unified) {
  return dropOrdinal(unified).replace(MARKS, "");
}

/** @param {string} text already unified; the mark left behind still parts the year from the serial number */
function dropOrdinal(text) {
  return text.replace(/第(?=[\p{P}\p{Z}]*[0-9])/gu, " ");
}

/**
 * A query as each part of a record is searched for it: "" where it is too short for that part.
 * @typedef {{name: string, code: string, number: string, digits: string}} Wanted
 * @param {string} query @returns {Wanted}
 */
export function wanted(query) {
  const unified = unify(query);
  const plain = unified.replace(MARKS, "");
  const enough = (/** @type {string} */ text, /** @type {number} */ least) => ([...text].length >= least ? text : "");
  return {
    name: enough(plain, LEAST.name),
    code: enough(plain, LEAST.number),
    number: enough(withoutZeros(unified), LEAST.number),
    digits: enough(withZeros(unified), LEAST.number),
  };
}

/** Number of characters of a query that count. @param {string} query */
export function weight(query) {
  return [...fold(query)].length;
}

/** @param {Wanted} query @param {string} text */
export function matchesName({ name }, text) {
  return name !== "" && fold(text).includes(name);
}

/** @param {Wanted} query @param {string} text */
export function matchesCode({ code }, text) {
  return code !== "" && fold(text).includes(code);
}

/** With the year, without it, or with its zeros. @param {Wanted} query @param {string} text */
export function matchesNumber({ number, digits }, text) {
  if (!number && !digits) return false;
  const unified = unify(text);
  return (
    (number !== "" && (withoutZeros(unified).includes(number) || withoutZeros(unified.replace(YEAR, "")).includes(number))) ||
    (digits !== "" && withZeros(unified).includes(digits))
  );
}

/**
 * Where a query stands in a text as it is written, for highlighting. Found by folding ever shorter pieces
 * of the text, so that it cannot disagree with the search.
 * @param {string} text @param {(piece: string) => boolean} matches
 * @returns {[number, number] | null} start and end in UTF-16 units
 */
export function locate(text, matches) {
  if (!matches(text)) return null;
  let end = 1;
  while (!matches(text.slice(0, end))) end += 1;
  let start = end - 1;
  while (start > 0 && !matches(text.slice(start, end))) start -= 1;
  return [start, end];
}
