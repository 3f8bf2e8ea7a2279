/** A pager question that was answered while the line was read: where it ended in the raw text and how wide it was. */
export interface PagerMark {
  /** Bytes from the start of the text to the end of the question. */
  readonly at: number;
  /** Columns that the question took. */
  readonly width: number;
}

/** Bytes that make a line differ from what a terminal shows of it: NUL, BEL, backspace, ESC, and a CR that ends no line. */
export const isOddLine = (line: string): boolean => /[\x00\x07\x08\r\x1b]/.test(line);

/** A line without the CRs at its end. A loop, because `/\r+$/` takes quadratic time on a line full of CRs. */
export function withoutEndCr(line: string): string {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === 0x0d) end--;
  return end === line.length ? line : line.slice(0, end);
}

const erased = -1;
const space = 0x20;

/**
 * What a terminal shows of one raw line (Latin-1, one character a byte, without its `\n`): overwriting by CR and
 * backspace, cursor movements and erasures of ECMA-48 are carried out, colours and titles dropped. Blanks that only
 * erased what stood there (`\b \b`, `\r      \r`) leave nothing at the end of the line. VT100 next-line (ESC E)
 * and a cursor sent to another row give a `\n`.
 *
 * @param marks answered pager questions within the line, offsets relative to it
 */
export function paintLine(raw: string, marks: readonly PagerMark[] = []): string {
  return new Painter(marks).paint(raw);
}

/** Like {@link paintLine}; undefined when nothing but an answered pager question stood on the line. */
export function paintPagedLine(raw: string, marks: readonly PagerMark[]): string | undefined {
  const painter = new Painter(marks);
  const text = painter.paint(raw);
  return painter.isOnlyPager && text.trim() === '' ? undefined : text;
}

class Painter {
  readonly #marks: readonly PagerMark[];
  #cells: number[] = [];
  #column = 0;
  #row: number | undefined;
  /** After a move to the left, blanks erase until something visible is written. */
  #isErasing = false;
  /** Column to which a device returns that goes on printing right behind an answered pager question. */
  #resumeAt: number | undefined;
  #finished = '';

  constructor(marks: readonly PagerMark[]) {
    this.#marks = marks;
  }

  get isOnlyPager(): boolean {
    return this.#resumeAt !== undefined;
  }

  paint(raw: string): string {
    let mark = 0;
    for (let at = 0; at < raw.length; ) {
      while (this.#marks[mark] !== undefined && this.#marks[mark]!.at <= at) this.#hidePager(this.#marks[mark++]!);
      const code = raw.charCodeAt(at);
      if (code === 0x1b) at = this.#escape(raw, at);
      else {
        this.#put(code);
        at += 1;
      }
    }
    for (; mark < this.#marks.length; mark++) this.#hidePager(this.#marks[mark]!);
    return this.#finished + render(this.#cells);
  }

  #put(code: number): void {
    switch (code) {
      case 0x00:
      case 0x07:
        return;
      case 0x08:
        this.#moveLeft(this.#column - 1);
        return;
      case 0x0d:
        this.#moveLeft(0);
        return;
    }
    if (this.#resumeAt !== undefined) {
      this.#column = this.#resumeAt;
      this.#cells.length = Math.min(this.#cells.length, this.#column);
      this.#resumeAt = undefined;
    }
    if (code !== space) this.#isErasing = false;
    while (this.#cells.length < this.#column) this.#cells.push(space);
    this.#cells[this.#column] = this.#isErasing ? erased : code;
    this.#column += 1;
  }

  #moveLeft(column: number): void {
    this.#resumeAt = undefined;
    // A CR at the start of an empty line erases nothing: what follows is indentation.
    if (this.#cells.length > 0) this.#isErasing = true;
    this.#column = Math.max(0, column);
  }

  #hidePager(mark: PagerMark): void {
    const from = Math.max(0, this.#column - mark.width);
    for (let column = from; column < this.#cells.length; column++) this.#cells[column] = erased;
    this.#resumeAt = from;
    this.#isErasing = true;
  }

  /** Carries out the escape sequence at `at` and gives the position behind it. An unfinished one is swallowed. */
  #escape(raw: string, at: number): number {
    const kind = raw[at + 1];
    if (kind === '[') {
      const sequence = /\x1b\[([0-?]*)[ -/]*([@-~])?/y;
      sequence.lastIndex = at;
      const match = sequence.exec(raw);
      if (!match) return at + 2;
      if (match[2] !== undefined) this.#control(match[2], match[1] ?? '');
      return sequence.lastIndex;
    }
    // Operating system commands (window titles) and device control strings end with BEL or ST.
    if (kind === ']' || kind === 'P' || kind === '^' || kind === '_') {
      const end = /\x07|\x1b\\/g;
      end.lastIndex = at + 2;
      return end.test(raw) ? end.lastIndex : raw.length;
    }
    if (kind === 'E') this.#newLine();
    // ESC ( B and its like name a character set with one more byte.
    return at + (kind !== undefined && '()*+-./#%'.includes(kind) ? 3 : 2);
  }

  #control(final: string, parameters: string): void {
    if (parameters.startsWith('?')) return;
    const numbers = parameters.split(';').map((one) => Math.min(Number(one) || 0, 4096));
    const first = numbers[0] ?? 0;
    const count = Math.max(1, first);
    switch (final) {
      case 'K':
      case 'J':
        this.#erase(first);
        return;
      case 'D':
        this.#moveLeft(this.#column - count);
        return;
      case 'C':
        this.#column = Math.min(this.#column + count, 4096);
        return;
      case 'G':
        this.#moveLeft(count - 1);
        return;
      case 'H':
      case 'f':
        if (this.#row !== undefined && this.#row !== count && this.#cells.length > 0) this.#newLine();
        this.#row = count;
        this.#moveLeft(Math.max(1, numbers[1] ?? 1) - 1);
        return;
      case 'P':
        this.#cells.splice(this.#column, count);
        return;
      case 'X':
        for (let column = this.#column; column < this.#column + count && column < this.#cells.length; column++)
          this.#cells[column] = erased;
        return;
    }
  }

  #erase(part: number): void {
    this.#resumeAt = undefined;
    if (part === 0) this.#cells.length = Math.min(this.#cells.length, this.#column);
    else if (part === 1) this.#cells.fill(erased, 0, this.#column + 1);
    else this.#cells.fill(erased);
  }

  #newLine(): void {
    this.#finished += `${render(this.#cells)}\n`;
    this.#cells = [];
    this.#column = 0;
    this.#isErasing = false;
    this.#resumeAt = undefined;
  }
}

function render(cells: readonly number[]): string {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === erased) length--;
  let text = '';
  // In slices, because a call takes only so many arguments.
  for (let from = 0; from < length; from += 4096) {
    const slice = cells.slice(from, Math.min(length, from + 4096));
    text += String.fromCharCode(...slice.map((code) => (code === erased ? space : code)));
  }
  return text;
}
