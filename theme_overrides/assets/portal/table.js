/**
 * The table of a kind's landing page: the rows the server wrote stay until something else is asked for; then it
 * sorts, filters and pages over all rows of the kind. What is asked stands in the address.
 */
import { dayElement, element, failure, grouped, stateTag } from "./dom.js";
import { choose, fillSelects, periodFault, tableFilters, unfold, values } from "./filters.js";
import { pager } from "./pager.js";
import { all, condition, newest, sort } from "./rows.js";
import { isBehind, manifest, root } from "./store.js";

const PER_PAGE = 20;

/** @param {HTMLElement} place */
async function enhance(place) {
  const table = /** @type {HTMLTableElement} */ (place.querySelector("table"));
  let contents;
  try {
    contents = await manifest();
  } catch (error) {
    const again = () => location.reload();
    place.prepend(failure(`排序和筛选暂不可用：${/** @type {Error} */ (error).message}。`, again, new URL("archive/", location.href)));
    return;
  }
  const kind = contents.kinds.find(({ id }) => id === place.dataset.portalTable);
  if (kind) new KindTable(place, table, contents, kind).begin();
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
    this.form = tableFilters();
    this.firstRows = [...table.tBodies[0].rows];
    this.status = element("div", { class: "results__status", role: "status" });
    this.pages = element("div", {});
    /** @type {import("./rows.js").Row[] | null} */
    this.rows = null;
    this.running = new AbortController();
  }

  begin() {
    fillSelects(this.form, this.contents);
    this.addButtons();
    this.table.caption?.classList.add("visually-hidden"); // the line above the table says the same
    const fold = /** @type {HTMLDetailsElement} */ (element("details", { class: "fold" }, element("summary", {}, "筛选"), this.form));
    unfold(fold, [...this.asked().keys()].some((name) => name !== "sort" && name !== "page"));
    this.place.prepend(fold, this.status);
    this.place.append(this.pages);
    document.querySelector(".no-script")?.remove();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.open({ ...values(this.form), sort: this.asked().get("sort") ?? "" });
    });
    this.form.querySelector("[data-clear]")?.addEventListener("click", () => this.open({}));
    window.addEventListener("popstate", () => this.run());
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

  /** Shows what the address asks for; a later call wins over an earlier one. */
  async run() {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    const asked = this.asked();
    const refused = choose(this.form, asked);
    const conditions = values(this.form);
    const order = this.order(asked.get("sort") ?? "");
    const fault = refused.length ? `地址中的条件无法识别：${refused.join("、")}。` : periodFault(asked.get("from") ?? "", asked.get("to") ?? "");
    if (fault) {
      this.status.textContent = fault;
      return;
    }
    try {
      // Without all rows in hand nobody knows how many are still to be seen of those that were counted a day ago.
      const plain = !order.field && !Object.keys(conditions).length && !isBehind(this.contents);
      const rows = plain ? null : await this.select(conditions, order, signal);
      if (signal.aborted) return;
      await this.show(rows, order, Number.parseInt(asked.get("page") ?? "1", 10) || 1, signal);
    } catch (error) {
      if (signal.aborted) return;
      const text = `数据未能载入：${/** @type {Error} */ (error).message}。`;
      this.status.replaceChildren(failure(text, () => this.run(), new URL("archive/", location.href)));
    }
  }

  /** `XK_JDRQ` ascending, `-XK_JDRQ` descending. @param {string} text */
  order(text) {
    const descending = text.startsWith("-");
    const field = this.fields.find(({ code }) => code === text.replace("-", ""));
    return { field, descending };
  }

  /**
   * @param {import("./rows.js").Conditions} conditions
   * @param {{field?: import("./store.js").Field, descending: boolean}} order @param {AbortSignal} signal
   */
  async select(conditions, order, signal) {
    const report = (/** @type {number} */ done, /** @type {number} */ months) => {
      if (!signal.aborted) this.status.textContent = `正在载入 ${done}/${months} 个月……`;
    };
    this.rows ??= await this.load(report, signal);
    const rows = (this.rows ?? []).filter(condition(this.contents, this.kind, conditions));
    if (order.field) sort(rows, order.field, order.descending);
    return rows;
  }

  /** @param {(done: number, months: number) => void} report @param {AbortSignal} signal */
  async load(report, signal) {
    const rows = await all(this.kind, report, signal);
    return signal.aborted ? null : rows;
  }

  /**
   * @param {import("./rows.js").Row[] | null} rows null: all, in the order of the shards
   * @param {{field?: import("./store.js").Field, descending: boolean}} order
   * @param {number} asked @param {AbortSignal} signal
   */
  async show(rows, order, asked, signal) {
    const total = rows ? rows.length : this.kind.months.reduce((sum, { count }) => sum + count, 0);
    const last = Math.max(1, Math.ceil(total / PER_PAGE));
    const page = Math.min(Math.max(asked, 1), last);
    const [start, end] = [(page - 1) * PER_PAGE, page * PER_PAGE];
    const written = !rows && page === 1 && this.firstRows.length === Math.min(total, PER_PAGE);
    const shown = written ? this.firstRows : (rows?.slice(start, end) ?? (await newest(this.kind, start, end))).map((row) => this.rowElement(row));
    if (signal.aborted) return;
    this.table.tBodies[0].replaceChildren(...shown);
    if (this.table.caption) this.table.caption.textContent = `${this.kind.title}，第 ${page} 页，共 ${last} 页`;
    this.mark(order);
    this.status.textContent = this.summary(total, order, page, last);
    const address = (/** @type {number} */ to) => this.pageAddress(to).href;
    this.pages.replaceChildren(last > 1 ? pager(page, last, address, (to) => this.turnTo(to)) : "");
  }

  /** @param {number} total @param {{field?: import("./store.js").Field, descending: boolean}} order @param {number} page @param {number} last */
  summary(total, { field, descending }, page, last) {
    if (!total) return "没有符合条件的公示信息。";
    const by = field ? `按${field.label}${descending ? "降序" : "升序"}排列` : "按决定日期由近到远排列";
    return `共 ${grouped(total)} 条，${by}。第 ${page} 页，共 ${last} 页。`;
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

  /** @param {{field?: import("./store.js").Field, descending: boolean}} order */
  mark({ field, descending }) {
    const shown = field ?? { code: this.kind.roles.decided };
    const direction = !field || descending ? "descending" : "ascending";
    for (const heading of this.headings()) {
      if (heading.dataset.field === shown.code) heading.setAttribute("aria-sort", direction);
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
