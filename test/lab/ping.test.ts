import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '#core';
import { labInventory, startLab } from '#lab';
import { run } from '#runner';
import { initWorkspace, openWorkspace } from '#workspace';
import { pingFrom } from '../../src/change/checks/ping.ts';
import { planFleet } from '../../src/lab/fleet.ts';

const platforms = [
  'cisco_ios',
  'cisco_xr',
  'juniper_junos',
  'mikrotik_routeros',
  'vyos',
  'linux',
  'arista_eos',
  'cisco_nxos',
  'cisco_xe',
  'hp_comware',
  'huawei_vrp',
  'huawei_vrpv8',
  'brocade_fastiron',
  'aruba_aoscx',
];

test('every system pings a neighbour, and nobody who is not there', { timeout: 60_000 }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'netwright-ping-'));
  const options = { devices: platforms.length, platforms, telnetShare: 0, seed: 3 };
  const wires = new Map(planFleet(options).map(({ name, wires: of = [] }) => [name, of]));
  await using lab = await startLab({ ...options, processes: 0 });
  const { folder } = await initWorkspace(join(home, 'network'));
  const { yaml, credential } = labInventory(lab);
  await writeFile(join(folder, 'inventory.yaml'), yaml);
  {
    await using workspace = await openWorkspace({ folder, env: { HOME: home, XDG_CONFIG_HOME: join(home, 'config') } });
    await workspace.credentials.set(credential.name, {
      user: credential.user,
      password: new Secret(credential.password),
      enable: new Secret(credential.enable),
    });
    const task = run(
      (await workspace.inventory()).select(undefined),
      async (job) => {
        const session = await job.connect();
        const neighbor = wires.get(job.device.name)?.find(({ isRouted }) => isRouted)?.peerAddress;
        return {
          neighbor: neighbor === undefined ? undefined : await pingFrom(session, neighbor),
          stranger: await pingFrom(session, '203.0.113.77'),
        };
      },
      await workspace.connector(),
    );
    const platformOf = new Map(lab.devices.map(({ name, platform }) => [name, platform]));
    const seen = new Set<string>();
    let reached = 0;
    for await (const outcome of task) {
      if (!outcome.ok) throw outcome.error;
      const { neighbor, stranger } = outcome.value;
      seen.add(platformOf.get(outcome.device)!);
      if (neighbor !== undefined) {
        expect(neighbor, outcome.device).toEqual({ holds: true, found: '0 % lost' });
        reached += 1;
      }
      // A switch sends what it does not know to its gateway, and there is an answer.
      if (neighbor !== undefined) expect(stranger.holds, outcome.device).toBe(false);
    }
    expect([...seen].sort()).toEqual([...platforms].sort());
    expect(reached).toBeGreaterThanOrEqual(4);
  }
  await rm(home, { recursive: true, force: true, maxRetries: 10 });
});
