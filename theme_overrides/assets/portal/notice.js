/** The page of one notice, /notice/?id=…: every public field, and what a reader may do about it. */
import { dayElement, element, failure, setTitle, started } from "./dom.js";
import { GONE, isId, manifest, record, root } from "./store.js";

const NO_END = "2099-12-31"; // how the national form writes an unlimited term
const STAFF = "staff"; // the rule of a last day that staff gave: it stands in no document

const place = /** @type {HTMLElement} */ (document.querySelector("[data-portal-notice]"));
const id = new URLSearchParams(location.search).get("id")?.trim().toLowerCase() ?? "";

started();
await show();

async function show() {
  if (!id) return say("请从查询结果或者公示列表中打开一条公示信息。", "本页地址中没有公示信息编号。");
  if (!isId(id)) return say("公示信息编号不正确。", "编号为13位数字和小写字母，请检查地址是否完整。");
  place.replaceChildren(element("p", { role: "status", class: "loading" }, "正在读取……"));
  try {
    const found = await record(id);
    if (found === GONE) say("该信息已停止公示。"); // and not a word of what it was or why
    else if (found) place.replaceChildren(...notice(await manifest(), found.kind, found.values));
    else say("未找到该公示信息。");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    place.replaceChildren(
      element("h1", {}, "公示信息"),
      failure(`公示信息未能载入：${reason}。`, show, new URL("notices/", root)),
    );
  }
}

/** @param {string} text @param {string} [hint] */
function say(text, hint) {
  setTitle("公示信息");
  place.replaceChildren(
    element("h1", {}, "公示信息"),
    element("div", { class: "message", role: "status" }, element("p", {}, element("strong", {}, text)), ...(hint ? [element("p", {}, hint)] : [])),
  );
}

/**
 * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind
 * @param {Record<string, any>} values
 */
function notice(contents, kind, values) {
  const { roles } = kind;
  const subject = values[roles.subject] || values[roles.number];
  setTitle(`${subject} ${kind.title}`);
  const month = values[roles.decided].slice(0, 7);
  const landing = new URL(`notices/${kind.id}/`, root);
  return [
    element("p", { class: "notice__kind" }, element("a", { href: landing.href }, kind.title)),
    element("h1", { class: "notice__subject" }, subject),
    ...labels(values),
    period(contents.rules, values.shown_from || values[roles.reported], values),
    ...repair(values),
    element("dl", { class: "fields" }, ...kind.fields.filter(({ code }) => values[code]).map((field) => row(field, values[field.code], values.suggested && field.code === kind.suggested))),
    element(
      "dl",
      { class: "fields fields--origin" },
      pair("报送单位", contents.units[values.unit]?.name ?? "", "（", dayElement(values[roles.reported]), " 报送）"),
      pair("所属区域", contents.regions[values.region]?.name ?? ""),
      pair("公示编号", id),
    ),
    element(
      "p",
      { class: "notice__actions" },
      element("button", { type: "button", class: "button", click: copyAddress }, "复制链接"),
      element("button", { type: "button", class: "button", click: () => window.print() }, "打印"),
      element("a", { class: "button", href: new URL(`archive/${month}/1/`, landing).href }, `${month} 归档`),
    ),
    element(
      "p",
      { class: "notice__rights" },
      "认为公示内容有误的，可以",
      element("a", { href: new URL("services/objection/", root).href }, "提出异议"),
      "；已经纠正失信行为的，可以申请",
      element("a", { href: new URL("services/repair/", root).href }, "信用修复"),
      "。",
    ),
    element("p", { class: "visually-hidden", role: "status", "data-said": true }),
  ];
}

/** State, objection and correction. @param {Record<string, any>} values */
function labels({ state, objection, corrected_on: correctedOn }) {
  const said = [
    state && [state],
    objection && ["异议处理中"],
    correctedOn && ["已更正（", dayElement(correctedOn), "）"],
  ].filter(Boolean);
  return said.length ? [element("ul", { class: "notice__labels" }, ...said.map((words) => element("li", { class: "tag tag--state" }, ...words)))] : [];
}

/**
 * From when to when the record is shown, and what says so.
 * @param {Record<string, string>} rules how each is cited @param {string} from ISO day @param {Record<string, any>} values
 */
function period(rules, from, { last_day: lastDay, rule }) {
  const page = new URL(rule && rule !== STAFF ? `about/rules/#rule-${rule}` : "about/rules/#periods", root);
  const cited = element("a", { href: page.href }, rules[rule] ?? "公示规则");
  return element(
    "p",
    { class: "notice__period" },
    "公示期限：自 ",
    dayElement(from),
    ...(lastDay ? [" 至 ", dayElement(lastDay), "（含当日）"] : [" 起长期公示"]),
    "，依据",
    cited,
  );
}

/** A day of repair that lies behind the last day of display is of no use to anybody. @param {Record<string, any>} values */
function repair({ repair_from: from, last_day: lastDay }) {
  if (!from || (lastDay && from > lastDay)) return [];
  return [element("p", { class: "notice__period" }, dayElement(from), " 起可以申请信用修复")];
}

/** @param {import("./store.js").Field} field @param {string} value @param {boolean} suggested */
function row(field, value, suggested) {
  if (field.type === "day") return pair(field.label, value === NO_END ? "长期" : dayElement(value));
  const unit = field.unit ? ` ${field.unit}` : "";
  return pair(field.label, `${value}${unit}`, ...(suggested ? ["（按处罚类别推定，以行业主管部门认定为准）"] : []));
}

/** @param {string} label @param {...(Node | string)} value */
function pair(label, ...value) {
  return element("div", {}, element("dt", {}, label), element("dd", {}, ...value));
}

/** @param {Event} event */
async function copyAddress(event) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  const address = new URL(`notice/?id=${id}`, root).href;
  const said = /** @type {HTMLElement} */ (place.querySelector("[data-said]"));
  try {
    await navigator.clipboard.writeText(address);
    button.textContent = "已复制";
    said.textContent = "链接已复制";
  } catch {
    button.replaceWith(element("input", { class: "notice__address", readonly: true, value: address, "aria-label": "本条公示信息的链接" }));
  }
}
