import { Command } from '@commander-js/extra-typings';
import { NetwrightError, type Outcome } from '#core';
import type { CommandOutput } from '#device';
import type { Task } from '#runner';
import { checkCommands, checkNoDevice } from '../check-commands.ts';
import { CsvOutput } from '../csv-output.ts';
import { example } from '../example.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from '../failures.ts';
import { noteNoDevices } from '../no-devices.ts';
import { OutputGroups } from '../output-groups.ts';
import { Progress } from '../progress.ts';
import type { Reading } from '../read-outputs.ts';
import { runFlags, selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import type { Screen } from '../screen.ts';

export function runCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('run')
      .description('Type commands on many devices at once, and show what they answered.')
      .argument('<command...>', 'each as one word: "show version"')
      .option(...selectFlag)
      .option('--no-collapse', 'show each device by itself, as soon as it has answered')
      .option('--parse', 'read the answers with the TextFSM templates of the workspace')
      .option('--csv', 'with --parse: print CSV'),
  )
    .addHelpText(
      'after',
      example(
        `run "show version" -s site:cairo`,
        `run "show ip route" --serial 1,10%,100% --fail-fast`,
        `run "show interfaces" --parse --json`,
      ),
    )
    .action(async (commands, flags) => {
      const { screen, signal } = runtime;
      checkCommands(commands);
      checkParseFlags(flags, screen);
      const workspace = await runtime.workspace(settingFlags(flags));
      const reader = flags.parse ? await (await import('../read-outputs.ts')).openOutputReader(workspace) : undefined;
      const [{ run }, { runDefaults }] = await Promise.all([import('#runner'), import('#workspace')]);
      const inventory = await workspace.inventory();
      if (flags.select === undefined) checkNoDevice(commands, inventory.devices);
      const devices = inventory.select(flags.select);
      await noteNoDevices(screen, workspace);
      const startedMs = performance.now();
      const refused = new Map<string, readonly CommandOutput[]>();
      const platforms = new Map<string, string>();
      const printer = new OutputPrinter(screen, {
        collapse: flags.collapse,
        isCsv: flags.csv === true,
        order: devices.map(({ name }) => name),
        refused,
      });
      await using progress = await Progress.start(screen, 'run');
      const outcomes = run(devices, typing(commands, refused, platforms), await workspace.connector(), {
        ...runDefaults(workspace.settings),
        ...runFlags(flags),
        signal,
        onEvent: progress.onEvent,
      });
      for await (const outcome of outcomes) {
        const outputs = outcome.ok ? outcome.value : refused.get(outcome.device);
        const readings =
          outputs &&
          reader &&
          (await reader.readAll(outcome.device, platforms.get(outcome.device) ?? '', outputs, signal));
        printer.add(outcome, readings);
      }
      await progress[Symbol.asyncDispose]();
      printer.finish();
      reportFailures(screen, printer.failures);
      reportCounts(screen, devices.length, printer.failures, performance.now() - startedMs);
      if (printer.failures.length > 0) runtime.someFailed();
    });
}

/** @throws NetwrightError `NW_USAGE`. */
function checkParseFlags({ parse, csv }: { parse?: true; csv?: true }, { isJson }: Screen): void {
  if (csv && !parse) throw new NetwrightError('NW_USAGE', '--csv goes with --parse: it prints records');
  if (csv && isJson) throw new NetwrightError('NW_USAGE', '--csv and --json do not go together');
}

/**
 * Types all commands. A device that refuses some has failed, and what it answered to the others is in `refused`.
 * `platforms`: what each device turned out to be.
 */
function typing(
  commands: readonly string[],
  refused: Map<string, readonly CommandOutput[]>,
  platforms: Map<string, string>,
): Task<readonly CommandOutput[]> {
  return async ({ device, connect, signal }) => {
    const session = await connect();
    platforms.set(device.name, session.platform.id);
    const outputs = await session.sendAll(commands, { signal, rejectFailures: false });
    const failed = outputs.filter(({ failure }) => failure !== undefined);
    const [first] = failed;
    if (first === undefined) return outputs;
    refused.set(device.name, outputs);
    const more = failed.length > 1 ? `, and ${failed.length - 1} more of ${commands.length} commands` : '';
    throw new NetwrightError(
      'NW_COMMAND_REJECTED',
      `${device.name} (${session.platform.id}): "${first.command}" was refused: "${first.failure}"${more}`,
      { details: { command: first.command, line: first.failure } },
    );
  };
}

interface PrinterOptions {
  readonly collapse: boolean;
  readonly isCsv: boolean;
  /** Names as the inventory has them. */
  readonly order: readonly string[];
  /** What devices answered that refused something. */
  readonly refused: Map<string, readonly CommandOutput[]>;
}

/** Shows answers as they come, or devices that answered the same under one heading. */
class OutputPrinter {
  readonly failures: FailedOutcome[] = [];
  readonly #screen: Screen;
  readonly #groups: OutputGroups | undefined;
  readonly #refused: PrinterOptions['refused'];
  readonly #csv: CsvOutput | undefined;

  constructor(screen: Screen, { collapse, isCsv, order, refused }: PrinterOptions) {
    this.#screen = screen;
    this.#groups = collapse && !screen.isJson && !isCsv ? new OutputGroups(order) : undefined;
    this.#refused = refused;
    this.#csv = isCsv ? new CsvOutput(screen) : undefined;
  }

  /** `readings`: what templates made of the outputs, one each. */
  add(outcome: Outcome<readonly CommandOutput[]>, readings?: readonly Reading[]): void {
    const { device } = outcome;
    const outputs = outcome.ok ? outcome.value : this.#refused.get(device);
    this.#refused.delete(device);
    const record = (all: readonly CommandOutput[]): object => recordOf(all, readings);
    this.#screen.record(outcomeRecord(outcome, record, outputs && record(outputs)));
    if (!outcome.ok) this.failures.push(outcome);
    if (outputs === undefined) return;
    if (this.#csv !== undefined) this.#csv.add(device, outputs, readings ?? []);
    else if (this.#groups === undefined) this.#print([device], this.#textOf(outputs, readings));
    else if (!this.#groups.add(device, this.#textOf(outputs, readings))) this.finish();
  }

  finish(): void {
    for (const { devices, text } of this.#groups?.take() ?? []) this.#print(devices, text);
  }

  #textOf(outputs: readonly CommandOutput[], readings: readonly Reading[] | undefined): string {
    const texts = outputs.map((output, index) => {
      return readings?.[index]?.text(this.#screen) ?? output.text;
    });
    if (outputs.length === 1) return texts[0] ?? '';
    return outputs
      .map(({ command }, index) => `${this.#screen.colors.dim(`$ ${command}`)}\n${texts[index]}`)
      .join('\n');
  }

  #print(devices: readonly string[], text: string): void {
    const { bold, cyan } = this.#screen.colors;
    const names = devices.length <= 12 ? devices.join(', ') : `${devices.slice(0, 12).join(', ')}, …`;
    this.#screen.print(bold(cyan(`── ${names}${devices.length > 1 ? ` (${devices.length} devices)` : ''}`)));
    this.#screen.printText(text === '' ? '\n' : `${text}\n\n`);
  }
}

const recordOf = (outputs: readonly CommandOutput[], readings?: readonly Reading[]): object => ({
  outputs: outputs.map(({ durationMs, ...output }, index) => ({
    ...output,
    durationMs: Math.round(durationMs),
    ...readings?.[index]?.record(),
  })),
});
