import type { Session } from '#device';
import type { DeviceState, Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { saveByPlatform, withWay } from './configuring.ts';
import { linesWithoutWay, refuseNoEffect, takeBackByTree, typeOrTakeBack } from './line-by-line.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, planByTree } from './tree-plan.ts';

/** `checkpoint auto` counts 1 to 60 minutes. */
const longestMs = 60 * 60_000;
const minutesOf = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000));

async function checkpoints(session: Session, pace: Pace): Promise<readonly string[]> {
  const said = await session.send('show checkpoint list', pace(60_000));
  return said
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((name) => /^[\w-]+$/.test(name));
}

const autoOf = (names: readonly string[]): readonly string[] => names.filter((name) => /^AUTO\d{8,}$/.test(name));

/** A confirmed `checkpoint auto` leaves a checkpoint `AUTO<time>` behind: one that was not there before says that nothing waits. */
async function isPending(session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> {
  if (receipt.timer !== 'device') return false;
  const before = new Set((receipt.marks['auto'] ?? '').split(' '));
  return autoOf(await checkpoints(session, pace)).every((name) => before.has(name));
}

async function stateNow(session: Session, change: Undertaking, pace: Pace): Promise<DeviceState> {
  const now = await readRunning(session, pace);
  if (fingerprint(now, session.platform) === change.receipt.baseHash) return 'before';
  const { state } = placeByTree(session, change.candidate, now);
  return state === 'after' && (await isPending(session, change, pace)) ? 'pending' : state;
}

/** @throws NetwrightError `NW_ROLLBACK_FAILED` */
async function toCheckpoint(session: Session, { receipt }: Undertaking, pace: Pace): Promise<void> {
  const commands = receipt.rollback;
  const said = await session.dialogue(commands[0]!, [{ see: /\(y\/n\)\??\s*$/i, answer: 'y' }], pace(300_000));
  const now = fingerprint(await readRunning(session, pace), session.platform);
  if (now === receipt.baseHash) return;
  throw rollbackFailed(session, 'after the rollback to the checkpoint the configuration is not the one before', {
    commands,
    answer: said,
  });
}

/** AOS-CX: lines take effect one by one; a checkpoint from before brings all back, and `checkpoint auto` does so by itself. */
export const aoscx: Driver = {
  name: 'aoscx',
  platforms: ['aruba_aoscx'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'AOS-CX is not changed file by file');
    const baseText = await readRunning(session, step);
    const plan = planByTree(session, baseText, intent);
    return {
      intent,
      capability: { ...session.platform.transaction, missing: [] },
      baseText,
      diff: plan.diff,
      commands: ['copy running-config checkpoint netwright', ...withWay(session, plan.lines)],
      rollback: plan.rollback,
      ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
    };
  },

  async receipt(session, candidate, { id, confirmMs, ...options }) {
    const checkpoint = `netwright-${id}`;
    const isHeld = confirmMs !== undefined && confirmMs <= longestMs;
    const auto = isHeld ? autoOf(await checkpoints(session, pace(options))) : [];
    return {
      driver: 'aoscx',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : isHeld ? 'device' : 'netwright',
      ...(isHeld ? { confirmMs: minutesOf(confirmMs) * 60_000 } : {}),
      marks: { checkpoint, auto: auto.join(' ') },
      rollback: [`checkpoint rollback ${checkpoint}`],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const kept = await session.dialogue(
      `copy running-config checkpoint ${receipt.marks['checkpoint']}`,
      [],
      step(120_000),
    );
    if (/fail|error|invalid|already exists|maximum/i.test(kept))
      throw changeRefused(session, 'no checkpoint can be made', { answer: kept });
    if (receipt.timer === 'device') {
      const said = await session.dialogue(`checkpoint auto ${minutesOf(receipt.confirmMs!)}`, [], step(60_000));
      if (/fail|error|invalid|in progress/i.test(said))
        throw changeRefused(session, 'the switch starts no `checkpoint auto`', { answer: said });
    }
    const lines = linesWithoutWay(session, candidate.commands.slice(1));
    await typeOrTakeBack(session, lines, step, async () => {
      await toCheckpoint(session, change, step);
      // What it would go back to is what runs now: the timer has nothing left to do.
      if (receipt.timer === 'device') await session.dialogue('checkpoint auto confirm', [], step(60_000));
    });
    await refuseNoEffect(session, candidate, lines, step);
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before') throw nothingToConfirm(session);
    if (state === 'pending') await session.dialogue('checkpoint auto confirm', [], step(120_000));
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before') return;
    const { hasOthers } = placeByTree(session, change.candidate, await readRunning(session, step));
    const isKept = (await checkpoints(session, step)).includes(change.receipt.marks['checkpoint']!);
    // The checkpoint would take back what others did meanwhile as well.
    if (hasOthers || !isKept) await takeBackByTree(session, change.candidate, step);
    else await toCheckpoint(session, change, step);
    if (state === 'pending') await session.dialogue('checkpoint auto confirm', [], step(120_000));
  },

  save: (session, options) => saveByPlatform(session, pace(options)),
  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),

  async forget(session, { receipt }, options) {
    await session.dialogue(
      `erase checkpoint ${receipt.marks['checkpoint']}`,
      [{ see: /\(y\/n\)\??\s*$/i, answer: 'y' }],
      pace(options)(60_000),
    );
  },
};
