import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { DeviceState, Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { saveByPlatform } from './configuring.ts';
import { tellingLines, withLiteralTexts } from './literal-text.ts';
import { ownRun } from './own-run.ts';
import { type Pace, pace, tidied } from './pace.ts';
import { changeRefused, deviceBusy, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { planByTree } from './tree-plan.ts';
import { typeAhead } from './type-lines.ts';

/** The trial only has to outlast one exchange of lines. VRP takes 60 seconds at least. */
const guardS = 60;

const yes: readonly Exchange[] = [{ see: /\[Y(?:\(yes\))?\/N(?:\(no\))?\][ :]*$/, answer: 'y' }];

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

interface VrpCommit {
  readonly id: string;
  readonly label: string;
}

/** Newest first. Releases print a paragraph for each (`1) CommitId: 1000000114`, `Label: netwright-7f3a`) or a row of a table. */
export function parseCommitList(text: string): readonly VrpCommit[] {
  const paragraphs = text.split(/^ {0,4}\d{1,4}\) ?(?=Commit ?Id)/im).slice(1);
  if (paragraphs.length > 0) {
    return paragraphs.map((paragraph) => ({
      id: /Commit ?Id\s*:\s*(\d+)/i.exec(paragraph)?.[1] ?? '',
      label: /\bLabel\s*:\s*(\S+)/i.exec(paragraph)?.[1] ?? '',
    }));
  }
  return [...text.matchAll(/^ {0,4}\d{1,4}\s+(\d{6,})\s+(\S+)/gm)].map((row) => ({ id: row[1]!, label: row[2]! }));
}

const readCommits = async (session: Session, pace: Pace): Promise<readonly VrpCommit[]> =>
  parseCommitList(await session.send('display configuration commit list verbose', pace(60_000)));

/** Works in the candidate of our own session, and gives up what was not committed. */
async function inCandidate<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  const said = await session.dialogue('system-view', [], pace());
  if (session.mode !== 'system') throw deviceBusy(session, 'the system view does not open', said);
  return tidied(work, async (ownPace) => {
    if (session.mode !== 'system') return;
    await session.dialogue('clear configuration candidate', yes, ownPace());
    await session.enter(session.platform.home, ownPace());
  });
}

/** The marked lines; what stands around them is no change. */
function changesIn(text: string): string {
  const lines = text.split('\n').filter((line) => !/^(?:Building configuration|Info:)/.test(line));
  return lines.some((line) => /^\s*[+-]/.test(line)) ? `${lines.join('\n').trimEnd()}\n` : '';
}

/** @throws NetwrightError `NW_CHANGE_REFUSED`, `NW_CHANGE_LOCKED` */
async function commit(session: Session, command: string, pace: Pace): Promise<string> {
  const said = await session.dialogue(command, yes, pace(300_000));
  if (/locked by/i.test(said)) throw deviceBusy(session, 'the configuration is locked by somebody else', said);
  if (/^\s*(?:Error|% ?Error)/im.test(said)) throw changeRefused(session, 'the commit failed', { answer: said });
  return said;
}

async function isOnTrial(session: Session, pace: Pace): Promise<boolean> {
  const [said] = await session.sendAll(['display configuration trial status'], {
    ...pace(60_000),
    rejectFailures: false,
  });
  return /Trial status ?: ?ACTIVE/i.test(said!.text);
}

async function stateNow(session: Session, change: Undertaking, pace: Pace): Promise<DeviceState> {
  if (await isAsBefore(session, change, pace)) return 'before';
  const name = change.receipt.marks['label'];
  // A commit is whole or not at all.
  if (!(await readCommits(session, pace)).some(({ label }) => label === name)) return 'before';
  return (await isOnTrial(session, pace)) ? 'pending' : 'after';
}

/**
 * Huawei VRP 8: a candidate of one's own, committed whole or not at all. A trial belongs to the session that began it,
 * so it guards the commit itself: when that cuts our own path nobody says the second `commit`.
 */
export const vrpv8: Driver = {
  name: 'vrpv8',
  platforms: ['huawei_vrpv8'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'VRP is not changed file by file');
    const baseText = await readRunning(session, step);
    const lines =
      intent.kind === 'merge'
        ? withLiteralTexts(tellingLines(intent.text))
        : planByTree(session, baseText, intent).lines;
    const diff = await inCandidate(session, step, async () => {
      const refused = await typeAhead(session, lines, step);
      if (refused) throw changeRefused(session, 'the candidate did not take', refused);
      return session.send('display configuration candidate changes', step(60_000));
    });
    return {
      intent,
      capability: { ...session.platform.transaction, trial: true, missing: [] },
      baseText,
      diff: changesIn(diff),
      commands: ['system-view', ...lines, 'commit', 'return'],
      rollback: ['rollback configuration last 1'],
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    return {
      driver: 'vrpv8',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'netwright',
      marks: { label: `netwright-${id}` },
      rollback: candidate.rollback,
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, { candidate, receipt }, { confirmMs, comment, ...options }) {
    const step = pace(options);
    const label = ` label ${receipt.marks['label']}`;
    const words = comment === undefined ? '' : ` description ${comment.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 60)}`;
    await inCandidate(session, step, async () => {
      const refused = await typeAhead(session, candidate.commands.slice(1, -2), step);
      if (refused) throw changeRefused(session, 'the candidate did not take', refused);
      if (confirmMs === undefined) {
        await commit(session, `commit${label}${words}`, step);
        return;
      }
      await commit(session, `commit trial ${guardS}${label}`, step);
      await commit(session, 'commit', step);
    });
  },

  async confirm(session, change, options) {
    // A trial belongs to the session that began it, and that one is gone: the device goes back.
    if ((await stateNow(session, change, pace(options))) !== 'after') throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    if ((await stateNow(session, change, step)) === 'pending') {
      await inCandidate(session, step, () => session.dialogue('abort trial', yes, step(300_000)));
    }
    if (await isAsBefore(session, change, step)) return;
    const commits = await readCommits(session, step);
    const run = ownRun(commits, ({ label }) => label === change.receipt.marks['label']);
    if (run === undefined) return;
    const commands = [`rollback configuration last ${run.depth}`];
    if (run.later > 0 && !options?.acceptsLoss) {
      const others = commits.slice(0, run.later).map(({ id, label }) => `${id} ${label}`);
      throw rollbackFailed(session, 'commits came after it, which the way back would take back as well', {
        commands,
        answer: others.join('\n'),
      });
    }
    const said = await session.dialogue(commands[0]!, yes, step(300_000));
    if (!(await isAsBefore(session, change, step))) {
      throw rollbackFailed(session, 'after the rollback the configuration is not the one before', {
        commands,
        answer: said,
      });
    }
  },

  save: (session, options) => saveByPlatform(session, pace(options)),
  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),
};
