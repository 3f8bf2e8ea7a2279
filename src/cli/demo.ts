import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BackupReport, startBackup } from '#backup';
import { abortError, formatDuration } from '#core';
import { type Lab, type LabOptions, startLab } from '#lab';
import { type OpenedWorkspace, runDefaults } from '#workspace';
import { colorDiff } from './color-diff.ts';
import { followBackup, reportBackup } from './commands/backup.ts';
import { checkNoWorkspace, makeLabWorkspace } from './lab-workspace.ts';
import { npmScript } from './npm-script.ts';
import { Progress } from './progress.ts';
import type { Runtime } from './runtime.ts';
import type { Screen } from './screen.ts';
import { counted, table } from './table.ts';
import { untilAborted } from './until-aborted.ts';

/** How many devices change between the two backups. */
const changing = 3;

/** As if the devices stood a city away: on loopback alone there would be nothing to see. */
const latencyMs = 25;

/** The whole product in half a minute: a lab, a backup, a change, its diff. */
export async function showDemo(
  runtime: Runtime,
  { lab: options, once }: { readonly lab: LabOptions; readonly once: boolean },
): Promise<void> {
  const { screen, signal } = runtime;
  const { bold, dim } = screen.colors;
  const heading = (number: number, text: string): void =>
    screen.print(`\n${screen.colors.cyan(bold(`${number}`))}  ${bold(text)}`);

  screen.print(bold('Netwright: every device of a network, reached, kept and understood'));
  const startedMs = performance.now();
  const chosen = runtime.workspaceFolder && resolve(runtime.cwd, runtime.workspaceFolder);
  if (chosen) await checkNoWorkspace(chosen);
  await using lab = await startLab({ latencyMs, ...options, signal });
  const telnet = lab.devices.filter(({ transport }) => transport === 'telnet').length;
  heading(
    1,
    `A lab of ${counted(lab.devices.length, 'device')} is up on this machine: ${lab.devices.length - telnet} over SSH, ${telnet} over Telnet`,
  );
  screen.print(`   ${fleet(lab, screen)}`);
  screen.note(dim(`   up in ${formatDuration(performance.now() - startedMs)}`));

  const folder = await makeLabWorkspace(runtime, lab, chosen ?? (await mkdtemp(join(tmpdir(), 'netwright-demo-'))));
  const workspace = await runtime.workspace([], folder);

  heading(2, 'The first backup: every configuration, in parallel');
  const first = await backup(runtime, workspace, 'the first backup of the demo');
  reportBackup(screen, first);
  if (signal.aborted) throw abortError(signal);

  heading(3, `Meanwhile, somebody changes ${counted(changing, 'device')} at the console`);
  const changed = pickSpread(lab.devices, changing);
  const rows: string[][] = [];
  for (const { name, vendor } of changed) {
    const sentence = await lab.change(name);
    rows.push([`   ${bold(name)}`, dim(vendor), sentence.replace(`${name}: `, '')]);
  }
  screen.print(table(['', '', ''], rows).replace(/^\n/, ''));

  heading(4, 'The second backup finds exactly that');
  const second = await backup(runtime, workspace, 'the second backup of the demo');
  await showDiffs(runtime, workspace, second.report);
  screen.print();
  reportBackup(screen, second);
  if (first.report.failed + second.report.failed > 0) runtime.someFailed();

  screen.record({ workspace: folder, changed: changed.map(({ name }) => name) });
  heading(5, 'Yours to look around');
  screen.print(nextSteps(runtime, folder, changed[0]?.name ?? 'r1', once));
  if (once || signal.aborted) return;
  screen.note(dim('\nthe lab stays up until Ctrl-C'));
  await untilAborted(signal);
}

async function backup(runtime: Runtime, workspace: OpenedWorkspace, reason: string) {
  await using progress = await Progress.start(runtime.screen, 'backup');
  return await followBackup(
    runtime.screen,
    startBackup(workspace, {
      ...runDefaults(workspace.settings),
      reason,
      signal: runtime.signal,
      onEvent: progress.onEvent,
    }),
  );
}

/** The devices by vendor, one line each. */
function fleet(lab: Lab, screen: Screen): string {
  const { dim, cyan } = screen.colors;
  const vendors = [...Map.groupBy(lab.devices, ({ vendor }) => vendor)].map(([vendor, devices]) => ({
    head: `   ${vendor}`,
    count: String(devices.length).padStart(3),
    platforms: shortened([...new Set(devices.map(({ platform }) => platform))].join(' '), 30),
    names: devices.map(({ name }) => name).join(' '),
  }));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const before = widest(vendors.map(({ head }) => head)) + widest(vendors.map(({ platforms }) => platforms)) + 9;
  const room = Math.max(12, Math.min(44, screen.columns - before));
  const rows = vendors.map(({ head, count, platforms, names }) => [
    head,
    count,
    cyan(platforms),
    dim(shortened(names, room)),
  ]);
  return table(['', '', '', ''], rows).trimStart();
}

const shortened = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, text.lastIndexOf(' ', columns - 2))} …`;

/** So many of them, far apart, so that they are of different vendors. */
function pickSpread<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, n) => n % step === 0).slice(0, count);
}

async function showDiffs(runtime: Runtime, workspace: OpenedWorkspace, report: BackupReport): Promise<void> {
  if (report.commit === undefined) return;
  const { screen } = runtime;
  const store = await workspace.configurations();
  for (const device of await store.devices()) {
    const [newest, before] = await store.history(device, { limit: 2 });
    if (newest?.runId !== report.runId || before === undefined) continue;
    const diff = await store.diff(before, newest, { context: 2 });
    screen.printText(`\n${colorDiff(diff.trimEnd(), screen.colors)}\n`);
  }
}

/** Lines that work when they are pasted, for the way in which the demo was started. */
function nextSteps(runtime: Runtime, folder: string, device: string, once: boolean): string {
  const { bold, dim, cyan } = runtime.screen.colors;
  const { packageFolder } = npmScript(runtime.env);
  const first = [
    `cd ${quoted(folder)}`,
    // A function and not an alias: it works in scripts too, and no quote stands in a quote.
    ...(packageFolder ? [`netwright() { npm --prefix ${quoted(packageFolder)} run -s netwright -- "$@"; }`] : []),
  ];
  const rows: [string, string][] = [
    [`history ${device}`, 'its versions'],
    [`diff ${device}`, 'its last change'],
    [`blame ${device}`, 'when each line came'],
    [`show ${device} --sealed`, 'the full text, secrets included'],
    ["search 'description'", 'a line in all configurations'],
    ...(once
      ? []
      : ([
          ['facts interfaces_ip', 'every vendor in the same columns'],
          [`run 'show clock' -s ${device}`, 'a command, on any selection'],
          [`shell ${device}`, 'sit at it; Ctrl-] leaves'],
        ] as [string, string][])),
  ];
  const lines = rows.map(([command, what]) => [`   ${cyan(`netwright ${command}`)}`, dim(`# ${what}`)]);
  return [
    `   The workspace stays: ${bold(folder)}${once ? '' : '. In another terminal:'}`,
    '',
    ...first.map((line) => `   ${cyan(line)}`),
    table(['', ''], lines),
  ].join('\n');
}

/** As one word of a shell. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
