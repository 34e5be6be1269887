/**
 * The table of a kind's landing page: the rows the server wrote stay until something else is asked for; then it
 * sorts, filters and pages over all rows of the kind. What is asked stands in the address.
 */
import { answerTo, orderOf, pageIn } from "./answer.js";
import { csv, save } from "./csv.js";
import { dayElement, element, estimated, failure, grouped, stateTag } from "./dom.js";
import { choose, fillSelects, periodFault, tableFilters, unfold, values } from "./filters.js";
import { weight } from "./fold.js";
import { pager } from "./pager.js";
import { allOf, tooMany } from "./rows.js";
import { isBehind, manifest, renew, root } from "./store.js";

const PER_PAGE = 20;

/** @param {HTMLElement} place */
async function enhance(place) {
  const table = /** @type {HTMLTableElement} */ (place.querySelector("table"));
  let contents;
  try {
    contents = await manifest();
  } catch (error) {
    const again = () => location.reload();
    place.prepend(failure(`排序和筛选暂不可用：${/** @type {Error} */ (error).message}。`, again, archiveOf(place)));
    return;
  }
  const kind = contents.kinds.find(({ id }) => id === place.dataset.portalTable);
  if (kind) new KindTable(place, table, contents, kind).begin();
}

/** The pages that need no scripts. @param {HTMLElement} place */
function archiveOf({ dataset }) {
  return new URL(dataset.listed ? "../archive/" : "archive/", location.href);
}

class KindTable {
  /**
   * @param {HTMLElement} place @param {HTMLTableElement} table
   * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind
   */
  constructor(place, table, contents, kind) {
    this.place = place;
    this.table = table;
    this.contents = contents;
    this.kind = kind;
    this.fields = kind.list.map((code) => /** @type {import("./store.js").Field} */ (kind.fields.find((field) => field.code === code)));
    /** The list that the table is of, and how many are on it; all records of the kind where none is named. */
    this.listed = place.dataset.listed ?? "";
    this.count = this.listed ? Number(place.dataset.count) : kind.count;
    this.form = tableFilters(kind, !this.listed);
    this.firstRows = [...table.tBodies[0].rows];
    this.status = element("div", { class: "results__status", role: "status" });
    this.messages = element("div", {});
    this.pages = element("div", {});
    this.running = new AbortController();
    /** @type {{key: string, controller: AbortController, coming: Promise<import("./answer.js").Answer>} | null} */
    this.asking = null;
    this.failing = false;
  }

