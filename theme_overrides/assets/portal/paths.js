/** All that a query's words may lead to: candidates by name, by code and by document number. */
import { subjectsWith } from "./facets.js";
import { inOrder, Path, pathOf, WHOLE } from "./postings.js";

const MANY = 60; // candidates: from here on conditions are looked up in lists of their own

/**
 * @param {import("./postings.js").Question} question @param {import("./fold.js").Wanted} wanted
 * @param {import("./conditions.js").Conditions} conditions @returns {Promise<Path[]>}
 */
export async function pathsOf(question, { name, code, number, digits }, conditions) {
  const numbers = [...new Set([code, number, digits])].filter(Boolean);
  const paths = await Promise.all([
    ...(name ? [attempt(question, "names", name)] : []),
    ...numbers.map((text) => attempt(question, "numbers", text)),
  ]);
  return narrowed(question, conditions, paths.filter(({ total }) => total));
}

/** @param {import("./postings.js").Question} question @param {import("./postings.js").Table} table @param {string} text */
async function attempt(question, table, text) {
  try {
    return await pathOf(question, table, text);
  } catch (error) {
    question.fail(table === "names" ? "名称目录" : "代码和文书号目录", error);
    return new Path([]);
  }
}

/**
 * Where there are many candidates, what is known of units and months leaves fewer.
 * @param {import("./postings.js").Question} question @param {import("./conditions.js").Conditions} conditions @param {Path[]} paths
 */
async function narrowed(question, conditions, paths) {
  if (!(conditions.units || conditions.to) || paths.reduce((sum, { total }) => sum + total, 0) <= MANY) return paths;
  let among;
  try {
    among = await subjectsWith(question, conditions);
  } catch {
    question.signal?.throwIfAborted();
  }
  if (!among) return paths; // slower, and as complete
  const chosen = among;
  return Promise.all(
    paths.map(async (path) => {
      if (path.further && path.total > Math.max(WHOLE, chosen.size)) {
        return new Path([...conditions.kinds].flatMap((kind) => [...chosen].map(([slot, day]) => ({ day, kind, slot }))).sort(inOrder));
      }
      await path.at(Infinity);
      const both = path.items.filter(({ slot }) => chosen.has(slot));
      return new Path(both.map((one) => ({ ...one, day: Math.min(one.day, chosen.get(one.slot) ?? 0) })).sort(inOrder));
    }),
  );
}
