import type { Workspace } from '#workspace';

/** A device that has not been backed up for long. */
export interface StaleDevice {
  readonly device: string;
  /** Absent: never. */
  readonly lastSuccessMs?: number;
  readonly lastAttemptMs?: number;
  readonly lastErrorCode?: string;
  readonly lastErrorMessage?: string;
}

/**
 * Devices of the inventory whose last good backup is older than `hours`, or that never had one; the longest unseen
 * first. What a database that was lost knew is taken from git: a version stands for a backup.
 */
export async function staleDevices(workspace: Workspace, hours: number): Promise<readonly StaleDevice[]> {
  const [inventory, store] = await Promise.all([workspace.inventory(), workspace.configurations()]);
  const sightings = new Map((await store.runs.sightings()).map((sighting) => [sighting.device, sighting]));
  const since = workspace.clock.now() - hours * 3_600_000;
  const stale: StaleDevice[] = [];
  for (const device of inventory.devices.keys()) {
    const sighting = sightings.get(device);
    const lastSuccessMs = sighting?.lastSuccessMs ?? (await store.latest(device))?.atMs;
    if (lastSuccessMs !== undefined && lastSuccessMs >= since) continue;
    stale.push({ ...sighting, device, ...(lastSuccessMs === undefined ? {} : { lastSuccessMs }) });
  }
  return stale.sort((a, b) => (a.lastSuccessMs ?? 0) - (b.lastSuccessMs ?? 0));
}
