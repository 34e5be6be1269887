/** Elements made from data: every text becomes a text node, so no record can bring markup into a page. */

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | ((event: Event) => void)>} attributes
 *   `false` leaves an attribute out, a function listens to the event of that name
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** @param {string} day ISO text */
export function dayElement(day) {
  return element("time", { datetime: day }, day);
}

/** The state of a record behind its name, where there is one to tell. @param {string} [state] @returns {(Node | string)[]} */
export function stateTag(state) {
  return state ? [" ", element("span", { class: "tag tag--state" }, state)] : [];
}

/** Says that the module runs: the note for readers without scripts goes. */
export function started() {
  document.querySelector("[data-script-note]")?.remove();
}

/** Name of the site. */
export function siteName() {
  return /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="SiteName"]')).content;
}

/** @param {string} text */
export function setTitle(text) {
  document.title = `${text} - ${siteName()}`;
}

/** 12345 → 12,345. @param {number} count */
export function grouped(count) {
  return count.toLocaleString("zh-CN");
}

/** An estimate does not pretend to know its last figures: 1,234 → 1,200. @param {number} count */
export function estimated(count) {
  const unit = 10 ** Math.max(0, String(count).length - 2);
  return grouped(Math.round(count / unit) * unit);
}

/**
 * A message about something that could not be read, with a way to try again.
 * @param {string} text @param {() => void} again @param {URL | string} archive
 */
export function failure(text, again, archive) {
  return element(
    "div",
    { class: "message message--failure", role: "alert" },
    element("p", {}, text),
    element(
      "p",
      { class: "message__actions" },
      element("button", { type: "button", class: "button", click: again }, "重试"),
      element("a", { class: "button", href: String(archive) }, "查看按月归档"),
    ),
  );
}
