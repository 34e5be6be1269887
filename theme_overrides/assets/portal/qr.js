/** A QR code as SVG: shapes and presentation attributes only, which the security policy of the pages allows. */
import { correction, generate } from "../vendor/lean-qr/nano-2.7.4.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules of blank ground on each side, as ISO/IEC 18004 wants it

/** @param {string} text @param {string} label what the picture is, for those who do not see it @returns {SVGElement} */
export function qrCode(text, label) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const side = code.size + 2 * QUIET;
  const picture = shape("svg", { viewBox: `${-QUIET} ${-QUIET} ${side} ${side}`, role: "img", "aria-label": label, class: "qr" });
  picture.append(
    shape("rect", { x: -QUIET, y: -QUIET, width: side, height: side, fill: "#fff" }), // dark on light in every scheme
    shape("path", { d: dark(code), fill: "#000", "shape-rendering": "crispEdges" }),
  );
  return picture;
}

/** The dark modules as one path, run by run. @param {{size: number, get: (x: number, y: number) => boolean}} code */
function dark(code) {
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      const start = x;
      while (code.get(x, y)) x += 1; // beyond the edge nothing is dark
      if (x > start) path += `M${start} ${y}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}

/** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return /** @type {SVGElement} */ (made);
}
