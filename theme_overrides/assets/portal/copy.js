/** Buttons that copy a text, and what a page says when it is done. */
import { element } from "./dom.js";

/**
 * @param {string} label of the button @param {string} what is copied, in words
 * @param {() => string} text @param {(words: string) => void} say to those who do not see the button change
 */
export function copyButton(label, what, text, say) {
  return element("button", { type: "button", class: "button", click: copy }, label);

  /** @param {Event} event */
  async function copy(event) {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "已复制";
      say(`${what}已复制`);
    } catch {
      // No permission, or no clipboard on a site without TLS: the text itself, to be copied by hand.
      const field = element("input", { class: "copied-by-hand", readonly: true, value: text(), "aria-label": what });
      button.replaceWith(field);
      /** @type {HTMLInputElement} */ (field).select();
      field.focus();
    }
  }
}
