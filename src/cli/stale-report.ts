import { formatDuration } from '#core';
import type { Workspace } from '#workspace';
import type { Runtime } from './runtime.ts';
import { counted, formatTime, table } from './table.ts';

/** Devices whose last good backup is older than that, or that never had one. Exit code 1 when there are any. */
export async function reportStale(
  runtime: Runtime,
  workspace: Workspace,
  staleMs: number,
  select: string | undefined,
): Promise<void> {
  const { screen } = runtime;
  const { staleDevices } = await import('#backup');
  const chosen = new Set((await workspace.inventory()).select(select).map(({ name }) => name));
  const all = await staleDevices(workspace, staleMs / 3_600_000);
  const stale = all.filter(({ device }) => chosen.has(device));
  screen.document(
    stale.map(({ device, lastSuccessMs, lastAttemptMs, lastErrorCode, lastErrorMessage }) => ({
      device,
      lastSuccess: lastSuccessMs === undefined ? null : new Date(lastSuccessMs).toISOString(),
      lastAttempt: lastAttemptMs === undefined ? null : new Date(lastAttemptMs).toISOString(),
      ...(lastErrorCode !== undefined && { error: { code: lastErrorCode, message: lastErrorMessage } }),
    })),
  );
  const { bold, dim, red } = screen.colors;
  if (stale.length > 0) {
    screen.print(
      table(
        ['DEVICE', 'LAST BACKUP', 'LAST TRIED', 'WHY'],
        stale.map(({ device, lastSuccessMs, lastAttemptMs, lastErrorCode }) => [
          device,
          lastSuccessMs === undefined ? red('never') : formatTime(lastSuccessMs),
          lastAttemptMs === undefined ? dim('never') : formatTime(lastAttemptMs),
          lastErrorCode ?? '',
        ]),
        bold,
      ),
    );
    runtime.someFailed();
  }
  screen.note(`${counted(stale.length, 'device')} of ${chosen.size} not backed up for ${formatDuration(staleMs)}`);
}
