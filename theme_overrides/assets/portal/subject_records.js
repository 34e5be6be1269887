/** The records of all subjects with one code, from the index. */
import { fold } from "./fold.js";
import { dayInShanghai } from "./expiry.js";
import { isBehind, manifest, root } from "./store.js";

/**
 * A record as the index knows it: `day` and `last` are whole days since 1970, `last` 0 where there is no last day.
 * @typedef {{id: string, name: string, kind: number, day: number, unit: number, state: number, number: string,
 *   last: number}} Entry
 */
const COLUMNS = ["id", "kind", "day", "unit", "state", "number", "last"];
const DAY = 86_400_000;

/** @param {number} day */
export function fromDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** @param {string} code @returns {Promise<{names: string[], records: Entry[]}>} newest first */
export async function recordsOf(code) {
  const contents = await manifest();
  const { slot_bits: slotBits, block_bits: blockBits, number_bits: numberBits } = /** @type {any} */ (contents).index;
  const gramHash = hash([...fold(code).slice(-4)]);
  const bucket = await read(`store/numbers/${numberBits}/${numberBits ? gramHash >>> (32 - numberBits) : 0}.json.gz`);
  const place = bucket.gram.indexOf(gramHash);
  const start = bucket.size.slice(0, Math.max(place, 0)).reduce((a, b) => a + b, 0);
  const slots = place < 0 ? [] : bucket.slot.slice(start, start + bucket.size[place]);
  const blocks = [...new Set(slots.map((slot) => slot >>> (slotBits - blockBits)))];
  const found = [];
  for (const number of blocks) {
    const block = await read(`store/subjects/${blockBits}/${number}.json.gz`);
    let row = 0;
    for (let subject = 0; subject < block.slot.length; subject += 1) {
      const end = row + block.records[subject];
      if (block.code[subject] === code) {
        for (; row < end; row += 1) found.push(entry(block, row, block.name[subject]));
        for (let i = 0; i < block.more[subject]; i += 1) {
          const chunk = await read(`store/subjects/${blockBits}/${number}-${subject}-${i}.json.gz`);
          for (let more = 0; more < chunk.id.length; more += 1) found.push(entry(chunk, more, block.name[subject]));
        }
      }
      row = end;
    }
  }
  const today = Date.parse(dayInShanghai(Date.now())) / DAY;
  const records = found
    .filter(({ last }) => !isBehind(contents) || !last || last >= today)
    .sort((a, b) => b.day - a.day || a.kind - b.kind || (a.id < b.id ? -1 : 1));
  return { names: [...new Set(records.map(({ name }) => name))], records };
}

function entry(columns, row, name) {
  return { name, ...Object.fromEntries(COLUMNS.map((column) => [column, columns[column][row]])) };
}

async function read(path) {
  const response = await fetch(new URL(path, root));
  if (!response.ok) throw new Error(`服务器返回 ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

function hash(characters) {
  let h = 0x811c9dc5;
  for (const character of characters) h = Math.imul(h ^ character.codePointAt(0), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  h = Math.imul(h, 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}
