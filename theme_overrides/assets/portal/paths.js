/** All that a query's words may lead to: candidates by name, by code and by document number. */
import { subjectsWith } from "./facets.js";
import { PARTS, Path, pathOf } from "./postings.js";
import { Common } from "./streams.js";

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
  return narrowed(question, conditions, paths.flatMap((path) => (path?.total ? [path] : [])));
}

/** @param {import("./postings.js").Question} question @param {import("./postings.js").Table} table @param {string} text */
async function attempt(question, table, text) {
  try {
    return await pathOf(question, table, text);
  } catch (error) {
    question.fail(PARTS[table], error);
    return null;
  }
}

/**
 * Where there are many candidates, what is known of units and months leaves fewer.
 * @param {import("./postings.js").Question} question @param {import("./conditions.js").Conditions} conditions @param {Path[]} paths
 */
async function narrowed(question, conditions, paths) {
  if (!(conditions.units || conditions.to) || paths.reduce((sum, { total }) => sum + total, 0) <= MANY) return paths;
  try {
    return await Promise.all(
      paths.map(async ({ part, stream, spare }) => {
        const facets = await subjectsWith(question, conditions);
        return new Path(question, part, new Common([stream, ...facets], conditions.first), spare);
      }),
    );
  } catch {
    question.signal?.throwIfAborted();
    return paths; // slower, and as complete
  }
}
