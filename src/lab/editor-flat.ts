import type { Editor } from './editor.ts';
import type { EditStyle } from './persona.ts';
import { SectionText } from './section-text.ts';

/** EXOS: each fact a line of its own, kept by module; `unconfigure`, `delete` and `disable` take back. */
export class FlatEditor implements Editor {
  readonly path: readonly string[] = [];
  readonly section = '';
  readonly #style: EditStyle;
  readonly #doc: SectionText;

  constructor(style: EditStyle, text: string) {
    this.#style = style;
    this.#doc = new SectionText(text, style.comment);
  }

  get text(): string {
    return this.#doc.toString();
  }

  type(typed: string): boolean {
    const line = typed.trim();
    const [verb = '', noun = ''] = line.split(/ +/);
    if (noun === '' || !(this.#style.vocabulary ?? []).includes(verb)) return false;
    const rest = line.slice(verb.length + 1);
    if (verb === 'unconfigure' || verb === 'delete' || verb === 'disable') {
      this.#remove(
        verb === 'delete'
          ? [`create ${rest}`, `configure ${rest}`]
          : verb === 'disable'
            ? [`enable ${rest}`]
            : [`configure ${rest}`],
      );
      return true;
    }
    const key = this.#style.single?.map((pattern) => pattern.exec(line)?.[0]).find((found) => found !== undefined);
    const lines = this.#doc.lines;
    const old = lines.findIndex((text) => text === line || (key !== undefined && text.startsWith(key)));
    if (old >= 0) {
      lines[old] = line;
      return true;
    }
    const kin = lines.findLastIndex((text) => text.startsWith(`${verb} ${noun} `));
    const module = lines.findLastIndex(
      (text) => / (configure|create|enable) /.test(` ${text} `) && text.split(' ')[1] === noun,
    );
    const at = kin >= 0 ? kin : module >= 0 ? module : lines.length - 2;
    this.#doc.insert(at + 1, line);
    return true;
  }

  up(): boolean {
    return false;
  }

  top(): void {
    // There are no sections to leave.
  }

  enter(): void {
    // There are none to enter either.
  }

  #remove(starts: readonly string[]): void {
    for (let at = this.#doc.lines.length - 1; at >= 0; at -= 1) {
      const line = this.#doc.lines[at]!;
      if (starts.some((start) => line === start || line.startsWith(`${start} `))) this.#doc.remove(at);
    }
  }
}
