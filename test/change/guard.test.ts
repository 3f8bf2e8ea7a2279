import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeStatus, watchChanges } from '#change';
import { all, type ChangeLab, changeLab } from './change-lab.ts';

const child = join(import.meta.dirname, 'crashing-child.ts');

async function until(what: string, isTrue: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(200)) if (await isTrue()) return;
  throw new Error(`${what} did not happen within ${timeoutMs} ms`);
}

/** Processes that run the guard of a change. */
async function guardsOf(id: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (line.includes('guard/main') && line.split('\0').includes(id)) found.push(Number(name));
  }
  return found;
}

describe.skipIf(process.platform !== 'linux')('the guard of a change (looks at /proc)', () => {
  let net: ChangeLab;
  beforeAll(async () => {
    net = await changeLab({ platforms: ['juniper_junos'], devices: 3 });
  });
  afterAll(async () => await net[Symbol.asyncDispose]());
  const plan = async (device: string) =>
    (await all(net.workspace.change.plan({ intent: { lines: ['set system ntp server 192.0.2.99'] }, select: device })))
      .report.id;
  const crash = async (id: string, device: string, point: string): Promise<void> => {
    const args = ['--conditions=source', child, net.folder, id, device, 'apply', point, 'guarded'];
    const started = spawn(process.execPath, args, { env: net.env, stdio: ['ignore', 'ignore', 'inherit'] });
    expect((await once(started, 'exit'))[1]).toBe('SIGKILL');
  };
  const stateOf = async (id: string) => (await changeStatus(net.workspace, id, { settle: false })).devices[0]?.state;

  it('keeps the promises of a process that was killed, with nobody else starting Netwright, and ends', async () => {
    const [device = '', other = ''] = net.names;
    const before = await net.lab.device(device).running();
    const [committed, decided] = [await plan(device), await plan(other)];
    await Promise.all([crash(committed, device, 'after:commit'), crash(decided, other, 'state:confirming')]);
    await until('the rollback', async () => (await stateOf(committed)) === 'rolled back');
    await until('the confirmation', async () => (await stateOf(decided)) === 'confirmed');
    expect(await net.lab.device(device).running()).toBe(before);
    expect(await net.lab.device(other).running()).toContain('192.0.2.99');
    await until(
      'the end of the guards',
      async () => (await guardsOf(committed)).length + (await guardsOf(decided)).length === 0,
    );
    // It says what it did, and nothing that is secret.
    const log = await readFile(join(net.folder, '.netwright', 'guards', `${committed}.log`), 'utf8');
    expect(log).toContain('"state":"rolled back"');
    const { devices } = await net.workspace.change.status(committed);
    expect(devices[0]).toMatchObject({ isRollbackExact: true, error: { code: 'NW_NOT_CONFIRMED' } });
    const audit = await (await import('#change')).readAudit(net.workspace, { changeId: committed });
    expect(audit.find(({ event }) => event === 'rolled back')?.actor).toBe('netwright guard');
  }, 60_000);

  it('leaves alone what somebody alive works on, and goes when all is done', async () => {
    const [, , device = ''] = net.names;
    const id = await plan(device);
    let guards = 0;
    const { report } = await all(
      net.workspace.change.apply(id, {
        ...{ guard: true, backup: false },
        expect: ['config(retrieve=running) running contains 192.0.2.99'],
        onEvent: (event) => {
          if (event.type === 'step' && event.state === 'pending')
            void guardsOf(id).then(({ length }) => (guards = length));
        },
      }),
    );
    expect(report.states).toEqual({ confirmed: 1 });
    expect(guards).toBe(1);
    await until('the end of the guard', async () => (await guardsOf(id)).length === 0);
    // A log of nothing is not kept.
    expect(existsSync(join(net.folder, '.netwright', 'guards', `${id}.log`))).toBe(false);
    expect(await readdir(join(net.folder, '.netwright', 'owners'))).toEqual([]);
  }, 60_000);

  it('can be replaced by a watch of all changes', async () => {
    const [device = ''] = net.names;
    const id = await plan(device);
    const args = ['--conditions=source', child, net.folder, id, device, 'apply', 'after:commit'];
    const started = spawn(process.execPath, args, { env: net.env, stdio: ['ignore', 'ignore', 'inherit'] });
    await once(started, 'exit');
    const stop = new AbortController();
    const settled: string[] = [];
    const watching = watchChanges(net.workspace, {
      ...{ signal: stop.signal, everyMs: 100 },
      onSettled: (outcome) => {
        settled.push(`${outcome.device} ${outcome.value}`);
        stop.abort();
      },
    });
    await watching;
    expect(settled).toEqual([`${device} rolled back`]);
  }, 60_000);
});
