import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, type ChangeLab, changeLab } from './change-lab.ts';

const child = join(import.meta.dirname, 'crashing-child.ts');
const line = 'ntp server 192.0.2.99';
const childrenAtOnce = 3;

/** Where a process that applies may die, and what must become of the device when the next one looks. */
const applying = [
  ['state:locked', 'not applied'],
  ['before:receipt', 'not applied'],
  ['after:receipt', 'not applied'],
  ['state:committing', 'not applied'],
  ['before:commit', 'not applied'],
  ['after:commit', 'rolled back'],
  ['state:pending', 'rolled back'],
  ['state:confirming', 'confirmed'],
  ['before:confirm', 'confirmed'],
  ['after:confirm', 'confirmed'],
  ['state:saving', 'confirmed'],
  ['before:save', 'confirmed'],
  ['after:save', 'confirmed'],
] as const;

const rollingBack = ['state:rolling back', 'before:rollback', 'after:rollback', 'after:read'] as const;

describe('a process that dies in the middle of a change', () => {
  let net: ChangeLab;
  beforeAll(async () => {
    net = await changeLab({
      platforms: ['arista_eos'],
      devices: applying.length,
      settings: ['change.guardMs=60000'],
    });
  });
  afterAll(async () => await net[Symbol.asyncDispose]());

  const crash = async (id: string, device: string, verb: string, point: string, more: readonly string[] = []) => {
    const args = ['--conditions=source', child, net.folder, id, device, verb, point, ...more];
    const started = spawn(process.execPath, args, {
      env: { ...net.env, NETWRIGHT_CHANGE_GUARD_MS: '60000' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said, [, signal]] = await Promise.all([
      text(started.stdout),
      once(started, 'exit') as Promise<[number, string]>,
    ]);
    expect(`${point}: ${signal} ${said}`).toBe(`${point}: SIGKILL `);
  };
  const crashAll = async (points: readonly (() => Promise<void>)[]): Promise<void> => {
    const waiting = [...points];
    await Promise.all(
      Array.from({ length: childrenAtOnce }, async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
      }),
    );
  };
  const stateOf = async (id: string, device: string) =>
    (await net.workspace.change.status(id)).devices.find((one) => one.device === device);

  it('leaves a state that the next look brings to the end that was promised, wherever it died', async () => {
    const before = new Map<string, string>();
    for (const name of net.names) before.set(name, await net.lab.device(name).running());
    const { report } = await all(net.workspace.change.plan({ intent: { lines: [line] } }));
    await crashAll(
      applying.map(
        ([point], at) =>
          async () =>
            await crash(report.id, net.names[at]!, 'apply', point),
      ),
    );
    // Somebody else's change must wait for what is not known yet.
    const pending = net.names[applying.findIndex(([point]) => point === 'state:pending')]!;
    const other = await all(net.workspace.change.plan({ intent: { lines: ['ip domain-name a.b'] }, select: pending }));
    const blocked = await all(net.workspace.change.apply(other.report.id, { backup: false }));
    expect(blocked.outcomes.get(pending)).toMatchObject({ error: { code: 'NW_CHANGE_LOCKED' } });

    await net.workspace.change.status(report.id);
    // What waits for a confirmation until its time is over is due then: the clock of the test goes ahead.
    await using later = await net.open();
    const now = later.clock.now.bind(later.clock);
    Object.assign(later, { clock: { ...later.clock, now: () => now() + 200_000 } });
    const { devices } = await later.change.status(report.id);
    for (const [at, [point, expected]] of applying.entries()) {
      const name = net.names[at]!;
      const { state, error } = devices.find(({ device }) => device === name)!;
      expect(`${point}: ${state}`, error?.message).toBe(`${point}: ${expected}`);
      const running = await net.lab.device(name).running();
      if (expected === 'confirmed') {
        expect(running).toContain('192.0.2.99');
        expect((await net.lab.device(name).status()).rollbackInMs).toBeUndefined();
      } else expect(running).toBe(before.get(name));
    }

    const confirmed = applying.flatMap(([, expected], at) => (expected === 'confirmed' ? [net.names[at]!] : []));
    await crashAll(
      rollingBack.map((point, at) => async () => await crash(report.id, confirmed[at]!, 'rollback', point)),
    );
    for (const [at, point] of rollingBack.entries()) {
      const name = confirmed[at]!;
      const record = await stateOf(report.id, name);
      if (point === 'after:read') {
        // It died while it looked whether others had changed something: nothing was decided yet.
        expect(record?.state).toBe('confirmed');
        continue;
      }
      expect(`${point}: ${record?.state}`).toBe(`${point}: rolled back`);
      expect(await net.lab.device(name).running()).toBe(before.get(name));
    }
    expect((await net.workspace.change.verifyAudit()).records).toBeGreaterThan(50);
  }, 90_000);
});
