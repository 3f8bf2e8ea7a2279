import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Problem } from './device.ts';
import { type Offsets, parseSubset } from './yaml-subset.ts';

export type Path = readonly (string | number)[];
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A chunk cannot be read without the rest of its file: it has an alias, whose anchor may stand anywhere. */
export class NeedsWholeFile extends Error {}

const reachesFurther = /(?:^|[\s[{,:-])\*[^\s,[\]{}]/m;

interface Full {
  readonly document: Document.Parsed;
  readonly counter: LineCounter;
}

/** A part of a file that holds a mapping: one entry, one section, or the whole. */
export class Chunk {
  readonly text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #line: number;
  #full: Full | undefined;

  /** @param line the 1-based line in which the chunk begins */
  constructor(text: string, start: number, end: number, line: number) {
    this.text = text;
    this.#start = start;
    this.#end = end;
    this.#line = line;
  }

  /** The mapping as plain data; undefined after a mistake, which goes to `problems`. @throws NeedsWholeFile */
  read(file: string, problems: Problem[]): Record<string, unknown> | undefined {
    const fast = parseSubset(this.text, this.#start, this.#end);
    if (fast && !Array.isArray(fast)) return fast as Record<string, unknown>;
    const isWhole = this.#start === 0 && this.#end === this.text.length;
    if (!isWhole && reachesFurther.test(this.text.slice(this.#start, this.#end))) throw new NeedsWholeFile();
    const { document, counter } = this.#parse();
    // What is never closed is noticed behind the last line.
    const last = this.text.slice(this.#start, this.#end).trimEnd().length;
    for (const error of document.errors) {
      const { line, col } = counter.linePos(Math.min(error.pos[0], last));
      problems.push({ severity: 'error', file, line: this.#line + line - 1, column: col, message: inWords(error) });
    }
    for (const { message, pos } of document.warnings) {
      const { line, col } = counter.linePos(pos[0]);
      problems.push({ severity: 'warning', file, line: this.#line + line - 1, column: col, message });
    }
    if (document.errors.length > 0) return undefined;
    if (document.contents === null) return {};
    if (!isMap(document.contents)) {
      const message = isWhole
        ? 'expected a mapping with the keys defaults, groups and devices'
        : 'expected "name: { … }", or a name and a colon with the keys below it';
      const column = this.text.slice(this.#start, this.#end).search(/[^ ]/) + 1;
      problems.push({ severity: 'error', file, line: this.#line, column, message });
      return undefined;
    }
    try {
      return document.toJS({ maxAliasCount: 10_000 }) as Record<string, unknown>;
    } catch (error) {
      // Aliases that multiply beyond reason, or that point nowhere.
      problems.push({ severity: 'error', file, line: this.#line, column: 1, message: (error as Error).message });
      return undefined;
    }
  }

  /** Where the key (or the value) at the end of the path stands; the nearest that there is when the path ends earlier. */
  locate(path: Path, atKey: boolean): Place {
    const offsets: Offsets = new Map();
    const fast = this.#full ? undefined : parseSubset(this.text, this.#start, this.#end, offsets);
    return fast ? this.#locateFast(fast, offsets, path, atKey) : this.#locateFull(path, atKey);
  }

  #locateFast(root: object, offsets: Offsets, path: Path, atKey: boolean): Place {
    let at: unknown = root;
    let offset = this.#start;
    path.forEach((step, index) => {
      const places = at !== null && typeof at === 'object' ? offsets.get(at)?.get(step) : undefined;
      if (!places) return;
      offset = atKey && index === path.length - 1 ? places[0] : places[1];
      at = (at as Record<string | number, unknown>)[step];
    });
    let line = this.#line;
    let lineStart = this.#start;
    for (let next = this.text.indexOf('\n', lineStart); next >= 0 && next < offset; ) {
      line += 1;
      lineStart = next + 1;
      next = this.text.indexOf('\n', lineStart);
    }
    return { line, column: offset - lineStart + 1 };
  }

  #locateFull(path: Path, atKey: boolean): Place {
    const { document, counter } = this.#parse();
    let node: unknown = document.contents;
    let offset = 0;
    path.forEach((step, index) => {
      let key: unknown;
      if (isMap(node)) {
        const pair = node.items.find(
          (one: Pair) => String(isScalar(one.key) ? one.key.value : one.key) === String(step),
        );
        if (!pair) return;
        key = pair.key;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
      } else return;
      const wanted = atKey && index === path.length - 1 ? (key ?? node) : (node ?? key);
      const range = isNode(wanted) ? (wanted as Node).range : undefined;
      const keyRange = isNode(key) ? (key as Node).range : undefined;
      offset = range?.[0] ?? keyRange?.[0] ?? offset;
    });
    const { line, col } = counter.linePos(offset);
    return { line: this.#line + line - 1, column: col };
  }

  #parse(): Full {
    if (this.#full) return this.#full;
    const counter = new LineCounter();
    const text = this.text.slice(this.#start, this.#end);
    const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, merge: true });
    const full = { document, counter };
    // Kept, because every message about this chunk needs it again; the loader lets go of chunks when it is done.
    this.#full = full;
    return full;
  }
}

function inWords(error: { readonly code: string; readonly message: string }): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return 'this key is written twice in the same mapping';
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent YAML; use spaces';
    case 'MULTIPLE_DOCS':
      return 'expected one YAML document in a file, found several (a line "---")';
    default:
      return error.message;
  }
}
