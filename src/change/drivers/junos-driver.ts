import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Driver, Intent, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { type JunosCommit, placeOf } from './junos-commits.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, rollbackFailed } from './refuse.ts';

/** What is done to Junos, whichever way it is reached. */
export interface JunosHands {
  /** What would be sent for an intent, in order. */
  readonly commands: (intent: Intent) => readonly string[];
  /** The running configuration, whole. @throws NetwrightError `NW_OUTPUT_INCOMPLETE` */
  readonly readRunning: (session: Session, pace: Pace) => Promise<string>;
  /** `show system commit`, newest first. */
  readonly readCommits: (session: Session, pace: Pace) => Promise<readonly JunosCommit[]>;
  /**
   * Works in a candidate that nobody else can type into, and leaves it as it was committed last. A lost connection
   * discards it too.
   * @throws NetwrightError `NW_CHANGE_LOCKED` when somebody has it, or left changes in it that are not committed
   */
  readonly inCandidate: <T>(session: Session, pace: Pace, work: () => Promise<T>) => Promise<T>;
  /** @throws NetwrightError `NW_CHANGE_REFUSED` with what Junos did not understand */
  readonly load: (session: Session, intent: Intent, pace: Pace) => Promise<void>;
  /** What the candidate would change, as Junos shows it. */
  readonly compare: (session: Session, pace: Pace) => Promise<string>;
  /** @throws NetwrightError `NW_CHANGE_REFUSED` with the complaint of Junos */
  readonly check: (session: Session, pace: Pace) => Promise<void>;
  /** @throws NetwrightError `NW_CHANGE_REFUSED` with the complaint of Junos: nothing was committed */
  readonly commit: (session: Session, how: JunosCommitOptions, pace: Pace) => Promise<void>;
  /** Loads what was committed as the nth last into the candidate. @returns the complaint of Junos, if it has one */
  readonly loadRollback: (session: Session, nth: number, pace: Pace) => Promise<string | undefined>;
}

export interface JunosCommitOptions {
  readonly comment: string;
  /** Taken back unless confirmed within. */
  readonly minutes?: number;
}

const enter = 'configure exclusive';
const leave = 'exit configuration-mode';

/** Junos counts whole minutes. */
const minutesOf = (ms: number): number => Math.min(65_535, Math.max(1, Math.ceil(ms / 60_000)));

const nameOf = ({ receipt }: Undertaking): string => receipt.marks['comment'] ?? '';

/** Junos: a candidate for one, `commit confirmed`, and the last fifty commits to go back to. */
export function junosDriver(name: string, link: Driver['link'], hands: JunosHands): Driver {
  const { readRunning, readCommits, inCandidate, load, compare, check, commit } = hands;
  const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
    fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

  return {
    name,
    platforms: ['juniper_junos'],
    ...(link !== undefined && { link }),

    async prepare(session, intent, options) {
      const step = pace(options);
      if (intent.file)
        throw new NetwrightError('NW_NOT_SUPPORTED', `${session.device}: Junos is not changed file by file`);
      const baseText = await readRunning(session, step);
      const diff = await inCandidate(session, step, async () => {
        await load(session, intent, step);
        const compared = await compare(session, step);
        if (compared.trim() !== '') await check(session, step);
        return compared;
      });
      return {
        intent,
        capability: { ...session.platform.transaction, missing: [] },
        baseText,
        diff: diff.trim() === '' ? '' : `${diff}\n`,
        commands: hands.commands(intent),
        rollback: [enter, 'rollback 1', 'commit', leave],
      };
    },

    async receipt(session, candidate, { id, confirmMs }) {
      return {
        driver: name,
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
      await inCandidate(session, step, async () => {
        await load(session, candidate.intent, step);
        const diff = await compare(session, step);
        if (diff.trim() !== candidate.diff.trim()) {
          throw changeRefused(session, 'the candidate shows other changes than the plan', { answer: diff });
        }
        await commit(
          session,
          { comment: words, ...(confirmMs !== undefined && { minutes: minutesOf(confirmMs) }) },
          step,
        );
      });
    },

    async confirm(session, change, options) {
      const step = pace(options);
      const place = placeOf(await readCommits(session, step), nameOf(change));
      if (place.isPending) {
        await inCandidate(session, step, () => commit(session, { comment: `${nameOf(change)} confirmed` }, step));
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
        const complaint = await hands.loadRollback(session, oldest + 1, step);
        if (complaint !== undefined) throw rollbackFailed(session, `"${to}" failed`, { commands, answer: complaint });
        try {
          await commit(session, { comment: `${nameOf(change)} rollback` }, step);
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
}
