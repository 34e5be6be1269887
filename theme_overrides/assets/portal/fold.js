/**
 * One form for the many ways in which a name, a code or a document number is written.
 * A query matches when its folded form occurs in the folded text, so folding both alike is all there is to it.
 */

/** Characters that stand for one another in the records: 郟县 (U+90DF) and 郏县 (U+90CF) are one county. */
const VARIANTS = { 郟: "郏" };
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join("")}]`, "gu");
const MARKS = /[\p{P}\p{S}\p{Z}\p{C}]+/gu;

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
 * @param {string} text
 */
function foldNumber(text) {
  return dropOrdinal(unify(text)).replace(/([^0-9A-Z])0+(?=[1-9])/gu, "$1").replace(MARKS, "");
}

/** The same with the zeros kept, for numbers typed without brackets: 202300123 for 〔2023〕00123. @param {string} text */
function foldDigits(text) {
  return dropOrdinal(unify(text)).replace(MARKS, "");
}

/** @param {string} text already unified; the mark left behind still parts the year from the serial number */
function dropOrdinal(text) {
  return text.replace(/第(?=[\p{P}\p{Z}]*[0-9])/gu, " ");
}

/** Number of characters of a query that count. @param {string} query */
export function weight(query) {
  return [...fold(query)].length;
}

/**
 * @param {string} query
 * @returns {(subject: string, code: string, number: string) => boolean}
 */
export function matcher(query) {
  const plain = fold(query);
  const number = foldNumber(query);
  const digits = foldDigits(query);
  return (subject, code, documentNumber) =>
    fold(subject).includes(plain) || fold(code).includes(plain) || matchesNumber(documentNumber, number, digits);
}

/** @param {string} text @param {string} number @param {string} digits */
function matchesNumber(text, number, digits) {
  return foldNumber(text).includes(number) || foldDigits(text).includes(digits);
}

/**
 * Where a query stands in a text as it is written, for highlighting. Found by folding ever shorter pieces
 * of the text, so that it cannot disagree with the search.
 * @param {string} text @param {string} query
 * @returns {[number, number] | null} start and end in UTF-16 units
 */
export function locate(text, query) {
  const plain = fold(query);
  const number = foldNumber(query);
  const digits = foldDigits(query);
  if (!plain) return null;
  const found = (/** @type {string} */ piece) =>
    fold(piece).includes(plain) || matchesNumber(piece, number, digits);
  if (!found(text)) return null;
  let end = 1;
  while (!found(text.slice(0, end))) end += 1;
  let start = end - 1;
  while (start > 0 && !found(text.slice(start, end))) start -= 1;
  return [start, end];
}
