import { readU16, readU32 } from './as-path.ts';
import { mrt } from './record-types.ts';

/** A peer index table of 65,535 peers has 1.6 MB, a prefix with a thousand long routes less: 16 MiB is damage. */
const longestRecord = 1 << 24;

/** Subtypes and the shortest body of each type; for the others (OSPF, IS-IS) nothing is known. */
const shapes = new Map<number, { readonly first: number; readonly last: number; readonly shortest: number }>([
  [mrt.bgp, { first: 0, last: 7, shortest: 6 }],
  [mrt.tableDump, { first: 1, last: 4, shortest: 22 }],
  [mrt.tableDumpV2, { first: 1, last: 12, shortest: 7 }],
  [mrt.bgp4mp, { first: 0, last: 11, shortest: 8 }],
  [mrt.bgp4mpEt, { first: 0, last: 11, shortest: 12 }],
  [11, { first: 0, last: 1, shortest: 0 }],
  [32, { first: 0, last: 0, shortest: 0 }],
  [33, { first: 0, last: 0, shortest: 0 }],
  [48, { first: 0, last: 1, shortest: 0 }],
  [49, { first: 0, last: 1, shortest: 0 }],
]);

/** Whether a record may begin here: a type that exists, and a body of believable size. */
export function mayBeRecord(bytes: Uint8Array, at: number): boolean {
  const type = readU16(bytes, at + 4);
  return (type === 6 || shapes.has(type)) && readU32(bytes, at + 8) <= longestRecord;
}

/** The stricter question, for where it is not known that a record should begin: subtype and least size count too. */
export function isHeader(bytes: Uint8Array, at: number): boolean {
  if (at + 12 > bytes.length || bytes[at + 4] !== 0) return false;
  const shape = shapes.get(bytes[at + 5]!);
  if (shape === undefined) return false;
  const subtype = readU16(bytes, at + 6);
  const length = readU32(bytes, at + 8);
  return subtype >= shape.first && subtype <= shape.last && length >= shape.shortest && length <= longestRecord;
}
