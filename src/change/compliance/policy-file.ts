import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { NetwrightError } from '#core';

export type Path = readonly (string | number)[];

/** A YAML file as plain data that knows where everything stands. Mistakes are gathered, and told together. */
export class PolicyFile {
  readonly file: string;
  readonly data: unknown;
  readonly #root: unknown;
  readonly #lines = new LineCounter();
  readonly #mistakes: { readonly line: number; readonly text: string }[] = [];

  /** @throws NetwrightError `NW_POLICY_INVALID` for a text that is no YAML */
  constructor(file: string, text: string) {
    this.file = file;
    const document = parseDocument(text, { lineCounter: this.#lines, merge: true, prettyErrors: false });
    for (const { message, pos } of document.errors.slice(0, mostTold)) this.#add(pos[0], message);
    this.finish();
    this.#root = document.contents;
    try {
      this.data = document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      this.#add(0, (error as Error).message);
      this.finish();
    }
  }

  /** The line of a value, or of its key; the nearest that is known when there is no such place (a merged key). */
  lineOf(path: Path, atKey = false): number {
    let node = this.#root as Node | null | undefined;
    let offset = node?.range?.[0] ?? 0;
    for (const [depth, step] of path.entries()) {
      let key: unknown;
      let next: unknown;
      if (isMap(node)) {
        const pair = node.items.find((one) => (isScalar(one.key) ? String(one.key.value) : undefined) === String(step));
        key = pair?.key;
        next = pair?.value;
      } else if (isSeq(node)) next = node.items[Number(step)];
      const isLast = depth === path.length - 1;
      const place = ((isLast && atKey ? key : undefined) ?? next ?? key) as Node | undefined;
      if (place?.range == null) break;
      offset = place.range[0];
      node = next as Node | undefined;
    }
    return this.#lines.linePos(offset).line || 1;
  }

  mistake(path: Path, text: string, atKey = false): void {
    this.#mistakes.push({ line: this.lineOf(path, atKey), text });
  }

  /** @throws NetwrightError `NW_POLICY_INVALID` with all mistakes, when there are any */
  finish(): void {
    if (this.#mistakes.length === 0) return;
    const all = this.#mistakes.sort((a, b) => a.line - b.line);
    const told = all.slice(0, mostTold).map(({ line, text }) => `${this.file}:${line}: ${text}`);
    if (all.length > mostTold) told.push(`and ${all.length - mostTold} more`);
    throw new NetwrightError('NW_POLICY_INVALID', told.join('\n'), {
      details: { file: this.file, line: all[0]!.line, mistakes: all.slice(0, mostTold) },
    });
  }

  #add(offset: number, text: string): void {
    this.#mistakes.push({ line: this.#lines.linePos(offset).line || 1, text });
  }
}

const mostTold = 20;
