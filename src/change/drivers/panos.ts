import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { type Pace, pace, tidied } from './pace.ts';
import { jobDone, jobIn } from './panos-job.ts';
import { changeRefused, deviceBusy, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, planByTree, rollbackByTree } from './tree-plan.ts';
import { typeAhead } from './type-lines.ts';

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

const revert = 'load config from running-config.xml';

/**
 * A lost connection leaves our lock behind, and what was typed under it: nobody else could change the candidate since,
 * so all that is in it is ours.
 */
async function cleanUp(session: Session, pace: Pace): Promise<void> {
  const locks = await session.dialogue('show config-locks', [], pace());
  if (!/\snetwright\s*$/m.test(locks)) return;
  await session.enter('config', pace());
  await session.dialogue(revert, [], pace(120_000));
  await session.enter(session.platform.home, pace());
  await session.dialogue('request config-lock remove', [], pace());
}

/** The candidate is one for all administrators: what others have in it is not ours to commit or to throw away. */
async function refuseDirty(session: Session, pace: Pace): Promise<void> {
  await cleanUp(session, pace);
  const said = await session.dialogue('check pending-changes', [], pace());
  if (/\byes\b/i.test(said))
    throw deviceBusy(session, 'there are changes in the candidate that nobody committed', said);
}

/** Works in the candidate under the configuration lock, and brings it back to what runs unless the work committed it. */
async function inCandidate<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  await refuseDirty(session, pace);
  const locked = await session.dialogue('request config-lock add comment netwright', [], pace());
  if (/already|held by|locked by|error/i.test(locked)) throw deviceBusy(session, 'the configuration is locked', locked);
  return tidied(
    async () => {
      await session.enter('config', pace());
      return work();
    },
    async (ownPace) => {
      if (session.mode === 'config') {
        const pending = await session.dialogue('run check pending-changes', [], ownPace());
        if (/\byes\b/i.test(pending)) await session.dialogue(revert, [], ownPace());
        await session.enter(session.platform.home, ownPace());
      }
      await session.dialogue('request config-lock remove', [], ownPace());
    },
  );
}

/** @throws NetwrightError `NW_CHANGE_REFUSED` with what the job says */
async function begin(session: Session, command: string, pace: Pace): Promise<void> {
  const said = await session.dialogue(command, [{ see: /\(y or n\)\s*$/i, answer: 'y' }], pace(1_800_000));
  const job = jobIn(said);
  const done = job === undefined ? undefined : await jobDone(session, 'run show jobs id', job, pace);
  const isOk = done?.isOk ?? /committed successfully|no changes to commit|is valid/i.test(said);
  if (!isOk || /^(?:Server error|Validation Error)/m.test(said)) {
    throw changeRefused(session, `"${command.split(' ')[0]}" failed`, { answer: done?.text ?? said });
  }
}

/** Puts the way back into the candidate: lines where others changed something meanwhile, else the kept configuration. */
async function loadBack(
  session: Session,
  lines: readonly string[] | undefined,
  saved: string,
  commands: readonly string[],
  pace: Pace,
): Promise<void> {
  if (lines === undefined) {
    const said = await session.dialogue(`load config from ${saved}`, [], pace(300_000));
    if (/loaded from/i.test(said)) return;
    throw rollbackFailed(session, 'the kept configuration does not load', { commands, answer: said });
  }
  const refused = await typeAhead(session, lines, pace);
  if (refused) throw rollbackFailed(session, 'the way back was refused', { commands, answer: refused.answer });
}

/** PAN-OS: one candidate for all, a commit that is a job, and saved configurations to load. */
export const panos: Driver = {
  name: 'panos',
  platforms: ['paloalto_panos'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'PAN-OS is not changed file by file');
    const baseText = await readRunning(session, step);
    const given = intent.text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    const isTyped =
      intent.kind === 'merge' && given.every((line) => /^(?:set|delete|rename|move|copy|override) /.test(line));
    const lines = isTyped ? given : planByTree(session, baseText, intent).lines;
    const diff = await inCandidate(session, step, async () => {
      const refused = await typeAhead(session, lines, step);
      if (refused) throw changeRefused(session, 'the candidate did not take', refused);
      const changes = await session.dialogue('run show config diff', [], step(120_000));
      if (changes.trim() !== '') await begin(session, 'validate full', step);
      return changes;
    });
    return {
      intent,
      capability: { ...session.platform.transaction, missing: [] },
      baseText,
      diff: diff.trim() === '' ? '' : `${diff.trimEnd()}\n`,
      commands: [
        'request config-lock add comment netwright',
        'configure',
        'save config to netwright.xml',
        ...lines,
        'commit',
        'exit',
        'request config-lock remove',
      ],
      rollback: rollbackByTree(session, baseText, intent),
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    const saved = `netwright-${id}.xml`;
    return {
      driver: 'panos',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'netwright',
      marks: { saved },
      rollback: ['configure', `load config from ${saved}`, 'commit', 'exit'],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, { candidate, receipt }, { comment, ...options }) {
    const step = pace(options);
    await inCandidate(session, step, async () => {
      const kept = await session.dialogue(`save config to ${receipt.marks['saved']}`, [], step(120_000));
      if (!/saved to/i.test(kept)) throw changeRefused(session, 'the configuration cannot be kept', { answer: kept });
      const refused = await typeAhead(session, candidate.commands.slice(3, -3), step);
      if (refused) throw changeRefused(session, 'the candidate did not take', refused);
      const words = comment === undefined ? '' : ` description "${comment.replaceAll(/["\\]/g, "'")}"`;
      await begin(session, `commit${words}`, step);
    });
  },

  async confirm(session, change, options) {
    if (await isAsBefore(session, change, pace(options))) throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const { wayBack, hasOthers } = placeByTree(session, candidate, await readRunning(session, step));
    if (wayBack.length === 0) return;
    const commands = hasOthers ? ['configure', ...wayBack, 'commit', 'exit'] : receipt.rollback;
    await inCandidate(session, step, async () => {
      await loadBack(session, hasOthers ? wayBack : undefined, receipt.marks['saved']!, commands, step);
      await begin(session, 'commit', step).catch((error: unknown) => {
        if (!(error instanceof NetwrightError) || error.code !== 'NW_CHANGE_REFUSED') throw error;
        throw rollbackFailed(session, 'the commit of the way back failed', { commands, answer: error.message });
      });
    });
    const left = placeByTree(session, candidate, await readRunning(session, step)).wayBack;
    if (left.length > 0) throw rollbackFailed(session, 'the configuration is not the one before', { commands: left });
  },

  /** What is committed is what it starts with. */
  save: async () => {},

  read: (session, _intent, options) => readRunning(session, pace(options)),

  async state(session, change, options) {
    const step = pace(options);
    if (await isAsBefore(session, change, step)) return 'before';
    return placeByTree(session, change.candidate, await readRunning(session, step)).state === 'before'
      ? 'before'
      : 'after';
  },

  async forget(session, { receipt }, options) {
    await session.dialogue(
      `delete config saved ${receipt.marks['saved']}`,
      [{ see: /\(y or n\)\s*$/i, answer: 'y' }],
      pace(options)(60_000),
    );
  },
};
