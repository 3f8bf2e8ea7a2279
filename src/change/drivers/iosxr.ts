import { setTimeout as sleep } from 'node:timers/promises';
import { abortError } from '#core';
import type { Session } from '#device';
import type { DeviceState, Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { depthOf, readCommitList } from './iosxr-commits.ts';
import { commit, diffOf, inTarget, linesOf, typeInto } from './iosxr-target.ts';
import { type Pace, pace } from './pace.ts';
import { nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';

/** IOS XR keeps 60 characters. */
const commentOf = (name: string, words: string | undefined): string =>
  ` comment ${(words === undefined ? name : `${name}: ${words}`).replaceAll(/[\r\n]+/g, ' ').slice(0, 60)}`;

/** The trial only has to outlast one exchange of lines. IOS XR takes 30 seconds at least. */
const guardMs = 30_000;
const secondsOf = (ms: number): number => Math.max(30, Math.ceil(Math.min(ms, guardMs) / 1000));

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

const nameOf = ({ receipt }: Undertaking): string => receipt.marks['comment'] ?? '';

/** A trial shows as a session of its own, whose client is `commit-confirm`. */
async function isOnTrial(session: Session, pace: Pace): Promise<boolean> {
  const [said] = await session.sendAll(['show configuration sessions detail'], {
    ...pace(60_000),
    rejectFailures: false,
  });
  return /\bClient: commit-confirm\b/.test(said!.text);
}

/** Waits for the end of a trial whose session was lost: nothing can be committed or taken back meanwhile. */
async function trialOver(session: Session, pace: Pace): Promise<void> {
  const endsAtMs = performance.now() + guardMs + 10_000;
  while ((await isOnTrial(session, pace)) && performance.now() < endsAtMs) {
    const { signal } = pace();
    await sleep(1_000, undefined, signal ? { signal } : {}).catch(() => {
      throw abortError(signal!);
    });
  }
}

async function stateNow(session: Session, change: Undertaking, pace: Pace): Promise<DeviceState> {
  if (await isAsBefore(session, change, pace)) return 'before';
  const { depth } = depthOf(await readCommitList(session, pace), nameOf(change));
  // A commit is whole or not at all.
  if (depth === 0) return 'before';
  return (await isOnTrial(session, pace)) ? 'pending' : 'after';
}

/**
 * IOS XR: a target configuration, committed whole or not at all, and every commit can be taken back. A commit on trial
 * is confirmed in the session that made it, so it guards the commit itself: when that cuts our own path, nobody says
 * the second `commit`, and the router goes back. What comes later is Netwright's to take back.
 */
export const iosxr: Driver = {
  name: 'iosxr',
  platforms: ['cisco_xr'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'IOS XR is not changed file by file');
    const baseText = await readRunning(session, step);
    const lines = linesOf(intent);
    const diff = await inTarget(session, 'configure terminal', step, async () => {
      await typeInto(session, lines, step);
      return diffOf(session, intent, step);
    });
    return {
      intent,
      capability: { ...session.platform.transaction, trial: true, missing: [] },
      baseText,
      diff,
      commands: ['configure exclusive', ...lines, intent.kind === 'replace' ? 'commit replace' : 'commit', 'end'],
      rollback: ['rollback configuration last 1'],
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    return {
      driver: 'iosxr',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'netwright',
      marks: { comment: `netwright-${id}` },
      rollback: candidate.rollback,
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, { confirmMs, comment, ...options }) {
    const step = pace(options);
    const { intent } = change.candidate;
    const replace = intent.kind === 'replace' ? ' replace' : '';
    const words = commentOf(nameOf(change), comment);
    await inTarget(session, 'configure exclusive', step, async () => {
      await typeInto(session, linesOf(intent), step);
      const trial = confirmMs === undefined ? '' : ` confirmed ${secondsOf(confirmMs)}`;
      await commit(session, `commit${replace}${trial}${words}`, step);
      if (trial !== '') await commit(session, 'commit', step);
    });
  },

  async confirm(session, change, options) {
    const state = await stateNow(session, change, pace(options));
    // A trial can be confirmed by the session that began it alone, and that one is gone: the router goes back.
    if (state !== 'after') throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    await trialOver(session, step);
    if (await isAsBefore(session, change, step)) return;
    const { depth, others } = depthOf(await readCommitList(session, step), nameOf(change));
    if (depth === 0) return;
    const command = `rollback configuration last ${depth}`;
    if (others.length > 0 && !options?.acceptsLoss) {
      const answer = others.map(({ id, user, comment }) => `${id} ${user} ${comment}`).join('\n');
      throw rollbackFailed(session, `"${command}" would take commits of others back as well`, {
        commands: [command],
        answer,
      });
    }
    const said = await session.dialogue(command, [], step(300_000));
    if (!/successfully rolled back/.test(said))
      throw rollbackFailed(session, 'the rollback failed', { commands: [command], answer: said });
    if (!(await isAsBefore(session, change, step))) {
      throw rollbackFailed(session, `after "${command}" the configuration is not the one before`, {
        commands: [command],
      });
    }
  },

  /** What is committed is what it starts with. */
  save: async () => {},

  read: (session, _intent, options) => readRunning(session, pace(options)),

  state: (session, change, options) => stateNow(session, change, pace(options)),
};
