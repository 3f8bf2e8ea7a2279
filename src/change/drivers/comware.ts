import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { configuring, saveByPlatform, withWay } from './configuring.ts';
import { linesWithoutWay, refuseNoEffect, takeBackByTree, typeOrTakeBack } from './line-by-line.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, planByTree } from './tree-plan.ts';

const questions: readonly Exchange[] = [
  // `configuration replace file` asks whether to save what runs first: the start-up configuration is not ours to change.
  { see: /save (?:the )?current configuration\?? ?\[Y\/N\]\s*:?\s*$/i, answer: 'N' },
  { see: /\[Y\/N(?:\/Q)?\]\s*:?\s*$/i, answer: 'Y' },
];

/** Saving under a name of its own: that is asked, and only yes writes it. */
const saveQuestions: readonly Exchange[] = [{ see: /\[Y\/N(?:\/Q)?\]\s*:?\s*$/i, answer: 'Y' }];

/** `configuration replace file` came with Comware 5.20 R22 on switches, later on routers; whether it is there only trying tells. */
async function replaceBy(session: Session, file: string, pace: Pace): Promise<string> {
  return configuring(session, pace, () =>
    session.dialogue(`configuration replace file ${file}`, questions, pace(600_000)),
  );
}

async function takeBack(session: Session, change: Undertaking, pace: Pace): Promise<void> {
  await restore(session, change, pace);
  // A timer of a commit that was cut off has nothing left to do, and must not take back what comes later.
  if (change.receipt.timer !== 'none' && (await knowsDelay(session, pace))) {
    await guarded(session, 'configuration commit', pace);
  }
}

async function restore(session: Session, change: Undertaking, pace: Pace): Promise<void> {
  const { candidate, receipt } = change;
  // The kept file would take back what others did meanwhile as well.
  if (placeByTree(session, candidate, await readRunning(session, pace)).hasOthers) {
    await takeBackByTree(session, candidate, pace);
    return;
  }
  const said = await replaceBy(session, receipt.marks['file']!, pace);
  if (fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash) return;
  // An older release does not know the command, or it stopped half-way: the rest goes line by line.
  await takeBackByTree(session, candidate, pace);
  if (fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash) return;
  throw rollbackFailed(session, 'the configuration is not the one before', {
    commands: receipt.rollback,
    answer: said,
  });
}

async function knowsDelay(session: Session, pace: Pace): Promise<boolean> {
  return /Comware.*Version 7\./.test(await session.send('display version', pace(60_000)));
}

const stateNow = async (
  session: Session,
  { candidate, receipt }: Undertaking,
  pace: Pace,
): Promise<'before' | 'after' | 'between'> => {
  const now = await readRunning(session, pace);
  return fingerprint(now, session.platform) === receipt.baseHash
    ? 'before'
    : placeByTree(session, candidate, now).state;
};

/** Only as long as the lines are typed: who cuts his own path finds the device as it was some minutes later. */
const guardMinutes = (lines: readonly string[]): number => 2 + Math.floor(lines.length / 200);

/** Comware 7 goes back by itself unless `configuration commit` comes in time; nothing tells whether it waits for that. */
async function guarded(session: Session, command: string, pace: Pace): Promise<void> {
  await configuring(session, pace, () => session.dialogue(command, questions, pace(60_000)));
}

/** Comware 7: lines take effect one by one; `configuration replace file` brings a kept configuration back. */
export const comware: Driver = {
  name: 'comware',
  platforms: ['hp_comware'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'Comware is not changed file by file');
    const baseText = await readRunning(session, step);
    const plan = planByTree(session, baseText, intent);
    const hasTrial = await knowsDelay(session, step);
    return {
      intent,
      capability: { ...session.platform.transaction, ...(hasTrial && { trial: true }), missing: [] },
      baseText,
      diff: plan.diff,
      commands: ['save flash:/netwright.cfg', ...withWay(session, plan.lines)],
      rollback: plan.rollback,
      ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    const file = `flash:/netwright-${id}.cfg`;
    return {
      driver: 'comware',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'netwright',
      marks: { file },
      rollback: ['system-view', `configuration replace file ${file}`, 'return'],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const kept = await session.dialogue(`save ${receipt.marks['file']}`, saveQuestions, step(120_000));
    if (/fail|error|not enough|wrong/i.test(kept))
      throw changeRefused(session, 'the running configuration cannot be kept', { answer: kept });
    const lines = linesWithoutWay(session, candidate.commands.slice(1));
    const isGuarded = receipt.timer !== 'none' && (await knowsDelay(session, step));
    if (isGuarded) await guarded(session, `configuration commit delay ${guardMinutes(lines)}`, step);
    await typeOrTakeBack(session, lines, step, () => takeBack(session, change, step));
    if (isGuarded) await guarded(session, 'configuration commit', step);
    await refuseNoEffect(session, candidate, lines, step);
  },

  async confirm(session, change, options) {
    if ((await stateNow(session, change, pace(options))) === 'before') throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    if ((await stateNow(session, change, step)) !== 'before') await takeBack(session, change, step);
    else if (change.receipt.timer !== 'none' && (await knowsDelay(session, step))) {
      await guarded(session, 'configuration commit', step);
    }
  },

  save: (session, options) => saveByPlatform(session, pace(options)),
  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),

  async forget(session, { receipt }, options) {
    await session.dialogue(`delete /unreserved ${receipt.marks['file']}`, questions, pace(options)(60_000));
  },
};
