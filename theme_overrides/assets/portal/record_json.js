/** A record as a JSON file, made in the browser from its record page: a file per record would be millions. */
import { element, siteName } from "./dom.js";

/**
 * Hands the reader the file.
 * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind
 * @param {Record<string, any>} values of the record @param {string} address of its page
 */
export function offer(contents, kind, values, address) {
  const text = `${JSON.stringify(contentsOf(contents, kind, values, address), null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  element("a", { href: url, download: `${kind.id}-${values.id}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may still be asking where to put it
}

/**
 * Everything the page says: `null` where there is nothing to say.
 * @param {import("./store.js").Manifest} contents @param {import("./store.js").Kind} kind
 * @param {Record<string, any>} values @param {string} address
 */
function contentsOf(contents, kind, values, address) {
  const { units, regions, rules } = contents;
  const { name, id, url, region } = units[values.unit];
  return {
    id: values.id,
    address,
    site: siteName(),
    as_of: contents.as_of,
    kind: { id: kind.id, title: kind.title },
    unit: { id, name, url: url ?? null },
    region: regions[region],
    display: {
      from: values.shown_from || values[kind.roles.reported],
      last_day: values.last_day || null,
      rule: values.rule ? { id: values.rule, title: rules[values.rule] ?? null } : null,
      state: values.state || null,
      under_objection: Boolean(values.objection),
      corrected_on: values.corrected_on || null,
      repair_from: values.repair_from || null,
    },
    fields: kind.fields
      .filter(({ code }) => values[code])
      .map(({ code, label, unit }) => ({
        code,
        title: label,
        value: values[code],
        ...(unit ? { unit } : {}),
        ...(values.suggested && code === kind.suggested ? { suggested: true } : {}),
      })),
    terms: "信息停止公示后，应当停止展示和使用。",
  };
}
