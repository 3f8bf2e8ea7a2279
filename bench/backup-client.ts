/**
 * Backs up one workspace after the other in a process of its own, so that CPU, memory and stalls are its own; prints
 * one line of JSON for each.
 *
 *     backup-client.ts <concurrency, 0 for the default> <workspace>...
 */
import { startBackup } from '#backup';
import { openWorkspace, runDefaults } from '#workspace';
import { keepHeapSmall } from '../src/cli/small-heap.ts';
import { childCpuSeconds } from './child-cpu.ts';
import { type Stalls, watchStalls } from './stall-probe.ts';

export interface BackupFigures {
  readonly seconds: number;
  readonly total: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly commit: string | undefined;
  readonly cpuSeconds: number;
  /** CPU of git and whatever else was started; undefined where the system does not tell. */
  readonly childCpuSeconds: number | undefined;
  readonly peakMegabytes: number;
  readonly stalls: Stalls;
  readonly warnings: readonly string[];
}

async function backUp(folder: string, concurrency: number): Promise<BackupFigures> {
  // Settings are checked and code is loaded once in the life of a process: that is not what a backup stands still for.
  // As the command line does.
  keepHeapSmall();
  await using workspace = await openWorkspace({ folder });
  await Promise.all([import('#platforms'), import('#store'), import('#transport'), import('#runner'), import('ssh2')]);
  const stalls = watchStalls();
  const before = process.cpuUsage();
  const childBefore = childCpuSeconds();
  const startedAt = performance.now();
  const { limits, ...rest } = runDefaults(workspace.settings);
  const run = startBackup(workspace, {
    ...rest,
    limits: { ...limits, ...(concurrency > 0 ? { concurrency } : {}) },
  });
  const failed: Record<string, number> = {};
  for await (const outcome of run) {
    if (!outcome.ok) failed[outcome.error.code] = (failed[outcome.error.code] ?? 0) + 1;
  }
  const report = await run.report;
  const { user, system } = process.cpuUsage(before);
  const childAfter = childCpuSeconds();
  return {
    seconds: (performance.now() - startedAt) / 1000,
    ...{ total: report.total, changed: report.changed, unchanged: report.unchanged, failed, commit: report.commit },
    cpuSeconds: (user + system) / 1e6,
    childCpuSeconds: childBefore === undefined || childAfter === undefined ? undefined : childAfter - childBefore,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    stalls: stalls(),
    warnings: report.warnings.map(({ code, message }) => `${code}: ${message}`),
  };
}

if (import.meta.main) {
  const [concurrency, ...folders] = process.argv.slice(2);
  for (const folder of folders) console.log(JSON.stringify(await backUp(folder, Number(concurrency))));
}
