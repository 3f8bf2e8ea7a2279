import type { Outcome } from '#core';
import {
  type Answer,
  type Cell,
  checkFields,
  type FactRow,
  type FactsOf,
  factRows,
  fieldsOf,
  type GetterName,
  rowMatches,
  usualColumns,
  type Where,
} from '#facts';
import { csvCell } from './csv-cell.ts';
import { FactRemarks } from './facts-remarks.ts';
import { isUnavailable, reportUnavailable } from './facts-unavailable.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from './failures.ts';
import type { Screen } from './screen.ts';
import { counted, table } from './table.ts';

export interface RowOutputOptions {
  /** Names as the inventory has them. */
  readonly order: readonly string[];
  readonly where?: Where;
  /** Fields to show, or `all`; default the usual ones of the getter. */
  readonly columns?: readonly string[];
  readonly isCsv: boolean;
}

type AnsweredOutcome = Outcome<Answer<FactsOf<GetterName>>>;

interface DeviceRows {
  readonly device: string;
  readonly rows: readonly FactRow[];
}

/** So many rows wait for the others, to have columns of one width. */
const mostHeld = 100_000;

/** Shows what devices answered: a table of rows in the order of the inventory, CSV, or one JSON record a device. */
export class RowOutput {
  readonly failures: FailedOutcome[] = [];
  /** Devices of platforms that do not have what was asked for. */
  readonly unavailable: FailedOutcome[] = [];
  readonly #screen: Screen;
  readonly #getter: GetterName;
  readonly #options: RowOutputOptions;
  readonly #rank: ReadonlyMap<string, number>;
  readonly #fields = new Set<string>(['device']);
  readonly #remarks = new FactRemarks();
  #held: DeviceRows[] = [];
  #count = 0;
  #shown = 0;
  #hasHead = false;

  constructor(screen: Screen, getter: GetterName, options: RowOutputOptions) {
    this.#screen = screen;
    this.#getter = getter;
    this.#options = options;
    this.#rank = new Map(options.order.map((name, rank) => [name, rank]));
  }

