import type { Session } from '#device';
import type { DeviceState, Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { saveByPlatform } from './configuring.ts';
import { ownRun } from './own-run.ts';
import { type Pace, pace } from './pace.ts';
import { nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { ask, inCandidate, linesOf, readHistory, typeInto } from './sros-md-candidate.ts';

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

const isOurs = ({ receipt }: Undertaking, comment: string): boolean => comment === receipt.marks['comment'];

async function stateNow(session: Session, change: Undertaking, pace: Pace): Promise<DeviceState> {
  if (await isAsBefore(session, change, pace)) return 'before';
  const history = await readHistory(session, pace);
  const at = history.findIndex(({ comment }) => isOurs(change, comment));
  // A commit is whole or not at all.
  if (at < 0) return 'before';
  return history[0]?.isOnTrial ? 'pending' : 'after';
}

/**
 * The model-driven command line of SR OS: a candidate, committed whole or not at all. A confirmed commit is accepted
 * by the session that made it, so it guards the commit itself: when that cuts our own path the router goes back.
 */
export const srosMd: Omit<Driver, 'name' | 'platforms'> = {
  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'SR OS is not changed file by file');
    if (intent.kind === 'replace') {
      throw notSupported(
        session,
        'a whole configuration is not typed into the model-driven candidate',
        'give the lines to merge, `delete` before what is to go',
      );
    }
    const baseText = await readRunning(session, step);
    const lines = linesOf(intent.text);
    const diff = await inCandidate(session, step, async () => {
      await typeInto(session, lines, step);
      const changes = await ask(session, 'compare', step);
      if (changes.trim() !== '') await ask(session, 'validate', step);
      return changes;
    });
    return {
      intent,
      capability: {
        method: 'native candidate',
        atomic: true,
        confirmed: false,
        trial: true,
        rollback: 'exact',
        diff: 'native',
        missing: [],
      },
      baseText,
      diff: diff.trim() === '' ? '' : `${diff.trimEnd()}\n`,
      commands: ['edit-config exclusive', '/configure', ...lines, '/configure', 'commit', 'quit-config'],
      rollback: ['edit-config exclusive', '/configure', 'rollback 1', 'commit', 'quit-config'],
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    return {
      driver: 'sros',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'netwright',
      marks: { comment: `netwright-${id}` },
      rollback: candidate.rollback,
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, { candidate, receipt }, { confirmMs, ...options }) {
    const step = pace(options);
    const comment = ` comment "${receipt.marks['comment']}"`;
    await inCandidate(session, step, async () => {
      await typeInto(session, candidate.commands.slice(2, -3), step);
      await ask(session, `commit${confirmMs === undefined ? '' : ' confirmed 1'}${comment}`, step);
      if (confirmMs !== undefined) await ask(session, 'commit confirmed accept', step);
    });
  },

  async confirm(session, change, options) {
    // A trial belongs to the session that began it, and that one is gone: the router goes back.
    if ((await stateNow(session, change, pace(options))) !== 'after') throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before') return;
    if (state === 'pending') await inCandidate(session, step, () => ask(session, 'commit confirmed cancel', step));
    if (await isAsBefore(session, change, step)) return;
    const history = await readHistory(session, step);
    const run = ownRun(history, ({ comment }) => isOurs(change, comment));
    if (run === undefined) return;
    const to = `rollback ${run.depth}`;
    const commands = ['edit-config exclusive', '/configure', to, 'compare', 'commit', 'quit-config'];
    if (run.later > 0 && !options?.acceptsLoss) {
      const answer = history
        .slice(0, run.later)
        .map(({ text }) => text)
        .join('\n');
      throw rollbackFailed(session, `"${to}" would take commits of others back as well`, { commands, answer });
    }
    await inCandidate(session, step, async () => {
      for (const command of [to, 'commit']) {
        await ask(session, command, step).catch((error: Error) => {
          throw rollbackFailed(session, `"${command}" failed`, { commands, answer: error.message });
        });
      }
    });
    if (!(await isAsBefore(session, change, step))) {
      throw rollbackFailed(session, `after "${to}" the configuration is not the one before`, { commands });
    }
  },

  save: (session, options) => saveByPlatform(session, pace(options)),
  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),
};
