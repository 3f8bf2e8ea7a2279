import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetwrightError, Secret } from '#core';
import { type FactWarning, type GetterName, getterNames, readFacts, withSource } from '#facts';
import { type Lab, type LabOptions, labInventory, startLab } from '#lab';
import { run } from '#runner';
import { initWorkspace, openWorkspace } from '#workspace';

/** What came of one getter on one device. */
export type Told =
  | {
      readonly value: unknown;
      readonly warnings: readonly FactWarning[];
      readonly notes: readonly string[];
    }
  | { readonly error: NetwrightError };

export interface LabFacts {
  readonly lab: Lab;
  /** By device, then by getter; a device that could not be reached has no getters and an error. */
  readonly told: ReadonlyMap<string, ReadonlyMap<GetterName, Told>>;
  readonly unreached: ReadonlyMap<string, NetwrightError>;
}

/** Asks every device of a lab every getter, in one session a device. */
export async function askLab(options: LabOptions, timeoutMs = 30_000): Promise<LabFacts> {
  const home = await mkdtemp(join(tmpdir(), 'netwright-facts-'));
  await using lab = await startLab({ processes: 0, ...options });
  try {
    const { folder } = await initWorkspace(join(home, 'network'));
    const { yaml, credential } = labInventory(lab);
    await writeFile(join(folder, 'inventory.yaml'), yaml);
    const env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
    await using workspace = await openWorkspace({ folder, env });
    await workspace.credentials.set(credential.name, {
      user: credential.user,
      password: new Secret(credential.password),
      enable: new Secret(credential.enable),
    });
    const platforms = await workspace.platforms();
    const told = new Map<string, Map<GetterName, Told>>();
    const unreached = new Map<string, NetwrightError>();
    const devices = (await workspace.inventory()).select(undefined);
    const outcomes = run(
      devices,
      async (job) =>
        await withSource(job, platforms, async (source) => {
          const answers = new Map<GetterName, Told>();
          told.set(job.device.name, answers);
          for (const getter of getterNames) {
            const args = getter === 'get_route_to' ? { destination: '0.0.0.0/0' } : undefined;
            try {
              answers.set(getter, await readFacts(getter, source, args));
            } catch (error) {
              if (!(error instanceof NetwrightError)) throw error;
              answers.set(getter, { error });
              // The line is gone: the next getter would find it dead too.
              if (error.code !== 'NW_NOT_SUPPORTED' && options.faults !== undefined) throw error;
            }
          }
        }),
      await workspace.connector(),
      { timeoutMs, retries: 0 },
    );
    for await (const outcome of outcomes) if (!outcome.ok) unreached.set(outcome.device, outcome.error);
    return { lab, told, unreached };
  } finally {
    // A transcript of a failed login may still be on its way to the disk.
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** Whether a value holds nothing that a device said; a name with nothing below it, as of an NTP server, is something. */
export function isEmpty(value: unknown): boolean {
  if (value === '' || value === -1 || value === undefined || value === null) return true;
  if (typeof value !== 'object') return false;
  return Object.values(value).every((one) => isEmpty(one) && !isBare(one));
}

const isBare = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
