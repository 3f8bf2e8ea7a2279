import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '#device';
import type { DeviceFault } from '#lab';
import type { CommitOptions, Driver, Intent } from '../../../src/change/driver.ts';
import { type Bench, codeOf, plan } from './bench.ts';

/** What a driver is tried with. */
export interface Trial {
  readonly driver: Driver;
  readonly bench: Bench;
  /** Lines that the system knows, and words of them that the running configuration then holds. */
  readonly merge: Intent;
  readonly holds: string;
  /** The whole configuration, made of the running one. */
  readonly replace?: (running: string) => string;
  /** A line that the system refuses. */
  readonly bad: Intent;
  /** The device takes an unconfirmed change back by itself. */
  readonly timer: 'device' | 'netwright';
  /** A line in the dialogue of the commit that a fault lets the device refuse; default: the second line of the change. */
  readonly refuse?: string;
  /** Before each test: archive, features. */
  readonly setUp?: readonly string[];
  readonly confirmMs?: number;
  /** What a second person types, and words of it that the running configuration then holds. */
  readonly other: readonly string[];
  readonly otherHolds: string;
  /** The line that a device hangs on. Default: the one of `holds`. */
  readonly hangsOn?: string;
  /** The line that a device restarts at. Default: the one of `holds`. */
  readonly restartsAt?: string;
  /** What makes a rollback fail. Default: rollbacks of the device do. */
  readonly spoiled?: readonly DeviceFault[];
  readonly spoil?: (bench: Bench) => Promise<void>;
  /** False where another platform of the same driver went through all of it. Default true. */
  readonly isThorough?: boolean;
  /** How the second person types it; default: at the console, in force at once. */
  readonly otherTypes?: (session: Session) => Promise<unknown>;
}

const minute = 60_000;

