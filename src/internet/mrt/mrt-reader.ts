import type { ReadingLog } from '../routes/statistics.ts';
import { readU16, readU32 } from './as-path.ts';
import type { MrtPeers, MrtSink } from './mrt-route.ts';
import { readBgp4mp } from './read-bgp4mp.ts';
import { createContext, type MrtContext, type Problem, type RecordBody } from './read-context.ts';
import { readOldBgp } from './read-old-bgp.ts';
import { readTableDump } from './read-table-dump.ts';
import { readTableDumpV2 } from './read-table-dump-v2.ts';
import { isHeader, mayBeRecord } from './record-header.ts';
import { mrt } from './record-types.ts';

const headerBytes = 12;
/** How far out of step a length may be that the reader itself puts right: the batches of 2000 declare 4 too few. */
const batchExcess = 4;

/**
 * Reads MRT as it comes, in one pass: give it bytes with `push`, then call `end`. Every record is checked against the
 * header behind it before it is believed. Where the chain breaks, what can be read is read, and the reader looks for
 * the next place from which three records follow one another.
 */
export class MrtReader {
  readonly #context: MrtContext;
  readonly #log: ReadingLog;
  #rest: Buffer = Buffer.alloc(0);
  /** Of the first byte of `#rest`, from the start of the data. */
  #base = 0;
  /** More bytes are needed before looking again is of use. */
  #wanted = headerBytes;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** Where the search for the next record has got to; undefined while in step. */
  #lost: { readonly from: number; readonly reason: string; at: number } | undefined;

  constructor(sink: MrtSink, peers: MrtPeers, log: ReadingLog) {
    this.#context = createContext(sink, peers, log);
    this.#log = log;
  }

  push(chunk: Buffer): void {
    this.#log.unpackedBytes += chunk.length;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#rest.length + this.#waitingBytes < this.#wanted) return;
    this.#join();
    this.#work(false);
  }

  end(): void {
    this.#join();
    this.#work(true);
  }

