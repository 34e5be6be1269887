/** Rows of a table as a CSV file that Excel opens as it is meant: no formulas, no rounded codes. */

const FORMULA = /^[=+\-@\t\r]/; // what a spreadsheet would run
const LONG_NUMBER = /^[0-9]{12,}$/; // what it would round: a code, never an amount
const BOM = "\ufeff"; // without it Excel takes UTF-8 for GBK

/**
 * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind @param {import("./rows.js").Row[]} rows
 * @returns {string}
 */
export function csv(contents, kind, rows) {
  const { roles, fields, list } = kind;
  const codes = [...new Set([...list, roles.subject, roles.subject_code, roles.number, roles.decided])].filter(Boolean);
  const labels = codes.map((code) => fields.find((field) => field.code === code)?.label ?? code);
  const lines = rows.map(({ columns, row }) => [
    ...codes.map((code) => columns[code][row]),
    columns.state[row],
    contents.units[columns.unit[row]]?.name ?? "",
    columns.last_day[row],
    columns.id[row],
  ]);
  return BOM + [[...labels, "状态", "报送单位", "公示截止期", "公示编号"], ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {string} text */
function cell(text) {
  const kept = FORMULA.test(text) || LONG_NUMBER.test(text) ? `'${text}` : text;
  return `"${kept.replaceAll('"', '""')}"`;
}

/** Hands a file to the reader. @param {string} name @param {string} text */
export function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers read it only after the click
}
