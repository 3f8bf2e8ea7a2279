import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all } from '../change/change-lab.ts';
import { type FrrNetwork, startFrrNetwork } from './frr/frr-network.ts';
import { peer, root } from './peers.ts';
import { peerWorkspace } from './workspace.ts';

const needs = [peer('vtysh'), peer('bgpd'), peer('sshd'), peer('ip'), root('make network namespaces')];
const child = join(import.meta.dirname, '../change/crashing-child.ts');

describe.skipIf(needs.some(({ isMissing }) => isMissing))('changes on two FRR routers that speak BGP', () => {
  let network: FrrNetwork;
  let kept: Awaited<ReturnType<typeof peerWorkspace>>;
  let neighbor: string;

  beforeAll(async () => {
    network = await startFrrNetwork();
    kept = await peerWorkspace(
      Object.fromEntries(
        network.routers.map(({ name, address, port }) => [name, { address, port, platform: 'frr', site: 'lab' }]),
      ),
      { user: 'root', privateKey: network.privateKey },
    );
    neighbor = /neighbor (\S+) remote-as 65002/.exec(await running())![1]!;
  }, 120_000);
  afterAll(async () => {
    await kept?.[Symbol.asyncDispose]();
    await network?.stop();
  }, 60_000);

  const running = async (): Promise<string> => await network.routers[0].vtysh('show running-config');
  const isUp = async (): Promise<boolean> => {
    const summary = JSON.parse(await network.routers[0].vtysh('show bgp summary json'));
    return Object.values<{ state: string }>(summary.ipv4Unicast.peers).every(({ state }) => state === 'Established');
  };
  const settled = async (): Promise<void> => {
    for (const until = Date.now() + 60_000; Date.now() < until; await sleep(250)) if (await isUp()) return;
    throw new Error('the BGP session did not come back within 60 s');
  };
  const plan = async (...lines: readonly string[]) =>
    (await all(kept.workspace.change.plan({ intent: { lines }, select: 'frr1' }))).report.id;
  const expectations = (): readonly string[] => [`bgp_neighbors ${neighbor} is up`];
  const options = { guard: false, checkMs: 20_000 } as const;

  it('plans without touching anything, applies, and rolls back exactly', async () => {
    const before = await running();
    const lines = [
      'ip prefix-list OUR seq 5 permit 203.0.113.0/24 le 28',
      'router bgp 65001',
      ` neighbor ${neighbor} description moved`,
    ];
    const { outcomes, report } = await all(kept.workspace.change.plan({ intent: { lines }, select: 'frr1' }));
    const planned = outcomes.get('frr1');
    if (!planned?.ok) throw planned?.error ?? new Error('no outcome');
    expect(planned.value.text.diff).toMatch(/^\+.*ip prefix-list OUR seq 5/m);
    expect(planned.value.text.diff).toMatch(/^-.*description القاهرة/m);
    expect(await running()).toBe(before);

    const applied = await all(kept.workspace.change.apply(report.id, { ...options, expect: expectations() }));
    expect(applied.outcomes.get('frr1')?.error).toBeUndefined();
    expect(await running()).toContain(`neighbor ${neighbor} description moved`);
    expect(applied.report.states).toEqual({ confirmed: 1 });

    const back = await all(kept.workspace.change.rollback(report.id));
    expect(back.outcomes.get('frr1')?.error).toBeUndefined();
    expect(await running()).toBe(before);
  }, 60_000);

  it('takes back by itself a change that kills the BGP session, and the session returns', async () => {
    await settled();
    const before = await running();
    const id = await plan('router bgp 65001', ` neighbor ${neighbor} shutdown`);
    const { outcomes } = await all(
      kept.workspace.change.apply(id, { ...options, checkMs: 5_000, expect: expectations() }),
    );
    expect(outcomes.get('frr1')).toMatchObject({ ok: false, error: { code: 'NW_CHECK_FAILED' } });
    expect(outcomes.get('frr1')?.error?.message).toContain('is_up is false');
    const { devices } = await kept.workspace.change.status(id);
    expect(devices[0]).toMatchObject({ state: 'rolled back', isRollbackExact: true });
    expect(await running()).toBe(before);
    await settled();
  }, 120_000);

  it('says which line the router refuses, and takes the lines before it back', async () => {
    const before = await running();
    const id = await plan('ip prefix-list OUR seq 5 permit 203.0.113.0/24', 'router bgp 65001', ' bananas for ever');
    const { outcomes } = await all(kept.workspace.change.apply(id, options));
    expect(outcomes.get('frr1')?.error?.code, outcomes.get('frr1')?.error?.message).toBe('NW_CHANGE_REFUSED');
    expect(outcomes.get('frr1')?.error?.message).toContain('bananas for ever');
    expect(await running()).toBe(before);
  }, 60_000);

  it.each([
    ['after:commit', 'between the commit and the word of it'],
    ['state:pending', 'while it waits for the confirmation'],
  ])(
    'rolls back when it was killed with SIGKILL %s (%s), as soon as Netwright runs again',
    async (point) => {
      const before = await running();
      const id = await plan('ip prefix-list OUR seq 5 permit 203.0.113.0/24');
      const { PATH } = process.env;
      const home = dirname(kept.folder);
      const env = { PATH, HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
      // Unless it is confirmed within three seconds.
      const args = ['--conditions=source', child, kept.folder, id, 'frr1', 'apply', point, '', '3000'];
      const started = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
      expect((await once(started, 'exit'))[1]).toBe('SIGKILL');
      expect(await running()).toContain('ip prefix-list OUR seq 5');
      await sleep(3_500);
      const { devices, settled: done } = await kept.workspace.change.status(id);
      expect(done.map(({ value }) => value)).toEqual(['rolled back']);
      expect(devices[0]).toMatchObject({ state: 'rolled back', error: { code: 'NW_NOT_CONFIRMED' } });
      expect(await running()).toBe(before);
    },
    60_000,
  );

  it('rolls back in time with nobody starting Netwright again: the guard does', async () => {
    const before = await running();
    const id = await plan('ip prefix-list OUR seq 5 permit 203.0.113.0/24');
    const { PATH } = process.env;
    const home = dirname(kept.folder);
    const env = { PATH, HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
    const args = ['--conditions=source', child, kept.folder, id, 'frr1', 'apply', 'state:pending', 'guarded', '4000'];
    const started = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    expect((await once(started, 'exit'))[1]).toBe('SIGKILL');
    expect(await running()).toContain('ip prefix-list OUR seq 5');
    for (const until = Date.now() + 30_000; Date.now() < until && (await running()) !== before; ) await sleep(250);
    expect(await running()).toBe(before);
  }, 60_000);
});
