import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Problem } from './device.ts';
import { type Anchors, type Offsets, parseSubset } from './yaml-subset.ts';

export type Path = readonly (string | number)[];
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A chunk cannot be read without the rest of its file: it has an alias, whose anchor may stand anywhere. */
export class NeedsWholeFile extends Error {}

const names = /(?:^|[\s[{,:-])&[^\s,[\]{}]/m;
const reachesFurther = /(?:^|[\s[{,:-])\*[^\s,[\]{}]/m;

interface Full {
  readonly document: Document.Parsed;
  readonly counter: LineCounter;
  readonly pairs: Map<object, Map<string, Pair>>;
}

interface Fast {
  readonly root: object;
  readonly offsets: Offsets;
  readonly lineStarts: readonly number[];
}

/** Characters from which on a chunk remembers where things stand in it. */
const keptChunk = 4096;

/** A part of a file that holds a mapping: one entry, one section, or the whole. */
export class Chunk {
  readonly text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #line: number;
  readonly #anchors: Anchors;
  #full: Full | undefined;
  #fast: Fast | undefined;

  /**
   * @param line the 1-based line in which the chunk begins
   * @param anchors those of the chunks before it
   */
  constructor(text: string, start: number, end: number, line: number, anchors: Anchors = new Map()) {
    this.text = text;
    this.#start = start;
    this.#end = end;
    this.#line = line;
    this.#anchors = anchors;
  }

  /** The mapping as plain data; undefined after a mistake, which goes to `problems`. @throws NeedsWholeFile */
  read(file: string, problems: Problem[]): Record<string, unknown> | undefined {
    const fast = parseSubset(this.text, this.#start, this.#end, undefined, this.#anchors);
    if (fast && !Array.isArray(fast)) return fast as Record<string, unknown>;
    const isWhole = this.#start === 0 && this.#end === this.text.length;
    const own = this.text.slice(this.#start, this.#end);
    if (!isWhole && reachesFurther.test(own)) throw new NeedsWholeFile();
    // What the full parser names here is not known to the chunks that follow: none of them may take an older value for it.
    if (names.test(own)) this.#anchors.clear();
    const { document, counter } = this.#parse();
    // What is never closed is noticed behind the last line.
    const last = this.text.slice(this.#start, this.#end).trimEnd().length;
    for (const error of document.errors) {
      const { line, col } = counter.linePos(Math.min(error.pos[0], last));
      problems.push({ severity: 'error', file, line: this.#line + line - 1, column: col, message: inWords(error) });
    }
    const badKeys = document.errors.length > 0 ? [] : findBadKeys(document.contents);
    for (const { offset, message } of badKeys) {
      const { line, col } = counter.linePos(offset);
      problems.push({ severity: 'error', file, line: this.#line + line - 1, column: col, message });
    }
    for (const { message, pos } of document.warnings) {
      const { line, col } = counter.linePos(pos[0]);
      problems.push({ severity: 'warning', file, line: this.#line + line - 1, column: col, message });
    }
    if (document.errors.length + badKeys.length > 0) return undefined;
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
    if (this.#full) return this.#locateFull(path, atKey);
    const read = this.#fast ?? this.#readFast();
    if (!read) return this.#locateFull(path, atKey);
    // A big chunk has many entries, each of which is asked for; a small one is read again rather than kept.
    if (this.#end - this.#start > keptChunk) this.#fast = read;
    return this.#locateFast(read, path, atKey);
  }

  #readFast(): Fast | undefined {
    const offsets: Offsets = new Map();
    const root = parseSubset(this.text, this.#start, this.#end, offsets, this.#anchors);
    if (!root) return undefined;
    const lineStarts = [this.#start];
    for (
      let at = this.text.indexOf('\n', this.#start);
      at >= 0 && at < this.#end;
      at = this.text.indexOf('\n', at + 1)
    ) {
      lineStarts.push(at + 1);
    }
    return { root, offsets, lineStarts };
  }

  #locateFast({ root, offsets, lineStarts }: Fast, path: Path, atKey: boolean): Place {
    let at: unknown = root;
    let offset = this.#start;
    path.forEach((step, index) => {
      const places = at !== null && typeof at === 'object' ? offsets.get(at)?.get(step) : undefined;
      if (!places) return;
      offset = atKey && index === path.length - 1 ? places[0] : places[1];
      at = (at as Record<string | number, unknown>)[step];
    });
    let low = 0;
    for (let high = lineStarts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: this.#line + low, column: offset - lineStarts[low]! + 1 };
  }

  #locateFull(path: Path, atKey: boolean): Place {
    const { document, counter } = this.#parse();
    let node: unknown = document.contents;
    let offset = 0;
    path.forEach((step, index) => {
      let key: unknown;
      if (isMap(node)) {
        const pair = this.#pairs(node).get(String(step));
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

  /** The pairs of a mapping by their keys: a mapping of many devices is asked for each of them. */
  #pairs(mapping: YAMLMap): Map<string, Pair> {
    const full = this.#parse();
    let pairs = full.pairs.get(mapping);
    if (!pairs) {
      pairs = new Map(mapping.items.map((one: Pair) => [isScalar(one.key) ? String(one.key.value) : '', one]));
      full.pairs.set(mapping, pairs);
    }
    return pairs;
  }

  #parse(): Full {
    if (this.#full) return this.#full;
    const counter = new LineCounter();
    const text = this.text.slice(this.#start, this.#end);
    const document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
    });
    const full = { document, counter, pairs: new Map() };
    // Kept, because every message about this chunk needs it again; the loader lets go of chunks when it is done.
    this.#full = full;
    return full;
  }
}

interface BadKey {
  readonly offset: number;
  readonly message: string;
}

/**
 * Keys that came before in their mapping, and keys that are lists or mappings. The parser itself can look for the
 * former, but compares each key with all before it, which for a mapping of 50,000 devices takes half a minute.
 */
function findBadKeys(root: unknown): BadKey[] {
  const found: BadKey[] = [];
  const walk = (node: unknown): void => {
    if (isSeq(node)) for (const item of node.items) walk(item);
    if (!isMap(node)) return;
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      const offset = (key as { range?: [number] } | null)?.range?.[0] ?? 0;
      if (!isScalar(key)) found.push({ offset, message: 'a key must be a text' });
      else if (keys.has(key.value) && key.value !== '<<') {
        found.push({ offset, message: 'this key is written twice in the same mapping' });
      } else keys.add(key.value);
      walk(value);
    }
  };
  walk(root);
  return found;
}

function inWords(error: { readonly code: string; readonly message: string }): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent YAML; use spaces';
    case 'MULTIPLE_DOCS':
      return 'expected one YAML document in a file, found several (a line "---")';
    default:
      return error.message;
  }
}
