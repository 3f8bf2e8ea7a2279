/** Output that is shown a screen at a time. */
export class Pager {
  readonly #lines: string[];
  readonly #rows: number;
  #at = 0;

  constructor(text: string, rows: number) {
    this.#lines = text.split('\n');
    if (this.#lines.at(-1) === '') this.#lines.pop();
    this.#rows = rows;
  }

  get isDone(): boolean {
    return this.#at >= this.#lines.length;
  }

  /** The next `count` lines; default one screen less the line of the pager itself. */
  next(count = Math.max(1, this.#rows - 1)): string {
    const lines = this.#lines.slice(this.#at, this.#at + count);
    this.#at += lines.length;
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }
}
