/** The page of one notice, /notice/?id=…: every public field, and what a reader may do about it. */
import { copyButton } from "./copy.js";
import { isCreditCode } from "./credit_code.js";
import { dayElement, element, failure, setTitle, siteName, started } from "./dom.js";
import { dayInShanghai } from "./expiry.js";
import { sheet } from "./sheet.js";
import { GONE, isId, manifest, record, renew, root } from "./store.js";

const NO_END = "2099-12-31"; // how the national form writes an unlimited term
const STAFF = "staff"; // the rule of a last day that staff gave: it stands in no document

const place = /** @type {HTMLElement} */ (document.querySelector("[data-portal-notice]"));
const id = new URLSearchParams(location.search).get("id")?.trim().toLowerCase() ?? "";
const address = new URL(`notice/?id=${id}`, root).href;

started();
await show();

async function show() {
  if (!id) return say("请从查询结果或者公示列表中打开一条公示信息。", "本页地址中没有公示信息编号。");
  if (!isId(id)) return say("公示信息编号不正确。", "编号为13位数字和小写字母，请检查地址是否完整。");
  place.replaceChildren(element("p", { role: "status", class: "loading" }, "正在读取……"));
  try {
    // Not known: perhaps to a manifest that the browser has kept while the site was replaced.
    const found = (await record(id)) ?? ((await renew()) ? await record(id) : null);
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
  const landing = new URL(`notices/${kind.id}/`, root);
  const unit = contents.units[values.unit];
  const said = element("p", { class: "visually-hidden", role: "status" });
  const tell = (/** @type {string} */ words) => said.replaceChildren(words);
  const { foot, buttons } = sheet(address, tell);
  return [
    element("p", { class: "notice__kind" }, element("a", { href: landing.href }, kind.title)),
    element("h1", { class: "notice__subject" }, subject),
    ...others(values[roles.subject_code] ?? ""),
    ...labels(values),
    period(contents.rules, values.shown_from || values[roles.reported], values),
    ...repair(values),
    element("dl", { class: "fields" }, ...kind.fields.filter(({ code }) => values[code]).map((field) => row(field, values[field.code], values.suggested && field.code === kind.suggested))),
    element(
      "dl",
      { class: "fields fields--origin" },
      pair("报送单位", ...source(unit), "（", dayElement(values[roles.reported]), " 报送）"),
      pair("所属区域", contents.regions[unit?.region]?.name ?? ""),
      pair("公示编号", id),
    ),
    ...citation(values[roles.authority] || unit?.name, values[roles.number] || subject, kind.title, tell),
    foot,
    element(
      "p",
      { class: "notice__actions" },
      copyButton("复制链接", "本条公示信息的链接", () => address, tell),
      ...buttons,
      element("button", { type: "button", class: "button", click: download }, "下载 JSON"),
      element("a", { class: "button", href: new URL(`archive/${values[roles.decided].slice(0, 7)}/`, landing).href }, `${values[roles.decided].slice(0, 7)} 归档`),
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
    said,
  ];

  async function download() {
    try {
      const { offer } = await import("./record_json.js");
      offer(contents, kind, values, address);
      tell("已生成 JSON 文件");
    } catch {
      tell("JSON 文件未能生成，请重试");
    }
  }
}

/** Where a reader finds the other records of the subject; persons have no code and so no such page. @param {string} code */
function others(code) {
  if (!isCreditCode(code)) return [];
  const page = new URL(`subject/?code=${code}`, root);
  return [element("p", { class: "notice__whole" }, element("a", { href: page.href }, "该主体的全部公示信息"))];
}

/** Who reported the record, with its own site where it is declared. @param {{name: string, url?: string} | undefined} unit */
function source(unit) {
  if (!unit?.url) return [unit?.name ?? ""];
  return [element("a", { href: unit.url, rel: "noopener external" }, unit.name)];
}

/**
 * How the record is cited: who decided what, where it is shown, and when it was looked at.
 * @param {string} authority @param {string} number @param {string} kind title @param {(words: string) => void} tell
 */
function citation(authority, number, kind, tell) {
  const day = dayInShanghai(Date.now());
  const line = `${authority}，${number}（${kind}），公示编号${id}，${siteName()}，${address}，${day}查阅。`;
  return [
    element(
      "section",
      { class: "cite", "aria-labelledby": "cite" },
      element("h2", { id: "cite" }, "引用格式"),
      element("p", { class: "cite__line" }, line),
      element("p", { class: "cite__actions" }, copyButton("复制引用", "引用格式", () => line, tell)),
    ),
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
