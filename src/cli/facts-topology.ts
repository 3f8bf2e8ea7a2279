import path from 'node:path';
import { NetwrightError } from '#core';
import {
  buildTopology,
  drawTopology,
  type Observer,
  observeNeighbors,
  type TopologyFormat,
  topologyFormats,
  topologySummary,
} from '#facts';
import type { RunOptions } from '#runner';
import type { SettingFlag } from '#workspace';
import { FactRemarks } from './facts-remarks.ts';
import { type FailedOutcome, reportCounts, reportFailures } from './failures.ts';
import { noteNoDevices } from './no-devices.ts';
import { Progress } from './progress.ts';
import type { Runtime } from './runtime.ts';
import { counted } from './table.ts';
import { writeOutput } from './write-output.ts';

export interface TopologyRequest {
  readonly select?: string;
  readonly dark?: true;
  readonly settings: readonly SettingFlag[];
  readonly limits: RunOptions;
}

/** Asks the devices for their neighbours and writes the drawing; a device that does not answer is in it all the same. */
export async function drawTopologyOf(
  runtime: Runtime,
  file: string,
  { select, dark, settings, limits }: TopologyRequest,
): Promise<void> {
  const { screen, signal } = runtime;
  const format = formatOf(file);
  const workspace = await runtime.workspace(settings);
  const devices = (await workspace.inventory()).select(select);
  await noteNoDevices(screen, workspace);
  const startedMs = performance.now();
  const failures: FailedOutcome[] = [];
  const observers: Observer[] = [];
  const unread: string[] = [];
  const remarks = new FactRemarks();
  await using progress = await Progress.start(screen, 'facts');
  for await (const { outcome, observer, answer } of observeNeighbors(workspace, select, {
    ...limits,
    signal,
    onEvent: progress.onEvent,
  })) {
    observers.push(observer);
    if (answer !== undefined) remarks.add(outcome.device, answer);
    // A platform whose facts nobody reads is no failure of the device: its neighbours tell of it.
    if (!outcome.ok && outcome.error.code === 'NW_NOT_SUPPORTED') unread.push(observer.platform ?? '');
    else if (!outcome.ok) failures.push(outcome);
  }
  await progress[Symbol.asyncDispose]();
  const rank = new Map(devices.map(({ name }, at) => [name, at]));
  observers.sort((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0));
  const topology = buildTopology(observers);
  const target = path.resolve(runtime.cwd, file);
  await writeOutput(target, await drawTopology(topology, format, { theme: dark ? 'dark' : 'light' }));
  const summary = topologySummary(topology);
  screen.document({ file: target, format, summary, ...topology });
  screen.print(`${file}: ${summary}`);
  remarks.print(screen);
  if (unread.length > 0) {
    const platforms = [...new Set(unread)].sort().join(', ');
    screen.note(`  ${counted(unread.length, 'device')} drawn as others see them: no LLDP facts of ${platforms}`);
  }
  reportFailures(screen, failures);
  reportCounts(screen, devices.length, failures, performance.now() - startedMs);
  if (failures.length > 0) runtime.someFailed();
}

function formatOf(file: string): TopologyFormat {
  const ending = path.extname(file).slice(1).toLowerCase();
  const format = topologyFormats.find((one) => one === ending);
  if (format !== undefined) return format;
  throw new NetwrightError('NW_USAGE', `--graph ${file}: expected a name that ends in .svg, .dot or .json`);
}
