/**
 * Blocks: the subjects whose slots lie in one range, with their records.
 *
 * @typedef {{slot: number, name: string, code: string, columns: Record<string, any[]>, start: number, end: number,
 *   more: number, file: string}} Subject  records `start` to `end` of `columns` are its newest; `more`: files with the others
 * @typedef {{kind: number, slot: number, day: number, last: number, id: string, unit: number, state: string,
 *   subject: string, code: string, number: string}} Hit  `kind`, `unit`: places in the manifest
 */
import { read } from "./files.js";

/** @param {import("./store.js").Layout} layout @param {number} slot @returns {number} the block of a slot */
export function blockOf({ slot_bits: slots, block_bits: blocks }, slot) {
  return slot >>> (slots - blocks);
}

/**
 * @param {import("./store.js").Layout} layout @param {number} number @param {AbortSignal} [signal]
 * @returns {Promise<Subject[]>} in the order of slots @throws {StoreError}
 */
export async function block({ block_bits: bits }, number, signal) {
  const { slot, name, code, records, more, ...columns } = await read(`store/subjects/${bits}/${number}.json.gz`, signal);
  let end = 0;
  return slot.map((/** @type {number} */ one, /** @type {number} */ place) => {
    const start = end;
    end += records[place];
    const file = `store/subjects/${bits}/${number}-${place}`;
    return { slot: one, name: name[place], code: code[place], columns, start, end, more: more[place], file };
  });
}

/**
 * Older records of a subject that has many.
 * @param {Subject} subject @param {number} chunk from 0 @param {AbortSignal} [signal]
 * @returns {Promise<Subject>} the subject with these records @throws {StoreError}
 */
export async function older(subject, chunk, signal) {
  const columns = await read(`${subject.file}-${chunk}.json.gz`, signal);
  return { ...subject, columns, start: 0, end: columns.id.length };
}

/** @param {import("./store.js").Manifest} contents @param {Subject} subject @returns {Generator<Hit>} */
export function* hitsOf(contents, { slot, name, code, columns, start, end }) {
  for (let row = start; row < end; row += 1) {
    const kind = columns.kind[row];
    yield {
      kind,
      slot,
      day: columns.day[row],
      last: columns.last[row],
      id: columns.id[row],
      unit: columns.unit[row],
      state: contents.kinds[kind].states[columns.state[row]] ?? "",
      subject: name,
      code,
      number: columns.number[row],
    };
  }
}