/** What every driver does the same way, whatever the system: none of it is left out for any. */
export function behavesAsDriver({
  driver,
  bench,
  merge,
  holds,
  replace,
  bad,
  timer,
  refuse,
  setUp,
  confirmMs = 5 * minute,
  other,
  otherHolds,
  otherTypes,
  isThorough = true,
  spoiled = [{ kind: 'rollback-fails' }],
  spoil,
  hangsOn = 'netwright-was-here',
  restartsAt = 'netwright-was-here',
}: Trial): void {
  const { over } = bench;
  const id = 'c1';
  const timed: CommitOptions = { id, confirmMs, comment: 'new uplink' };
  const kept: CommitOptions = { id };
  let before: string;
  let startup: string;

  beforeEach(async () => {
    await bench.fresh();
    if (setUp) await bench.control.configure(setUp);
    await bench.control.save();
    before = await bench.control.running();
    startup = await bench.control.startup();
  });

  const isUntouched = async (): Promise<void> => {
    expect(await bench.control.running()).toBe(before);
    expect(await bench.control.startup()).toBe(startup);
    const { rollbackInMs } = await bench.control.status();
    expect(rollbackInMs).toBeUndefined();
  };

  describe('a plan', () => {
    it('shows what would change, and changes nothing', async () => {
      const files = await bench.control.files();
      const { candidate } = await plan(bench, driver, merge);
      expect(candidate.diff).toContain(holds);
      expect(candidate.commands.join('\n')).toContain(holds);
      expect(candidate.intent).toEqual(merge);
      await isUntouched();
      expect(await bench.control.files()).toEqual(files);
      // Nothing is in the way of the next one.
      expect((await plan(bench, driver, merge)).candidate.diff).toBe(candidate.diff);
    });

    it('is empty when all is as it is wanted', async () => {
      const change = await plan(bench, driver, merge, kept);
      await over((session) => driver.commit(session, change, kept));
      expect((await plan(bench, driver, merge, { id: 'c2' })).candidate.diff).toBe('');
    });

    it('says which line is wrong, at the latest when it is committed, and leaves nothing behind', async () => {
      const code = await codeOf(
        plan(bench, driver, bad, kept).then((change) => over((session) => driver.commit(session, change, kept))),
      );
      expect(code).toBe('NW_CHANGE_REFUSED');
      await isUntouched();
      expect((await plan(bench, driver, merge)).candidate.diff).toContain(holds);
    });
  });

  describe('a commit', () => {
    it('stays, is told as done, and goes away again to the last byte', async () => {
      const change = await plan(bench, driver, merge, kept);
      expect(change.receipt).toMatchObject({ timer: 'none', driver: driver.name });
      await over((session) => driver.commit(session, change, kept));
      expect(await bench.control.running()).toContain(holds);
      expect(await over((session) => driver.state(session, change))).toBe('after');
      await over((session) => driver.confirm(session, change));
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(before);
      expect(await over((session) => driver.state(session, change))).toBe('before');
      // Once more is no error.
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(before);
    });

    it('is saved, and taken back long after', async () => {
      const change = await plan(bench, driver, merge, kept);
      await over(async (session) => {
        await driver.commit(session, change, kept);
        await driver.save(session);
      });
      expect(await bench.control.startup()).toContain(holds);
      await over(async (session) => {
        await driver.rollback(session, change);
        await driver.save(session);
      });
      expect(await bench.control.running()).toBe(before);
      expect(await bench.control.startup()).toBe(startup);
    });

    it('with a timer stays once it is confirmed', async () => {
      const change = await plan(bench, driver, merge, timed);
      expect(change.receipt.timer).toBe(timer);
      await over((session) => driver.commit(session, change, timed));
      expect(await over((session) => driver.state(session, change))).toBe(timer === 'device' ? 'pending' : 'after');
      await over((session) => driver.confirm(session, change));
      expect(await over((session) => driver.state(session, change))).toBe('after');
      await bench.control.advance(60 * minute);
      expect(await bench.control.running()).toContain(holds);
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(before);
    });

    it('with a timer is taken back by hand before it ends', async () => {
      const change = await plan(bench, driver, merge, timed);
      await over((session) => driver.commit(session, change, timed));
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(before);
      await bench.control.advance(60 * minute);
      await isUntouched();
    });

    it.runIf(timer === 'device')('is taken back by the device when nobody confirms it, to the last byte', async () => {
      const change = await plan(bench, driver, merge, timed);
      await over((session) => driver.commit(session, change, timed));
      expect(await bench.control.running()).toContain(holds);
      await bench.control.advance(change.receipt.confirmMs! + 1_000);
      await waitUntilReachable(bench);
      expect(await bench.control.running()).toBe(before);
      expect(await over((session) => driver.state(session, change))).toBe('before');
      expect(await codeOf(over((session) => driver.confirm(session, change)))).toBe('NW_CHANGE_STATE');
    });

    it('that the device refuses in the middle leaves nothing of it', async () => {
      const change = await plan(bench, driver, merge, timed);
      await bench.control.fault({ kind: 'refuse', line: refuse ?? 2 });
      const failed = over((session) => driver.commit(session, change, timed));
      await expect(failed).rejects.toMatchObject({ code: 'NW_CHANGE_REFUSED' });
      await isUntouched();
      expect(await over((session) => driver.state(session, change))).toBe('before');
    });

    it('that cannot be taken back says so, with what is left to be typed, and can be tried again', async () => {
      const change = await plan(bench, driver, merge, kept);
      await over((session) => driver.commit(session, change, kept));
      for (const fault of spoiled) await bench.control.fault(fault);
      await spoil?.(bench);
      const failed = over((session) => driver.rollback(session, change));
      await expect(failed).rejects.toMatchObject({ code: 'NW_ROLLBACK_FAILED' });
      const { details } = (await failed.catch((error: unknown) => error)) as { details: { commands: string[] } };
      expect(details.commands.length).toBeGreaterThan(0);
      await bench.control.heal();
      expect(await over((session) => driver.state(session, change))).not.toBe('before');
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(before);
    });

    it('during which the device restarts is told for what it came to', async () => {
      const change = await plan(bench, driver, merge, timed);
      await bench.control.fault({ kind: 'reboot', on: restartsAt });
      const code = await codeOf(over((session) => driver.commit(session, change, timed)));
      expect(code).toBe('NW_CONNECTION_LOST');
      await waitUntilReachable(bench);
      expect(await over((session) => driver.state(session, change))).toBe('before');
      expect(await bench.control.running()).toBe(before);
    });

    it.runIf(isThorough)('ends in time, and when it is cancelled, on a device that does not answer', async () => {
      const change = await plan(bench, driver, merge, timed);
      for (const [options, code] of [
        [{ ...timed, timeoutMs: 1_200 }, 'NW_COMMAND_TIMEOUT'],
        [{ ...timed, signal: AbortSignal.timeout(800) }, 'NW_CANCELLED'],
      ] as const) {
        await bench.control.fault({ kind: 'hang', on: hangsOn });
        expect(await codeOf(over((session) => driver.commit(session, change, options)))).toBe(code);
        await bench.control.heal();
        await over(async (session) => {
          await driver.rollback(session, change);
          expect(await driver.state(session, change)).toBe('before');
          await driver.forget?.(session, change);
        });
        expect(await bench.control.running()).toBe(before);
      }
    });

    it('leaves no marks once it is forgotten', async () => {
      const files = await bench.control.files();
      const change = await plan(bench, driver, merge, kept);
      await over((session) => driver.commit(session, change, kept));
      await over(async (session) => driver.forget?.(session, change));
      expect(await bench.control.files()).toEqual(files);
      expect(await bench.control.running()).toContain(holds);
    });
  });

  describe.runIf(replace !== undefined)('a whole configuration', () => {
    it('takes the place of the old one and gives it back to the last byte', async () => {
      const text = replace!(before);
      const change = await plan(bench, driver, { kind: 'replace', text }, kept);
      expect(change.candidate.diff).not.toBe('');
      await isUntouched();
      await over((session) => driver.commit(session, change, kept));
      expect(await bench.control.running()).toBe(text);
      expect(await over((session) => driver.state(session, change))).toBe('after');
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(before);
    });
  });

  describe('a cut connection', () => {
    it.each(isThorough ? (['before', 'during'] as const) : (['during'] as const))(
      'at each line of a commit (%s) leaves a state that is told, and can be taken back',
      { timeout: 120_000 },
      async (when) => {
        const change = await plan(bench, driver, merge, timed);
        let states = '';
        for (let atCommand = 1; ; atCommand += 1) {
          const code = await codeOf(
            over(async (session) => {
              // What opening a session types is no part of the change.
              await driver.read(session, merge);
              await bench.control.fault({ kind: 'cut', atCommand, when });
              await driver.commit(session, change, timed);
            }),
          );
          await bench.control.heal();
          const now = await bench.control.running();
          const label = `cut ${when} line ${atCommand}`;
          await over(async (session) => {
            const state = await driver.state(session, change);
            states += `${state[0]}`;
            if (now === before) expect(state, label).toBe('before');
            else expect(state, label).not.toBe('before');
            // A trial whose session is gone ends by itself.
            if (timer === 'netwright' && state === 'pending') await bench.control.advance(minute);
            await driver.rollback(session, change);
            await driver.forget?.(session, change);
          });
          expect(await bench.control.running(), label).toBe(before);
          await bench.control.advance(60 * minute);
          await waitUntilReachable(bench);
          expect(await bench.control.running(), label).toBe(before);
          expect((await bench.control.status()).rollbackInMs).toBeUndefined();
          if (code === undefined) break;
        }
        // All of the dialogue was tried: it begins unchanged and ends done.
        expect(states).toMatch(timer === 'device' ? /^b.*[pa]$/ : /^b.*a$/);
      },
    );

    it.runIf(isThorough)('while planning leaves nothing that the next plan minds', async () => {
      for (let atCommand = 1; atCommand < 12; atCommand += 1) {
        const code = await codeOf(
          over(async (session) => {
            await driver.read(session, merge);
            await bench.control.fault({ kind: 'cut', atCommand });
            await driver.prepare(session, merge);
          }),
        );
        await bench.control.heal();
        await isUntouched();
        if (code === undefined) break;
      }
      expect((await plan(bench, driver, merge)).candidate.diff).toContain(holds);
    });
  });

  describe('somebody else', () => {
    it('who changes another line before anything of ours is there does not make it ours', async () => {
      const change = await plan(bench, driver, merge, kept);
      await (otherTypes ? over(otherTypes) : bench.control.configure(other));
      const theirs = await bench.control.running();
      expect(await over((session) => driver.state(session, change))).toBe('before');
      await over((session) => driver.rollback(session, change));
      expect(await bench.control.running()).toBe(theirs);
    });

    it('who changes another line meanwhile keeps it when ours is taken back, or is told of', async () => {
      const change = await plan(bench, driver, merge, kept);
      await over((session) => driver.commit(session, change, kept));
      await (otherTypes ? over(otherTypes) : bench.control.configure(other));
      const both = await bench.control.running();
      const code = await codeOf(over((session) => driver.rollback(session, change)));
      const after = await bench.control.running();
      // Either ours alone goes, or nothing does and the operator is told: never theirs without a word.
      if (code === undefined) expect(after).not.toContain(holds);
      else expect(code).toBe('NW_ROLLBACK_FAILED');
      expect(after).toContain(otherHolds);
      expect(both).toContain(holds);
    });
  });
}

/** Systems that reboot to take a change back are away for a moment. */
async function waitUntilReachable({ control }: Bench): Promise<void> {
  for (let tries = 0; tries < 100 && !(await control.status()).isReachable; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
