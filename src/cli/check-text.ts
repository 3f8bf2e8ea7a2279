import {
  type ComplianceReport,
  type DeviceCheck,
  type Finding,
  type FindingState,
  type Severity,
  severities,
  violationText,
} from '#change';
import { formatDuration } from '#core';
import type { Screen } from './screen.ts';
import { counted, formatCount, table } from './table.ts';

/** Rows that a person may still read; `--json` and `--junit` have them all. */
const mostRows = 500;
const mostDevices = 20;

interface Row {
  readonly device: string;
  readonly finding: Finding;
  readonly what: string;
}

/** What `check` prints: a row for each rule that fails on a device, then sums by rule and by device. */
export class CheckOutput {
  readonly #screen: Screen;
  readonly #isAll: boolean;
  readonly #rows: Row[] = [];
  readonly #worst: { readonly device: string; readonly counts: Record<FindingState, number> }[] = [];
  readonly #severities = new Set<Severity>();
  #left = 0;
  hasUnknown = false;
  /** Some rule passed or failed somewhere: without one there is nothing that could be called compliant. */
  hasJudged = false;
  #skipped: string | undefined;

  constructor(screen: Screen, { isAll }: { readonly isAll: boolean }) {
    this.#screen = screen;
    this.#isAll = isAll;
  }

  add(check: DeviceCheck): void {
    const { device, findings, configuration } = check;
    const at = configuration && { commit: configuration.commit, at: new Date(configuration.atMs).toISOString() };
    this.#screen.record({ ...check, ...(at !== undefined && { configuration: at }) });
    const counts: Record<FindingState, number> = { pass: 0, fail: 0, unknown: 0, skipped: 0 };
    for (const finding of findings) {
      const { state, severity, reason } = finding;
      counts[state] += 1;
      if (state === 'fail') this.#severities.add(severity);
      if (state === 'unknown') this.hasUnknown = true;
      if (state === 'pass' || state === 'fail') this.hasJudged = true;
      if (state === 'skipped') this.#skipped ??= reason;
      const isShown = this.#isAll || state === 'fail' || state === 'unknown';
      if (!isShown || this.#screen.isJson) continue;
      if (this.#rows.length < mostRows) this.#rows.push({ device, finding, what: whatOf(finding) });
      else this.#left += 1;
    }
    if (counts.fail + counts.unknown > 0 && !this.#screen.isJson) this.#worst.push({ device, counts });
  }

  failsFrom(severity: Severity): boolean {
    const from = severities.indexOf(severity);
    return severities.some((one, at) => at >= from && this.#severities.has(one));
  }

  finish(report: ComplianceReport): void {
    const { remediation, ...rest } = report;
    this.#screen.record({
      report: { ...rest, ...(remediation !== undefined && { notMended: remediation.left }) },
    });
    this.#printRows();
    this.#printRules(report);
    this.#printDevices();
    this.#note(report);
  }

  #printRows(): void {
    if (this.#rows.length === 0) return;
    const { bold, dim } = this.#screen.colors;
    const rows = this.#rows.map(({ device, finding, what }) => [
      device,
      finding.rule,
      this.#state(finding.state),
      finding.severity,
      lineOf(finding),
      what,
    ]);
    this.#screen.printText(`${table(['DEVICE', 'RULE', 'STATE', 'SEVERITY', 'LINE', 'WHAT'], rows, bold)}\n`);
    if (this.#left > 0)
      this.#screen.print(dim(`and ${formatCount(this.#left)} more: --json and --junit have them all`));
    this.#screen.print();
  }

  #printRules({ rules }: ComplianceReport): void {
    const { bold } = this.#screen.colors;
    const rows = rules.map(({ id, title, severity, pass, fail, unknown, skipped }) => [
      id,
      severity,
      ...[pass, fail, unknown, skipped].map(formatCount),
      title === id ? '' : title,
    ]);
    this.#screen.print(table(['RULE', 'SEVERITY', 'PASS', 'FAIL', 'UNKNOWN', 'SKIPPED', 'TITLE'], rows, bold));
  }

  #printDevices(): void {
    if (this.#worst.length < 2) return;
    const { bold, dim } = this.#screen.colors;
    const sorted = this.#worst.sort((a, b) => b.counts.fail - a.counts.fail || b.counts.unknown - a.counts.unknown);
    const rows = sorted
      .slice(0, mostDevices)
      .map(({ device, counts: { pass, fail, unknown, skipped } }) => [
        device,
        ...[pass, fail, unknown, skipped].map(formatCount),
      ]);
    this.#screen.print();
    this.#screen.print(table(['DEVICE', 'PASS', 'FAIL', 'UNKNOWN', 'SKIPPED'], rows, bold));
    if (sorted.length > mostDevices)
      this.#screen.print(dim(`and ${counted(sorted.length - mostDevices, 'device')} that fail less`));
  }

  #note({ policy, devices, rules, durationMs }: ComplianceReport): void {
    const { green, red, yellow, dim } = this.#screen.errorColors;
    const parts = [
      green(`${counted(devices.pass, 'device')} ${devices.pass === 1 ? 'complies' : 'comply'}`),
      ...(devices.fail > 0 ? [red(`${formatCount(devices.fail)} ${devices.fail === 1 ? 'does' : 'do'} not`)] : []),
      ...(devices.unknown > 0 ? [yellow(`${formatCount(devices.unknown)} could not be judged`)] : []),
      ...(devices.skipped > 0
        ? [dim(`${formatCount(devices.skipped)} ${devices.skipped === 1 ? 'was' : 'were'} not asked`)]
        : []),
    ];
    if (this.#skipped !== undefined) this.#screen.note(`${yellow('mind')} skipped: ${this.#skipped}`);
    const idle = rules.filter(({ pass, fail, unknown, skipped }) => pass + fail + unknown + skipped === 0);
    if (devices.total === 0) this.#screen.note(`${yellow('mind')} no rule of ${policy} is for any of these devices`);
    else if (idle.length > 0)
      this.#screen.note(`${yellow('mind')} for none of these devices: ${firstOf(idle.map(({ id }) => id))}`);
    if (!this.hasJudged && devices.unknown === 0)
      this.#screen.note(`${yellow('mind')} nothing was judged: that is no pass`);
    this.#screen.note(`${parts.join(', ')} in ${formatDuration(durationMs)}`);
  }

  #state(state: FindingState): string {
    const { green, red, yellow, dim } = this.#screen.colors;
    return { pass: green, fail: red, unknown: yellow, skipped: dim }[state](state);
  }
}

const lineOf = ({ violations }: Finding): string => String(violations[0]?.line ?? '');

const mostNames = 6;
const firstOf = (names: readonly string[]): string =>
  names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames).join(', ')} and ${formatCount(names.length - mostNames)} more`;

const longest = 160;
function whatOf({ state, reason = '', violations, count }: Finding): string {
  if (state !== 'fail') return reason.split('\n', 1)[0] ?? '';
  const [first] = violations;
  if (first === undefined) return '';
  const said = violationText(first);
  const short = said.length > longest ? `${said.slice(0, longest)}…` : said;
  return count > 1 ? `${short} (and ${formatCount(count - 1)} more)` : short;
}
