/** Unified social credit codes, GB 32100-2015. */

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const FORM = new RegExp(`^[1-9ANY][${ALPHABET}]\\d{6}[${ALPHABET}]{10}$`);

/**
 * Whether a code is one: its form and its check character, (31 − Σ value × 3^place mod 31) mod 31.
 * The placeholder for businesses without a code, seventeen zeros and X, is none.
 * @param {string} code
 */
export function isCreditCode(code) {
  if (!FORM.test(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, -1)) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] === code.at(-1);
}
