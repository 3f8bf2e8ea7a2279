import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceFault } from '#lab';
import { all, type ChangeLab, changeLab } from './change-lab.ts';

/** A system whose own timer takes changes back, and one that has none. */
const systems = [
  { platform: 'arista_eos', lines: ['ntp server 192.0.2.99'], commit: '^commit' },
  { platform: 'cisco_ios', lines: ['ntp server 192.0.2.99'], commit: '^ntp server' },
] as const;

describe.each(systems)('a $platform that is in trouble', ({ platform, lines, commit }) => {
  let net: ChangeLab;
  let name: string;
  let before: string;
  let id: string;
  beforeEach(async () => {
    net = await changeLab({
      platforms: [platform],
      settings: ['change.stepMs=1200', 'change.returnMs=15000', 'change.checkMs=6000'],
    });
    name = net.names[0]!;
    await net.lab.device(name).save();
    before = await net.lab.device(name).running();
    id = (await all(net.workspace.change.plan({ intent: { lines } }))).report.id;
  });
  afterEach(async () => await net[Symbol.asyncDispose]());

  /** Applies with the fault; what became of it must be one of the ends, and true. */
  const applyWith = async (fault: DeviceFault): Promise<string> => {
    await net.lab.device(name).fault(fault);
    const { outcomes } = await all(net.workspace.change.apply(id, { backup: false }));
    const { devices } = await net.workspace.change.status(id);
    const { state, error } = devices[0]!;
    const running = await net.lab.device(name).running();
    if (state === 'confirmed') expect(running, error?.message).toContain('192.0.2.99');
    else {
      expect(['not applied', 'rolled back'], error?.message).toContain(state);
      expect(running, `${state}: ${error?.message}`).toBe(before);
      expect(outcomes.get(name)?.ok).toBe(false);
    }
    return state;
  };

  it.each(['before', 'after'] as const)(
    'because it restarts %s it commits',
    async (when) => {
      await applyWith({ kind: 'reboot', on: commit, when, downMs: 800 });
      expect((await net.lab.device(name).status()).reboots).toBe(1);
    },
    60_000,
  );

  it.each(['before', 'after'] as const)(
    'because its commit hangs (%s it is done)',
    async (when) => {
      await applyWith({ kind: 'hang', on: commit, when });
    },
    60_000,
  );

  it('because its disk is full: whatever cannot be undone is not begun', async () => {
    const state = await applyWith({ kind: 'disk-full' });
    expect(['not applied', 'rolled back', 'confirmed']).toContain(state);
  }, 60_000);

  it('because it is away for long: it stays locked, unknown, and is settled when it is back', async () => {
    await net.workspace.close();
    await using impatient = await net.open(['change.returnMs=1000']);
    await net.lab.device(name).fault({ kind: 'reboot', on: commit, when: 'after', downMs: 3_500 });
    const { outcomes } = await all(impatient.change.apply(id, { backup: false }));
    expect(outcomes.get(name)).toMatchObject({ ok: false });
    const { changeStatus } = await import('#change');
    const unsettled = await changeStatus(impatient, id, { settle: false });
    expect(['unknown', 'rolling back']).toContain(unsettled.devices[0]?.state);
    for (const until = Date.now() + 30_000; Date.now() < until; ) {
      const { devices } = await impatient.change.status(id);
      if (devices[0]?.state === 'rolled back' || devices[0]?.state === 'not applied') break;
    }
    expect(['rolled back', 'not applied']).toContain((await impatient.change.status(id)).devices[0]?.state);
    expect(await net.lab.device(name).running()).toBe(before);
  }, 90_000);
});
