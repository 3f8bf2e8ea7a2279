import stringWidth from 'string-width';
import type { Device } from '#inventory';
import { run } from '#runner';
import { runDefaults, type Workspace } from '#workspace';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from './failures.ts';
import { Progress } from './progress.ts';
import { type RunFlags, runFlags } from './run-flags.ts';
import type { Runtime } from './runtime.ts';
import { padded } from './table.ts';

/** Logs in to every device, types nothing but what opens a session, and logs out. */
export async function checkLogins(
  runtime: Runtime,
  workspace: Workspace,
  devices: readonly Device[],
  flags: RunFlags,
): Promise<void> {
  const { screen, signal } = runtime;
  const { green, dim } = screen.colors;
  const startedMs = performance.now();
  const failures: FailedOutcome[] = [];
  const width = Math.max(...devices.map(({ name }) => stringWidth(name)));
  // Which of them `platform: auto` finds is not known beforehand.
  const platformWidth = Math.max(...(await workspace.platforms()).ids().map((id) => id.length));
  await using progress = await Progress.start(screen, 'check');
  const outcomes = run(
    devices,
    async ({ connect }) => {
      const { hostname, platform, mode } = await connect();
      return { hostname, platform: platform.id, mode };
    },
    await workspace.connector(),
    { ...runDefaults(workspace.settings), ...runFlags(flags), signal, onEvent: progress.onEvent },
  );
  for await (const outcome of outcomes) {
    screen.record(outcomeRecord(outcome, (value) => value));
    if (outcome.ok) {
      const { hostname, platform, mode } = outcome.value;
      const columns = `${padded(outcome.device, width)}  ${platform.padEnd(platformWidth)}`;
      screen.print(`${green('ok')} ${columns}  ${dim(`${hostname}, mode ${mode}`)}`);
    } else failures.push(outcome);
  }
  await progress[Symbol.asyncDispose]();
  reportFailures(screen, failures);
  reportCounts(screen, devices.length, failures, performance.now() - startedMs);
  if (failures.length > 0) runtime.someFailed();
}
