/**
 * The foot of a printed page: where it was printed from, in words and as a QR code. What draws the code is only fetched
 * when it is asked for or the page is printed.
 */
import { dayElement, element } from "./dom.js";
import { dayInShanghai } from "./expiry.js";

/**
 * @param {string} address @param {(words: string) => void} say
 * @returns {{foot: HTMLElement, buttons: HTMLElement[]}} `buttons`: to print the page, and to see its QR code
 */
export function sheet(address, say) {
  const code = element("div", { class: "sheet__code" });
  const foot = element(
    "figure",
    { class: "sheet" },
    code,
    element(
      "figcaption",
      {},
      element("span", { class: "sheet__address" }, address),
      element("span", { class: "sheet__day" }, "打印日期：", dayElement(dayInShanghai(Date.now()))),
    ),
  );

  async function draw() {
    if (code.firstChild) return true;
    try {
      const { qrCode } = await import("./qr.js");
      code.replaceChildren(qrCode(address, "本页网址的二维码"));
      return true;
    } catch {
      return false; // the address in words is there in any case
    }
  }

  async function print() {
    await draw();
    window.print();
  }

  /** @param {Event} event */
  async function toggle(event) {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    if (!(await draw())) return say("二维码未能生成，请使用链接。");
    const shown = foot.classList.toggle("sheet--shown");
    button.setAttribute("aria-expanded", String(shown));
    say(shown ? "已显示本页网址的二维码" : "");
  }

  // The browser's own command does not wait for the code to be fetched, so its keys print as the button does.
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "p") return;
    event.preventDefault();
    print();
  });

  return {
    foot,
    buttons: [
      element("button", { type: "button", class: "button", click: print }, "打印"),
      element("button", { type: "button", class: "button", click: toggle, "aria-expanded": "false" }, "二维码"),
    ],
  };
}
