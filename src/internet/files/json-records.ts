import { NetwrightError } from '#core';

/** An object of a JSON array, its fields not yet looked at. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** One record of a public data set is a few kilobytes; what is longer is none. */
const longestRecord = 1 << 20;

/**
 * The objects in the arrays of a JSON document, one after the other, whatever is around them: `[…]`, `{"data": […]}`,
 * `{"net": {"data": […]}, "ix": …}`. Documents of hundreds of megabytes never stand in memory as a whole.
 * @throws NetwrightError `NW_INTERNET_FORMAT` for what is no JSON, or ends in the middle of a record.
 */
export async function* jsonRecords(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRecord> {
  const scanner = new RecordScanner(name);
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield* scanner.take(decoder.decode(chunk, { stream: true }));
  scanner.end();
}

class RecordScanner {
  readonly #name: string;
  /** Brackets that are open, outside of records. */
  readonly #open: string[] = [];
  /** Text of the record so far, from earlier chunks. */
  #record = '';
  /** How deep inside a record; 0 outside. */
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  #offset = 0;

  constructor(name: string) {
    this.#name = name;
  }

  *take(text: string): Generator<JsonRecord> {
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const char = text.charCodeAt(at);
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (char === 0x5c) this.#isEscaped = true;
        else if (char === 0x22) this.#isString = false;
        continue;
      }
      if (char === 0x22) this.#isString = true;
      else if (char === 0x7b || char === 0x5b) {
        if (this.#depth > 0) this.#depth += 1;
        else if (char === 0x7b && this.#open.at(-1) === '[') {
          this.#depth = 1;
          start = at;
        } else this.#open.push(char === 0x7b ? '{' : '[');
      } else if (char === 0x7d || char === 0x5d) {
        if (this.#depth === 0) this.#close(char === 0x7d ? '{' : '[', at);
        else {
          this.#depth -= 1;
          if (this.#depth === 0) {
            yield this.#parse(this.#record + text.slice(start, at + 1), at);
            this.#record = '';
          }
        }
      }
    }
    if (this.#depth > 0) this.#record += text.slice(start);
    this.#offset += text.length;
    if (this.#record.length > longestRecord) this.#refuse(`a record longer than ${longestRecord} characters`, 0);
  }

  end(): void {
    if (this.#depth > 0 || this.#open.length > 0) this.#refuse('the document ends before its brackets are closed', 0);
  }

  #close(bracket: string, at: number): void {
    if (this.#open.pop() !== bracket) this.#refuse('a bracket is closed that was not opened', at);
  }

  #parse(text: string, at: number): JsonRecord {
    try {
      return JSON.parse(text) as JsonRecord;
    } catch (error) {
      return this.#refuse((error as Error).message, at);
    }
  }

  #refuse(what: string, at: number): never {
    throw new NetwrightError('NW_INTERNET_FORMAT', `${this.#name}: character ${this.#offset + at}: ${what}`);
  }
}