  #join(): void {
    const parts = this.#rest.length === 0 ? this.#waiting : [this.#rest, ...this.#waiting];
    this.#rest = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #work(isLast: boolean): void {
    let at = 0;
    const bytes = this.#rest;
    for (;;) {
      const next = this.#lost === undefined ? this.#step(bytes, at, isLast) : this.#search(bytes, at, isLast);
      if (next < 0) break;
      at = next;
    }
    this.#rest = bytes.subarray(at);
    this.#base += at;
    this.#wanted = Math.max(this.#wanted - at, headerBytes);
  }

  /** Reads the record at `at`; returns where the next one is, -1 when more bytes are needed or none are left. */
  #step(bytes: Buffer, at: number, isLast: boolean): number {
    const left = bytes.length - at;
    if (left < headerBytes) {
      if (isLast && left > 0) return this.#cutShort(bytes, at, 'the data ends inside the header of a record');
      return this.#want(at + headerBytes);
    }
    if (!mayBeRecord(bytes, at)) return this.#lose(at, at, 'no record begins here');
    const end = at + headerBytes + readU32(bytes, at + 8);
    if (end + headerBytes + batchExcess > bytes.length && !isLast) return this.#want(end + headerBytes + batchExcess);
    if (end > bytes.length) return this.#beyondEnd(bytes, at);
    if (follows(bytes, end)) return this.#read(bytes, at, end, end);
    if (readU16(bytes, at + 4) === mrt.tableDump && follows(bytes, end + batchExcess)) {
      return this.#read(bytes, at, end + batchExcess, end + batchExcess);
    }
    // Either the length of this record is wrong or the next header is: whether its body is sound tells which.
    if (this.#readBody(bytes, at, end) === undefined) return this.#lose(end, end, 'no record begins here');
    return this.#lose(at, at + headerBytes, 'no record follows where this one says it ends');
  }

  #read(bytes: Buffer, at: number, end: number, next: number): number {
    const problem = this.#readBody(bytes, at, end);
    if (problem === undefined) this.#log.recordedAt(readU32(bytes, at));
    else this.#log.damaged(this.#base + at, end - at, problem);
    return next;
  }

  /** The last record says that it is longer than what there is. */
  #beyondEnd(bytes: Buffer, at: number): number {
    const found = findChain(bytes, at + headerBytes, true);
    if (found.isFound) {
      this.#readBody(bytes, at, found.at);
      this.#log.damaged(this.#base + at, found.at - at, 'a record that says it is longer than it is');
      return found.at;
    }
    return this.#cutShort(bytes, at, 'the data ends inside a record');
  }

  #cutShort(bytes: Buffer, at: number, reason: string): number {
    if (bytes.length - at >= headerBytes) this.#readBody(bytes, at, bytes.length);
    this.#log.damaged(this.#base + at, bytes.length - at, reason);
    return bytes.length === at ? -1 : bytes.length;
  }

  #want(length: number): -1 {
    this.#wanted = length;
    return -1;
  }

  #lose(from: number, at: number, reason: string): number {
    this.#lost = { from: this.#base + from, reason, at: this.#base + at };
    return at;
  }

  #search(bytes: Buffer, at: number, isLast: boolean): number {
    const lost = this.#lost!;
    const found = findChain(bytes, Math.max(at, lost.at - this.#base), isLast);
    if (!found.isFound && !isLast) {
      lost.at = this.#base + found.at;
      this.#wanted = Math.max(bytes.length + headerBytes, found.needed);
      // What has been searched is not looked at again.
      return found.at > at ? found.at : -1;
    }
    const offset = this.#base + found.at;
    this.#log.damaged(lost.from, offset - lost.from, lost.reason);
    this.#lost = undefined;
    return found.at > at || found.isFound ? found.at : -1;
  }

  #readBody(bytes: Buffer, at: number, end: number): Problem {
    const type = readU16(bytes, at + 4);
    const body: RecordBody = {
      bytes,
      at: at + headerBytes,
      end,
      offset: this.#base + at,
      subtype: readU16(bytes, at + 6),
    };
    this.#log.records += 1;
    this.#context.route.timestampS = readU32(bytes, at);
    switch (type) {
      case mrt.tableDump:
        return readTableDump(this.#context, body);
      case mrt.tableDumpV2:
        return readTableDumpV2(this.#context, body);
      case mrt.bgp4mp:
      case mrt.bgp4mpEt:
        return readBgp4mp(this.#context, body, type);
      case mrt.bgp:
        return readOldBgp(this.#context, body);
      default:
        this.#log.skip(`MRT type ${type}`, body.offset);
        return undefined;
    }
  }
}

/** The end of the data, or a header. */
function follows(bytes: Uint8Array, at: number): boolean {
  return at === bytes.length || isHeader(bytes, at);
}

interface Chain {
  readonly isFound: boolean;
  /** Where the chain begins, or from where to look on. */
  readonly at: number;
  /** Bytes that are needed to look on. */
  readonly needed: number;
}

/** The first place from `from` on where three records stand in a row, or fewer that end with the data. */
function findChain(bytes: Uint8Array, from: number, isLast: boolean): Chain {
  for (let at = from; at + headerBytes <= bytes.length; at++) {
    if (!isHeader(bytes, at)) continue;
    let next = at;
    let records = 0;
    while (records < 3 && next + headerBytes <= bytes.length && isHeader(bytes, next)) {
      next += headerBytes + readU32(bytes, next + 8);
      records += 1;
    }
    if (records === 3 || (isLast && next === bytes.length)) return { isFound: true, at, needed: 0 };
    // All that is there fits, but there is not enough of it.
    if (!isLast && next + headerBytes > bytes.length) return { isFound: false, at, needed: next + headerBytes };
  }
  const end = isLast ? bytes.length : Math.max(from, bytes.length - headerBytes + 1);
  return { isFound: false, at: end, needed: end + headerBytes };
}
