/** Grams: all runs of two or four characters of a text, as 32-bit hashes; generator/index/grams.py does the same. */

/** Characters of a gram in each table of the index. */
export const LENGTH = { names: 2, numbers: 4 };

/**
 * The distinct grams of a folded text, in its order.
 * @param {string} text @param {number} length
 * @returns {{hash: number, text: string}[]}
 */
export function grams(text, length) {
  const characters = [...text];
  /** @type {Map<number, string>} */
  const found = new Map();
  for (let start = 0; start + length <= characters.length; start += 1) {
    const gram = characters.slice(start, start + length);
    const hash = hashOf(gram);
    if (!found.has(hash)) found.set(hash, gram.join(""));
  }
  return [...found].map(([hash, gram]) => ({ hash, text: gram }));
}

/** The file of a gram: the first bits of its hash name it. @param {number} hash @param {number} bits */
export function fileOf(hash, bits) {
  return bits ? hash >>> (32 - bits) : 0;
}

/** FNV-1a over code points, stirred so that the high bits depend on all of them. @param {string[]} characters */
function hashOf(characters) {
  let hash = 0x811c9dc5;
  for (const character of characters) hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  hash = Math.imul(hash, 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
