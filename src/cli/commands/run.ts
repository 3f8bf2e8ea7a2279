import { Command } from '@commander-js/extra-typings';
import type { Outcome } from '#core';
import type { CommandOutput } from '#device';
import { example } from '../example.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from '../failures.ts';
import { OutputGroups } from '../output-groups.ts';
import { Progress } from '../progress.ts';
import { runFlags, selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import type { Screen } from '../screen.ts';

export function runCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('run')
      .description('Type commands on many devices at once, and show what they answered.')
      .argument('<command...>', 'each as one word: "show version"')
      .option(...selectFlag)
      .option('--no-collapse', 'show each device by itself, as soon as it has answered'),
  )
    .addHelpText(
      'after',
      example(`run "show version" -s site:cairo`, `run "show ip route" --serial 1,10%,100% --fail-fast`),
    )
    .action(async (commands, flags) => {
      const { screen, signal } = runtime;
      const workspace = await runtime.workspace(settingFlags(flags));
      const [{ run }, { runDefaults }] = await Promise.all([import('#runner'), import('#workspace')]);
      const devices = (await workspace.inventory()).select(flags.select);
      const startedMs = performance.now();
      const printer = new OutputPrinter(screen, flags.collapse);
      await using progress = await Progress.start(screen, 'run');
      const outcomes = run(
        devices,
        async (job) => await (await job.connect()).sendAll(commands, { signal: job.signal }),
        await workspace.connector(),
        { ...runDefaults(workspace.settings), ...runFlags(flags), signal, onEvent: progress.onEvent },
      );
      for await (const outcome of outcomes) printer.add(outcome);
      await progress[Symbol.asyncDispose]();
      printer.finish();
      reportFailures(screen, printer.failures);
      reportCounts(screen, devices.length, printer.failures, performance.now() - startedMs);
      if (printer.failures.length > 0) runtime.someFailed();
    });
}

/** Shows answers as they come, or devices that answered the same under one heading. */
class OutputPrinter {
  readonly failures: FailedOutcome[] = [];
  readonly #screen: Screen;
  readonly #groups: OutputGroups | undefined;

  constructor(screen: Screen, collapse: boolean) {
    this.#screen = screen;
    this.#groups = collapse && !screen.isJson ? new OutputGroups() : undefined;
  }

  add(outcome: Outcome<readonly CommandOutput[]>): void {
    this.#screen.record(outcomeRecord(outcome, recordOf));
    if (!outcome.ok) this.failures.push(outcome);
    else if (this.#groups === undefined) this.#print([outcome.device], this.#textOf(outcome.value));
    else if (!this.#groups.add(outcome.device, this.#textOf(outcome.value))) this.finish();
  }

  finish(): void {
    for (const { devices, text } of this.#groups?.take() ?? []) this.#print(devices, text);
  }

  #textOf(outputs: readonly CommandOutput[]): string {
    if (outputs.length === 1) return outputs[0]?.text ?? '';
    return outputs.map(({ command, text }) => `${this.#screen.colors.dim(`$ ${command}`)}\n${text}`).join('\n');
  }

  #print(devices: readonly string[], text: string): void {
    const { bold, cyan } = this.#screen.colors;
    const names = devices.length <= 12 ? devices.join(', ') : `${devices.slice(0, 12).join(', ')}, …`;
    this.#screen.print(bold(cyan(`── ${names}${devices.length > 1 ? ` (${devices.length} devices)` : ''}`)));
    this.#screen.printText(text === '' ? '\n' : `${text}\n\n`);
  }
}

const recordOf = (outputs: readonly CommandOutput[]): object => ({
  outputs: outputs.map(({ command, text, durationMs }) => ({ command, text, durationMs: Math.round(durationMs) })),
});
