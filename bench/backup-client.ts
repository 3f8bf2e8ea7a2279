/**
 * One `backup` of a workspace in a process of its own, so that its CPU, memory and stalls are its own; prints them as
 * one line of JSON.
 *
 *     backup-client.ts <workspace> [concurrency]
 */
import { readFileSync } from 'node:fs';
import { startBackup } from '#backup';
import { openWorkspace, runDefaults } from '#workspace';
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

if (import.meta.main) {
  const [folder = '.', concurrency] = process.argv.slice(2);
  // Settings are checked and code is loaded once in the life of a process: that is not what a backup stands still for.
  await using workspace = await openWorkspace({ folder });
  await Promise.all([import('#platforms'), import('#store'), import('#transport'), import('#runner'), import('ssh2')]);
  const stalls = watchStalls();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const { limits, ...rest } = runDefaults(workspace.settings);
  const run = startBackup(workspace, {
    ...rest,
    limits: { ...limits, ...(concurrency === undefined ? {} : { concurrency: Number(concurrency) }) },
  });
  const failed: Record<string, number> = {};
  for await (const outcome of run) {
    if (!outcome.ok) failed[outcome.error.code] = (failed[outcome.error.code] ?? 0) + 1;
  }
  const report = await run.report;
  const { user, system } = process.cpuUsage(before);
  const figures: BackupFigures = {
    seconds: (performance.now() - startedAt) / 1000,
    ...{ total: report.total, changed: report.changed, unchanged: report.unchanged, failed, commit: report.commit },
    cpuSeconds: (user + system) / 1e6,
    childCpuSeconds: childCpuSeconds(),
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    stalls: stalls(),
    warnings: report.warnings.map(({ code, message }) => `${code}: ${message}`),
  };
  console.log(JSON.stringify(figures));
}

/** What ended children used (proc(5): cutime and cstime, in hundredths of a second). */
function childCpuSeconds(): number | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return undefined; // no /proc here
  }
}
