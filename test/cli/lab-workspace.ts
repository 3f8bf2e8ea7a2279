import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Secret } from '#core';
import { type Lab, type LabDevice, type LabOptions, startLab } from '#lab';
import { initWorkspace, openWorkspace } from '#workspace';
import { Netwright } from './netwright.ts';

export interface LabWorkspace extends AsyncDisposable {
  readonly lab: Lab;
  readonly folder: string;
  readonly netwright: Netwright;
  /** Values that must stand nowhere. */
  readonly credentials: readonly string[];
  device(name: string): LabDevice;
  /** Writes the inventory anew, with these keys added to devices by name, and these devices added. */
  inventory(changes?: Record<string, object>, more?: Record<string, object>): Promise<void>;
  /** Runs `netwright … -w <folder>` in this process. */
  call(args: readonly string[], options?: Parameters<Netwright['call']>[1]): ReturnType<Netwright['call']>;
  /** Runs it in a process of its own. */
  spawn(args: readonly string[], options?: Parameters<Netwright['spawn']>[1]): ReturnType<Netwright['spawn']>;
}

/** Faults are met in a second, not in a minute; healthy devices have their time on a busy machine. */
const impatient = { connection: { connectTimeoutMs: 1500, authTimeoutMs: 1500, promptTimeoutMs: 1500 } };

/** A lab in this process, and a workspace whose inventory it is. */
export async function labWorkspace(options: LabOptions): Promise<LabWorkspace> {
  const home = await mkdtemp(join(tmpdir(), 'netwright-cli-'));
  const lab = await startLab({ processes: 0, ...options });
  const netwright = new Netwright(home);
  const folder = join(home, 'network');
  await initWorkspace(folder);
  const inventory: LabWorkspace['inventory'] = async (changes = {}, more = {}) => {
    const devices = Object.fromEntries(
      lab.devices.map(({ name, host, port, platform, transport, site, fault }) => [
        name,
        { address: host, port, platform, transport, site, ...(fault && impatient), ...changes[name] },
      ]),
    );
    await writeFile(
      join(folder, 'inventory.yaml'),
      stringify({
        defaults: { credential: 'lab' },
        devices: { ...devices, ...more },
      }),
    );
  };
  await inventory();
  const first = lab.devices[0]!;
  const enable = lab.devices.find((device) => device.enable !== undefined)?.enable;
  {
    await using workspace = await openWorkspace({ folder, env: netwright.env });
    await workspace.credentials.set('lab', {
      user: first.user,
      password: new Secret(first.password),
      ...(enable !== undefined && { enable: new Secret(enable) }),
    });
  }
  return {
    lab,
    folder,
    netwright,
    inventory,
    credentials: [first.password, ...(enable === undefined ? [] : [enable])],
    device: (name) => lab.devices.find((device) => device.name === name)!,
    call: (args, callOptions) => netwright.call([...args, '-w', folder], callOptions),
    spawn: (args, spawnOptions) => netwright.spawn([...args, '-w', folder], spawnOptions),
    async [Symbol.asyncDispose]() {
      await lab.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
