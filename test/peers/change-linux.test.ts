import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IntentSource } from '#change';
import { all } from '../change/change-lab.ts';
import { type LinuxHost, startLinuxHost } from './linux/linux-host.ts';
import { peer, root } from './peers.ts';
import { peerWorkspace } from './workspace.ts';

const needs = [peer('sshd'), peer('ssh-keygen'), peer('ip'), root('make network namespaces')];

/** The network file of the host: the state of its only link, and its MTU. */
const well = 'mtu 1500\nup\n';

describe.skipIf(needs.some(({ isMissing }) => isMissing))('a network file of a Linux host behind OpenSSH', () => {
  let host: LinuxHost;
  let kept: Awaited<ReturnType<typeof peerWorkspace>>;
  let path: string;

  beforeAll(async () => {
    host = await startLinuxHost();
    path = join(host.folder, 'mgmt.conf');
    const device = { address: host.address, port: host.port, platform: 'linux' };
    kept = await peerWorkspace(
      { host: { ...device, connection: { connectTimeoutMs: 2_000 } } },
      { user: 'root', privateKey: host.privateKey },
    );
  }, 60_000);
  afterAll(async () => {
    await kept?.[Symbol.asyncDispose]();
    await host?.stop();
  }, 60_000);
  beforeEach(async () => await writeFile(path, well));

  /** The check wants a state that a link can have; the reload brings the file into effect. */
  const intent = (text: string): IntentSource => ({
    ...{ lines: text.trimEnd().split('\n'), kind: 'replace' },
    target: {
      path,
      check: `grep -qxE 'up|down' {file}`,
      reload: `ip link set mgmt $(head -n 1 ${path}) $(tail -n 1 ${path})`,
    },
  });
  const plan = async (text: string) => await all(kept.workspace.change.plan({ intent: intent(text) }));
  const options = { backup: false, guard: false } as const;
  const mtu = async (): Promise<string> => (await host.inside('cat', '/sys/class/net/mgmt/mtu')).trim();
  const left = async (): Promise<string[]> =>
    (await readdir(host.folder)).filter((name) => name.includes('.timer') || name.includes('.new'));

  it('is written, checked, brought into effect, proven with a ping, and taken back', async () => {
    const { outcomes, report } = await plan('mtu 1400\nup');
    const planned = outcomes.get('host');
    if (!planned?.ok) throw planned?.error ?? new Error('no outcome');
    expect(planned.value).toMatchObject({ state: 'planned', promise: { atomic: true, rollback: 'exact' } });
    expect(planned.value.text.diff).toMatch(/-mtu 1500\n\+mtu 1400/);
    expect(await readFile(path, 'utf8')).toBe(well);
    const gateway = host.address.replace(/\.2$/, '.1');
    const applied = await all(
      kept.workspace.change.apply(report.id, { ...options, pings: [gateway], checkMs: 10_000 }),
    );
    expect(applied.outcomes.get('host')?.error).toBeUndefined();
    expect([await readFile(path, 'utf8'), await mtu()]).toEqual(['mtu 1400\nup\n', '1400']);
    expect((await all(kept.workspace.change.rollback(report.id))).outcomes.get('host')?.error).toBeUndefined();
    expect([await readFile(path, 'utf8'), await mtu()]).toEqual([well, '1500']);
    expect(await left()).toEqual([]);
  }, 60_000);

  it('is left alone when the check refuses it', async () => {
    const { report } = await plan('mtu 1400\nsideways');
    const { outcomes } = await all(kept.workspace.change.apply(report.id, options));
    expect(outcomes.get('host')).toMatchObject({ ok: false, error: { code: 'NW_CHANGE_REFUSED' } });
    expect([await readFile(path, 'utf8'), await mtu()]).toEqual([well, '1500']);
  }, 60_000);

  it('is taken back when it does not do what was expected', async () => {
    const { report } = await plan('mtu 1300\nup');
    const { outcomes } = await all(
      kept.workspace.change.apply(report.id, { ...options, pings: ['198.51.100.1'], checkMs: 1_000 }),
    );
    expect(outcomes.get('host')).toMatchObject({ ok: false, error: { code: 'NW_CHECK_FAILED' } });
    expect([await readFile(path, 'utf8'), await mtu()]).toEqual([well, '1500']);
  }, 60_000);

  it('is restored by the host itself when it cuts our own path', async () => {
    const { report } = await plan('mtu 1500\ndown');
    const { outcomes } = await all(
      kept.workspace.change.apply(report.id, { ...options, confirmMs: 6_000, checkMs: 3_000 }),
    );
    const { error } = outcomes.get('host')!;
    expect(error, 'a change that cuts us off must not go well').toBeDefined();
    const { devices } = await kept.workspace.change.status(report.id);
    expect(devices[0]?.state, devices[0]?.error?.message).toMatch(/^(rolled back|not applied)$/);
    expect(devices[0]).toMatchObject({ isRollbackExact: true });
    expect(await readFile(path, 'utf8')).toBe(well);
    expect((await host.inside('ip', '-br', 'link', 'show', 'mgmt')).trim()).toMatch(/\sUP\s/);
    expect(await left()).toEqual([]);
  }, 90_000);
});
