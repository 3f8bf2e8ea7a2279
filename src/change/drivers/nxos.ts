import type { Session } from '#device';
import type { Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { saveByPlatform, withWay } from './configuring.ts';
import { linesWithoutWay, refuseNoEffect, takeBackByTree, typeOrTakeBack } from './line-by-line.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, planByTree } from './tree-plan.ts';

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

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

/** The lines behind `!Command:` name checkpoints. */
async function checkpoints(session: Session, pace: Pace): Promise<readonly string[]> {
  const said = await session.send('show checkpoint summary', pace(60_000));
  return [...said.matchAll(/^ {0,4}\d{1,3}\) (\S+?):?\s*$/gm)].map((match) => match[1]!);
}

/**
 * What counts is the configuration: "Rollback aborted" stands under a heading that says success on some releases.
 * @throws NetwrightError `NW_ROLLBACK_FAILED`
 */
async function toCheckpoint(session: Session, change: Undertaking, pace: Pace): Promise<void> {
  if (await isAsBefore(session, change, pace)) return;
  const commands = change.receipt.rollback;
  const said = await session.dialogue(commands[0]!, [], pace(600_000));
  if (await isAsBefore(session, change, pace)) return;
  throw rollbackFailed(session, 'after the rollback to the checkpoint the configuration is not the one before', {
    commands,
    answer: said,
  });
}

/**
 * NX-OS: lines take effect one by one, but a checkpoint from before brings all of it back in one atomic step. The
 * system keeps ten checkpoints, so each is removed when its change is done with.
 */
export const nxos: Driver = {
  name: 'nxos',
  platforms: ['cisco_nxos'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'NX-OS is not changed file by file');
    const baseText = await readRunning(session, step);
    const plan = planByTree(session, baseText, intent);
    const { transaction } = session.platform;
    const kept = await checkpoints(session, step);
    const missing =
      kept.length < 10
        ? []
        : ['all 10 checkpoints are taken, and the change needs one: `no checkpoint <name>` removes one'];
    return {
      intent,
      capability: { ...transaction, missing },
      baseText,
      diff: plan.diff,
      commands: ['checkpoint netwright', ...withWay(session, plan.lines)],
      rollback: plan.rollback,
      ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    const checkpoint = `netwright-${id}`;
    return {
      driver: 'nxos',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'netwright',
      marks: { checkpoint },
      rollback: [`rollback running-config checkpoint ${checkpoint} atomic`],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const said = await session.dialogue(`checkpoint ${receipt.marks['checkpoint']}`, [], step(120_000));
    if (/^(?:ERROR|Error|%)|fail|maximum/im.test(said))
      throw changeRefused(session, 'no checkpoint can be made', { answer: said });
    const lines = linesWithoutWay(session, candidate.commands.slice(1));
    await typeOrTakeBack(session, lines, step, () => toCheckpoint(session, change, step));
    await refuseNoEffect(session, candidate, lines, step);
  },

  async confirm(session, change, options) {
    if ((await stateNow(session, change, pace(options))) === 'before') throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    if (await isAsBefore(session, change, step)) return;
    const place = placeByTree(session, change.candidate, await readRunning(session, step));
    if (place.state === 'before') return;
    // The checkpoint would take back what others did meanwhile as well.
    if (place.hasOthers) await takeBackByTree(session, change.candidate, step);
    else await toCheckpoint(session, change, step);
  },

  save: (session, options) => saveByPlatform(session, pace(options)),
  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),

  async forget(session, { receipt }, options) {
    await session.dialogue(`no checkpoint ${receipt.marks['checkpoint']}`, [], pace(options)(60_000));
  },
};
