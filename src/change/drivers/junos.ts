import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { check, commentOf, commit, compare, inCandidate } from './junos-candidate.ts';
import { placeOf, readCommits } from './junos-commits.ts';
import { load, loadCommands } from './junos-load.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';

const enter = 'configure exclusive';
const leave = 'exit configuration-mode';

/** Junos counts whole minutes. */
const minutesOf = (ms: number): number => Math.min(65_535, Math.max(1, Math.ceil(ms / 60_000)));

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

const nameOf = ({ receipt }: Undertaking): string => receipt.marks['comment'] ?? '';

/** Junos: a candidate for one, `commit confirmed`, and the last fifty commits to go back to. */
export const junos: Driver = {
  name: 'junos',
  platforms: ['juniper_junos'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file)
      throw new NetwrightError('NW_NOT_SUPPORTED', `${session.device}: Junos is not changed file by file`);
    const baseText = await readRunning(session, step);
    const loading = loadCommands(intent);
    const diff = await inCandidate(session, step, async () => {
      await load(session, loading, step);
      const compared = await compare(session, step);
      if (compared.trim() !== '') await check(session, step);
      return compared;
    });
    return {
      intent,
      capability: { ...session.platform.transaction, missing: [] },
      baseText,
      diff: diff.trim() === '' ? '' : `${diff}\n`,
      commands: [enter, ...loading, 'commit', leave],
      rollback: [enter, 'rollback 1', 'commit', leave],
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    return {
      driver: 'junos',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'device',
      ...(confirmMs === undefined ? {} : { confirmMs: minutesOf(confirmMs) * 60_000 }),
      marks: { comment: `netwright-${id}` },
      rollback: candidate.rollback,
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, { confirmMs, comment, ...options }) {
    const step = pace(options);
    const { candidate } = change;
    const words = comment === undefined ? nameOf(change) : `${nameOf(change)}: ${comment}`;
    const trial = confirmMs === undefined ? '' : ` confirmed ${minutesOf(confirmMs)}`;
    await inCandidate(session, step, async () => {
      await load(session, loadCommands(candidate.intent), step);
      const diff = await compare(session, step);
      if (diff.trim() !== candidate.diff.trim()) {
        throw changeRefused(session, 'the candidate shows other changes than the plan', { answer: diff });
      }
      await commit(session, `commit${trial}${commentOf(words)}`, step);
    });
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const place = placeOf(await readCommits(session, step), nameOf(change));
    if (place.isPending) {
      await inCandidate(session, step, () =>
        commit(session, `commit${commentOf(`${nameOf(change)} confirmed`)}`, step),
      );
      return;
    }
    if (place.oldest === undefined || (await isAsBefore(session, change, step))) throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    if (await isAsBefore(session, change, step)) return;
    const { oldest, later } = placeOf(await readCommits(session, step), nameOf(change));
    if (oldest === undefined) return;
    const to = `rollback ${oldest + 1}`;
    const commands = [enter, to, 'show | compare', 'commit', leave];
    if (later.length > 0 && !options?.acceptsLoss) {
      const answer = later.map(({ number, text }) => `${number} ${text}`).join('\n');
      throw rollbackFailed(session, `"${to}" would take commits of others back as well`, { commands, answer });
    }
    await inCandidate(session, step, async () => {
      const said = await session.dialogue(to, [], step(60_000));
      if (!/load complete/.test(said)) throw rollbackFailed(session, `"${to}" failed`, { commands, answer: said });
      try {
        await commit(session, `commit${commentOf(`${nameOf(change)} rollback`)}`, step);
      } catch (error) {
        if (!(error instanceof NetwrightError) || error.code !== 'NW_CHANGE_REFUSED') throw error;
        throw rollbackFailed(session, `the commit of "${to}" failed`, { commands, answer: error.message });
      }
    });
    if (!(await isAsBefore(session, change, step))) {
      throw rollbackFailed(session, `after "${to}" the configuration is not the one before`, { commands });
    }
  },

  /** What is committed is what it starts with. */
  save: async () => {},

  read: (session, _intent, options) => readRunning(session, pace(options)),

  async state(session, change, options) {
    const step = pace(options);
    if (await isAsBefore(session, change, step)) return 'before';
    const { oldest, isPending } = placeOf(await readCommits(session, step), nameOf(change));
    // A commit is whole or not at all.
    if (oldest === undefined) return 'before';
    return isPending ? 'pending' : 'after';
  },
};