  add(outcome: AnsweredOutcome): void {
    const { where, columns } = this.#options;
    if (!outcome.ok) {
      (isUnavailable(outcome) ? this.unavailable : this.failures).push(outcome);
      this.#screen.record(outcomeRecord(outcome));
      return;
    }
    const { device, value: answer } = outcome;
    this.#remarks.add(device, answer);
    const all = factRows(this.#getter, answer.value).map((row) => ({ device, ...row }));
    for (const row of all) for (const field of Object.keys(row)) this.#fields.add(field);
    const rows = where === undefined ? all : all.filter((row) => rowMatches(where, row));
    if (this.#screen.isJson && !this.#options.isCsv) {
      const isWhole = where === undefined && columns === undefined;
      this.#screen.record(
        outcomeRecord(outcome, ({ value, warnings, notes, sources }) => ({
          getter: this.#getter,
          ...(isWhole ? { value } : { rows: rows.map((row) => this.#chosen(row)) }),
          warnings,
          notes,
          sources,
        })),
      );
    } else {
      this.#held.push({ device, rows });
      this.#count += rows.length;
      if (this.#count > mostHeld) this.#printHeld();
    }
    this.#shown += rows.length;
  }

  /** Prints what waits, and what went wrong. @throws NetwrightError `NW_USAGE` for fields that no row had. */
  finish(durationMs: number): void {
    this.#printHeld();
    const { where, columns = [], order } = this.#options;
    const hasRows = this.#fields.size > 1;
    if (hasRows && where !== undefined) checkFields(fieldsOf(where), this.#fields, '--where');
    if (hasRows)
      checkFields(
        columns.filter((column) => column !== 'all'),
        this.#fields,
        '--columns',
      );
    this.#remarks.print(this.#screen);
    reportUnavailable(this.#screen, this.unavailable);
    reportFailures(this.#screen, this.failures);
    const found =
      where === undefined
        ? counted(this.#shown, 'row')
        : `${counted(this.#shown, 'row')} that ${this.#shown === 1 ? 'meets' : 'meet'} the condition`;
    const left = this.unavailable.length === 0 ? '' : `, ${this.unavailable.length} not available`;
    const asked = order.length - this.unavailable.length;
    reportCounts(this.#screen, asked, this.failures, durationMs, `${left}, ${found}`);
  }

  /** Some device failed, or not one of them could be asked at all. */
  get hasFailed(): boolean {
    return (
      this.failures.length > 0 ||
      (this.unavailable.length > 0 && this.unavailable.length === this.#options.order.length)
    );
  }

  #columns(): readonly string[] {
    const { columns } = this.#options;
    if (columns?.includes('all')) return [...this.#fields];
    if (columns !== undefined) return ['device', ...columns.filter((column) => column !== 'device')];
    const present = (field: string): boolean => this.#held.some(({ rows }) => rows.some((row) => isTold(row[field])));
    const usual = usualColumns[this.#getter].filter((field) => this.#options.isCsv || present(field));
    return ['device', ...usual];
  }

  #chosen(row: FactRow): FactRow {
    const { columns } = this.#options;
    if (columns === undefined || columns.includes('all')) return row;
    return Object.fromEntries(['device', ...columns].map((column) => [column, row[column] ?? null]));
  }

  #printHeld(): void {
    const held = this.#held.sort((a, b) => (this.#rank.get(a.device) ?? 0) - (this.#rank.get(b.device) ?? 0));
    const rows = held.flatMap((one) => one.rows);
    if (rows.length > 0) {
      const columns = this.#columns();
      if (this.#getter === 'get_config' && !this.#options.isCsv) this.#printTexts(rows);
      else if (this.#options.isCsv) this.#printCsv(columns, rows);
      else {
        const cells = rows.map((row) => columns.map((column) => shown(column, row[column])));
        const { colors, listColumns } = this.#screen;
        this.#screen.print(table(columns.map(heading), cells, colors.bold, listColumns));
      }
    }
    this.#held = [];
    this.#count = 0;
  }

  #printCsv(columns: readonly string[], rows: readonly FactRow[]): void {
    const lines = rows.map((row) => columns.map((column) => csvCell(row[column])).join(','));
    this.#screen.print([...(this.#hasHead ? [] : [columns.join(',')]), ...lines].join('\n'));
    this.#hasHead = true;
  }

  #printTexts(rows: readonly FactRow[]): void {
    for (const row of rows) {
      for (const which of usualColumns.get_config) {
        const text = row[which];
        if (typeof text !== 'string' || text === '') continue;
        this.#screen.print(this.#screen.colors.bold(`── ${String(row['device'])} ${which}`));
        this.#screen.printText(`${text}\n\n`);
      }
    }
  }
}

export const createRowOutput = (screen: Screen, getter: GetterName, options: RowOutputOptions): RowOutput =>
  new RowOutput(screen, getter, options);

const isTold = (cell: Cell | undefined): boolean => cell !== undefined && cell !== null && cell !== '' && cell !== -1;

/** `state.input_power.instant` as `INPUT_POWER`. */
const heading = (field: string): string =>
  field
    .replace(/^state\.(?=.)/, '')
    .replace(/\.(?:instant|interface)$/, '')
    .toUpperCase();

/** What is not known is a dash; a duration is in words. */
function shown(field: string, cell: Cell | undefined): string {
  if (cell === undefined || cell === null || cell === '') return '';
  if (cell === -1) return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (field === 'uptime' && typeof cell === 'number') return uptime(cell);
  if (typeof cell === 'number') return String(Math.round(cell * 1000) / 1000);
  return cell.replaceAll(/[\r\n\t]+/g, ' ');
}

/** `354d 2h`, `2h 5m`, `5m`, `40s`. */
function uptime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  if (days > 0) return `${days}d ${hours}h`;
  if (hours > 0) return `${hours}h ${minutes}m`;
  return minutes > 0 ? `${minutes}m` : `${whole}s`;
}
