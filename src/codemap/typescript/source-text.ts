import { type Comment, type Node, type ParseResult, parseSync } from 'oxc-parser';
import type { SourceFile } from '../reader.ts';

/** The text of one file with its line numbers, and what stands before a declaration. */
export class SourceText {
  readonly text: string;
  /** What the bytes were, when they are not UTF-8. */
  readonly oddEncoding: 'UTF-16' | 'Latin-1' | undefined;
  readonly #starts: number[] = [0];
  readonly #docs = new Map<number, Comment>();

  constructor(bytes: Uint8Array) {
    ({ text: this.text, oddEncoding: this.oddEncoding } = decode(bytes));
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  get lines(): number {
    return this.#starts.length - (this.text.endsWith('\n') || this.text === '' ? 1 : 0);
  }

  parse(file: SourceFile): ParseResult {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    if (/\.[cm]?tsx?$/.test(name)) return parseSync(name, this.text, { preserveParens: false });
    // Plain JavaScript may hold JSX; whether it is a module, only its content says, and in CommonJS a file may `return`.
    const result = parseSync('file.jsx', this.text, { lang: 'jsx', sourceType: 'unambiguous', preserveParens: false });
    if (result.errors.length === 0) return result;
    const script = parseSync('file.jsx', this.text, { lang: 'jsx', sourceType: 'commonjs', preserveParens: false });
    return script.errors.length === 0 ? script : result;
  }

  /** Documentation comments become known to {@link summaryBefore}. */
  keepDocs(comments: readonly Comment[]): void {
    for (const comment of comments) {
      if (comment.type === 'Block' && comment.value.startsWith('*')) this.#docs.set(comment.end, comment);
    }
  }

  /** First line is 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** As written, in one line of at most `most` characters. */
  brief(node: Pick<Node, 'start' | 'end'>, most = 80): string {
    const line = this.text.slice(node.start, node.end).replace(/\s+/g, ' ').trim();
    return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
  }

  /** First sentence of the documentation comment that ends right before `offset`. */
  summaryBefore(offset: number): string | undefined {
    let at = offset;
    while (at > 0 && /\s/.test(this.text[at - 1]!)) at -= 1;
    const doc = this.#docs.get(at);
    return doc === undefined ? undefined : firstSentence(doc.value);
  }

  /** First sentence of a documentation comment at the very top. */
  get topSummary(): string | undefined {
    const first = this.#docs.values().next().value;
    if (first === undefined) return undefined;
    return /^\s*(?:#![^\n]*\n\s*)?$/.test(this.text.slice(0, first.start)) ? firstSentence(first.value) : undefined;
  }
}

function firstSentence(comment: string): string | undefined {
  const text = comment
    .split('\n')
    .map((line) => line.replace(/^[ \t]*\*+ ?/, '').trim())
    .join('\n')
    .split(/\n@|\n\n/)[0]!
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '' || text.startsWith('@')) return undefined;
  const sentence = /^.*?[.!?](?= [A-Z]|$)/.exec(text)?.[0] ?? text;
  return sentence.length <= 200 ? sentence : `${sentence.slice(0, 199)}…`;
}

function decode(bytes: Uint8Array): { text: string; oddEncoding: SourceText['oddEncoding'] } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const label = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
    return { text: new TextDecoder(label).decode(bytes), oddEncoding: 'UTF-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), oddEncoding: undefined };
  } catch {
    // Every byte is a character of Latin-1: names in ASCII survive, which is what a map needs.
    return { text: Buffer.from(bytes).toString('latin1'), oddEncoding: 'Latin-1' };
  }
}