  begin() {
    fillSelects(this.form, this.contents, [this.kind]);
    this.addButtons();
    this.table.caption?.classList.add("visually-hidden"); // the line above the table says the same
    const fold = /** @type {HTMLDetailsElement} */ (element("details", { class: "fold" }, element("summary", {}, "筛选"), this.form));
    unfold(fold, [...this.asked().keys()].some((name) => name !== "sort" && name !== "page"));
    this.place.prepend(fold, this.status, this.messages);
    const download = element("button", { type: "button", class: "button", click: () => this.download() }, "下载所列结果 (CSV)");
    this.place.append(this.pages, element("p", { class: "portal-table__actions" }, download));
    document.querySelector(".no-script")?.remove();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.open({ ...values(this.form), sort: this.asked().get("sort") ?? "" });
    });
    this.form.querySelector("[data-clear]")?.addEventListener("click", () => this.open({}));
    window.addEventListener("popstate", () => this.run());
    window.addEventListener("online", () => this.failing && this.again());
    this.run();
  }

  asked() {
    return new URLSearchParams(location.search);
  }

  /** @param {Record<string, string>} wanted */
  open(wanted) {
    const url = new URL(location.href);
    url.search = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
    if (url.href !== location.href) history.pushState(null, "", url);
    return this.run();
  }

  again() {
    this.asking = null;
    return this.run();
  }

  /** Shows what the address asks for; a later call wins over an earlier one. */
  async run() {
    const asked = this.asked();
    const refused = choose(this.form, asked);
    const conditions = values(this.form);
    const fault =
      (refused.length && `地址中的条件无法识别：${refused.join("、")}。`) ||
      (conditions.text && weight(conditions.text) < 2 && "请至少输入两个字，标点和空格不计。") ||
      periodFault(conditions.from, conditions.to);
    this.running.abort();
    const running = (this.running = new AbortController());
    if (fault) {
      this.status.textContent = fault;
      return;
    }
    try {
      await this.show(Math.max(1, Number.parseInt(asked.get("page") ?? "1", 10) || 1), running.signal);
    } catch (error) {
      if (running.signal.aborted) return;
      this.messages.replaceChildren(failure(`数据未能载入：${/** @type {Error} */ (error).message}。`, () => this.again(), archiveOf(this.place)));
    }
  }

  /** @param {number} asked page, from 1 @param {AbortSignal} signal */
  async show(asked, signal) {
    const { count } = this;
    const first = asked === 1 && ![...this.asked().keys()].some((name) => name !== "page") && !isBehind(this.contents);
    if (first && this.firstRows.length === Math.min(count, PER_PAGE)) {
      const last = Math.ceil(count / PER_PAGE);
      return this.draw(this.firstRows, { page: 1, last, rows: [], total: { count, exact: true }, capped: 0 }, orderOf(this.kind, ""), "");
    }
    const answer = await this.answer();
    const { engine, order, refusal } = answer;
    const page = await pageIn(answer, asked, PER_PAGE, signal);
    if (signal.aborted) return;
    // Files may be missing because the site was replaced under the reader's hands.
    if (engine.failed.some(({ status }) => status === 404) && (await renew())) return signal.aborted ? undefined : this.again();
    this.draw(page.rows.map((row) => this.rowElement(row)), page, order, refusal);
    this.report(engine.failed);
    if (page.total.exact || answer.rows) return;
    await engine.finish();
    if (engine.total.exact && !signal.aborted) await this.show(asked, signal); // now the total is known
  }

  /** The answer to what the address asks, sought once for all its pages. */
  answer() {
    const { sort: wanted, page: _, text, ...conditions } = Object.fromEntries(this.asked());
    const key = JSON.stringify([text, conditions, wanted]);
    if (this.asking?.key === key) return this.asking.coming;
    this.asking?.controller.abort();
    const controller = new AbortController();
    const criteria = { ...conditions, kind: this.kind.id, listed: this.listed, ...(text ? { q: text } : {}) };
    const coming = answerTo(this.contents, criteria, orderOf(this.kind, wanted ?? ""), controller.signal);
    this.asking = { key, controller, coming };
    this.status.textContent = "正在载入……";
    return coming;
  }

  /** @param {HTMLElement[]} shown @param {import("./answer.js").Page} page @param {import("./answer.js").Order} order @param {string} refusal */
  draw(shown, { page, last, total, capped }, order, refusal) {
    this.table.tBodies[0].replaceChildren(...shown);
    if (this.table.caption) this.table.caption.textContent = `${this.listed || this.kind.title}，第 ${page} 页`;
    this.mark(order);
    this.messages.replaceChildren();
    const place = `第 ${page} 页${total.exact ? `，共 ${last} 页` : ""}`;
    const rest = capped ? `只能查看前 ${grouped(capped)} 条，可增加条件缩小范围。` : "";
    this.status.textContent = total.count ? `${this.summary(total, order, refusal)}${place}。${rest}` : "没有符合条件的公示信息。";
    const address = (/** @type {number} */ to) => this.pageAddress(to).href;
    this.pages.replaceChildren(last > 1 ? pager(page, last, address, (to) => this.turnTo(to), !total.exact) : "");
  }

  /** @param {{count: number, exact: boolean}} total @param {import("./answer.js").Order} order @param {string} refusal */
  summary({ count, exact }, { field, descending }, refusal) {
    const total = exact ? `共 ${grouped(count)} 条` : `约 ${estimated(count)} 条`;
    const by = field ? `按${field.label}${descending ? "降序" : "升序"}排列` : "按决定日期由近到远排列";
    return `${total}，${refusal ? `${refusal}；现` : ""}${by}。`;
  }

  /** @param {import("./conditions.js").Failure[]} failed */
  report(failed) {
    this.failing = failed.length > 0;
    if (!this.failing) return;
    const parts = failed.slice(0, 6).map(({ part }) => part).join("、");
    const text = `以下数据未能载入：${parts}${failed.length > 6 ? `等 ${failed.length} 项` : ""}（${failed[0].reason}）。所列结果不完整。`;
    this.messages.replaceChildren(failure(text, () => this.again(), archiveOf(this.place)));
  }

  /** The rows that the conditions leave, in their order, as a file. */
  async download() {
    const { signal } = this.running;
    const said = this.status.textContent ?? "";
    this.status.textContent = "正在准备下载……";
    try {
      const { engine, rows } = await this.answer();
      const found = rows ?? (await allOf(engine, signal));
      if (signal.aborted) return;
      this.report(engine.failed);
      if (typeof found === "string") this.status.textContent = `所列结果较多，下载请先${tooMany(found)}。`;
      else {
        save(`${this.listed || this.kind.title}-${this.contents.as_of}.csv`, csv(this.contents, this.kind, found));
        this.status.textContent = `${said}已下载 ${grouped(found.length)} 条。`;
      }
    } catch (error) {
      if (!signal.aborted) this.status.textContent = `下载未能完成：${/** @type {Error} */ (error).message}。`;
    }
  }

  /** @param {number} page */
  pageAddress(page) {
    const url = new URL(location.href);
    if (page > 1) url.searchParams.set("page", String(page));
    else url.searchParams.delete("page");
    return url;
  }

  /** @param {number} page */
  async turnTo(page) {
    history.pushState(null, "", this.pageAddress(page));
    await this.run();
    this.table.tabIndex = -1;
    this.table.focus({ preventScroll: true });
    this.place.scrollIntoView();
  }

  addButtons() {
    for (const heading of this.headings()) {
      const label = heading.textContent?.trim() ?? "";
      heading.replaceChildren(element("button", { type: "button", class: "sort", click: () => this.sortBy(heading) }, label));
    }
  }

  headings() {
    return /** @type {HTMLElement[]} */ ([...this.table.querySelectorAll("thead th[data-field]")]);
  }

  /** A day begins with the newest, a text with A; the second time it is turned round. @param {HTMLElement} heading */
  sortBy(heading) {
    const code = heading.dataset.field ?? "";
    const now = heading.getAttribute("aria-sort");
    const field = this.fields.find((one) => one.code === code);
    const descending = now ? now === "ascending" : field?.type === "day";
    const { page: _, ...wanted } = Object.fromEntries(this.asked());
    this.open({ ...wanted, sort: `${descending ? "-" : ""}${code}` });
  }

  /** @param {import("./answer.js").Order} order */
  mark({ field, descending }) {
    const shown = field?.code ?? this.kind.roles.decided;
    for (const heading of this.headings()) {
      if (heading.dataset.field === shown) heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    }
  }

  /** @param {import("./rows.js").Row} row */
  rowElement({ columns, row }) {
    const cells = this.fields.map((field, index) => {
      const value = columns[field.code][row];
      const label = { "data-label": field.label };
      if (index === 0) {
        const address = new URL(`notice/?id=${columns.id[row]}`, root).href;
        return element("th", { scope: "row", ...label }, element("a", { href: address }, value), ...stateTag(columns.state?.[row]));
      }
      if (field.type === "day") return element("td", { class: "day", ...label }, value ? dayElement(value) : "");
      if (field.type === "money") return element("td", { class: "num", ...label }, value);
      return element("td", label, value);
    });
    return element("tr", {}, ...cells);
  }
}

for (const place of document.querySelectorAll("[data-portal-table]")) await enhance(/** @type {HTMLElement} */ (place));
