import type { StepBudget } from './pattern/machine.ts';
import { Subject } from './pattern/subject.ts';
import type { TemplateValue, ValueOption } from './template.ts';

/** An entry of a List: `null` for a value that took no part in the match, an object where the value has groups inside. */
export type ListEntry = string | null | Readonly<Record<string, string | null>>;

/** One value of a record. */
export type Cell = string | readonly ListEntry[];

/** Values in the order of the template's. */
export type Row = readonly Cell[];

/** Why `Record` recorded nothing: a Required value is missing, or there is no value at all. */
export type NotRecorded = { readonly missing: string } | 'empty';

/** As Python judges: '' and [] are nothing. */
const isFilled = (cell: Cell | null | undefined): boolean => cell !== null && cell !== undefined && cell.length > 0;

/** The row that is being collected, and what Filldown and List keep between rows. */
export class RecordRow {
  readonly #values: readonly TemplateValue[];
  readonly #cells: (Cell | null)[];
  /** What Filldown fills in. */
  readonly #kept: (string | null)[];
  readonly #lists: ListEntry[][];
  /** Options that do something, so that plain values cost nothing. */
  readonly #options: readonly (readonly ValueOption[])[];
  readonly rows: Cell[][] = [];
  readonly #subject = new Subject();

  constructor(values: readonly TemplateValue[]) {
    this.#values = values;
    this.#cells = values.map(() => null);
    this.#kept = values.map(() => null);
    this.#lists = values.map(() => []);
    this.#options = values.map(({ options }) => options.filter((option) => option !== 'Key'));
  }

  /** A value matched; undefined: its rule did, and the value took no part in it. */
  assign(index: number, text: string | undefined, budget: StepBudget): void {
    const value = text ?? null;
    this.#cells[index] = value;
    for (const option of this.#options[index]!) {
      if (option === 'List') this.#lists[index]!.push(this.#entry(index, value, budget));
      else if (option === 'Filldown') this.#kept[index] = value;
      else if (option === 'Fillup' && value !== null && value !== '') this.#fillUp(index, value);
    }
  }

  /** Ends the row and begins the next one. */
  record(): NotRecorded | undefined {
    const cells = this.#cells;
    const row: Cell[] = new Array(cells.length);
    let isEmpty = true;
    for (let index = 0; index < cells.length; index++) {
      for (const option of this.#options[index]!) {
        if (option === 'List') cells[index] = [...this.#lists[index]!];
        else if (option === 'Required' && !isFilled(cells[index])) {
          this.clear();
          return { missing: this.#values[index]!.name };
        }
      }
      const cell = cells[index];
      if (cell !== null && cell !== undefined && (typeof cell === 'string' || cell.length > 0)) isEmpty = false;
      row[index] = cell ?? '';
    }
    if (isEmpty) return 'empty';
    this.rows.push(row);
    this.clear();
    return undefined;
  }

  clear(): void {
    for (let index = 0; index < this.#cells.length; index++) {
      this.#cells[index] = null;
      const options = this.#options[index]!;
      if (options.length === 0) continue;
      const fillsDown = options.includes('Filldown');
      if (fillsDown) this.#cells[index] = this.#kept[index]!;
      else if (options.includes('List')) this.#lists[index] = [];
    }
  }

  clearAll(): void {
    for (let index = 0; index < this.#cells.length; index++) {
      this.#cells[index] = null;
      this.#kept[index] = null;
      this.#lists[index] = [];
    }
  }

  /** Into the rows above, up to one that has a value. */
  #fillUp(index: number, text: string): void {
    for (let above = this.rows.length - 1; above >= 0; above--) {
      const row = this.rows[above]!;
      if (isFilled(row[index])) return;
      row[index] = text;
    }
  }

  #entry(index: number, text: string | null, budget: StepBudget): ListEntry {
    const { nested } = this.#values[index]!;
    if (nested === undefined || text === null) return text;
    this.#subject.set(text);
    const found = nested.match(this.#subject, budget);
    if (found === undefined) return text;
    return Object.fromEntries(nested.wanted.map((group, at) => [nested.groupNames[group]!, found[at + 1] ?? null]));
  }
}
