import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import { patchLines } from '../negation.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { diffTexts, type NodeChange } from '../section-tree.ts';
import { mergeInto, replaceWith } from './whole-text.ts';

const defaultTrialS = 600;
const inTrial = 'Error: The system is in trial configuration mode and cannot be configured.\n';
const unsaved = 'Warning: Uncommitted configurations found, commit them before exiting? [Y(yes)/N(no)/C(cancel)]:';
const sure = 'Warning: This operation will revert configuration changes to the previous status. Continue? [Y/N]:';

/** Why the candidate cannot be committed; empty when it can. */
function complaints(device: SimulatedDevice, text: string): string {
  if (device.faults.takeCommitFailure())
    return 'Error: Failed to commit the configuration because the system is busy.\n';
  const found = device.persona.check?.(text) ?? [];
  return found.map(({ says }) => `Error: ${says}\n`).join('');
}

function commit(session: CommandSession, words: readonly string[]): Reply {
  const { device, candidate } = session;
  const confirmed = confirmedOf(device);
  const [kind = '', value = ''] = words;
  const isTrial = kind === 'trial';
  const said = words.join(' ');
  const label = /(?:^| )label (\S+)/.exec(said)?.[1];
  const description = /(?:^| )description (.+)$/.exec(said)?.[1];
  const seconds = isTrial ? Number(/^\d+$/.test(value) ? value : defaultTrialS) : undefined;
  if (seconds !== undefined && !(seconds >= 60 && seconds <= 65_535))
    return { text: "Error: Wrong parameter found at '^' position.\n" };
  if (candidate?.isChanged !== true) {
    candidate?.clear();
    // A second commit without changes is what confirms a trial.
    if (!isTrial && confirmed.isPending) {
      confirmed.confirm();
      return {};
    }
    return isTrial ? { text: 'Error: There is no uncommitted configuration.\n' } : {};
  }
  if (confirmed.isPending && isTrial) return { text: inTrial };
  const wanted = candidate.outcome;
  const wrong = complaints(device, wanted);
  if (wrong !== '') return { text: wrong };
  const before = device.running.text;
  device.running.set(wanted);
  candidate.clear();
  commitsOf(device).note({
    user: session.user,
    via: 'CLI',
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { comment: description }),
  });
  if (seconds === undefined) confirmed.confirm();
  else
    confirmed.start(before, seconds * 1_000, (failed) => {
      if (!failed) commitsOf(device).note({ user: session.user, via: 'rollback' });
    });
  return isTrial
    ? { text: 'Warning: The trial configuration will be rolled back automatically if it is not committed in time.\n' }
    : {};
}

function abortTrial(session: CommandSession): Reply {
  const confirmed = confirmedOf(session.device);
  if (!confirmed.isPending) return { text: 'Error: The system is not in trial configuration mode.\n' };
  return {
    ask: {
      text: 'Warning: The trial configuration will be rolled back. Continue? [Y/N]:',
      answered: (answer) => {
        if (!/^y/i.test(answer)) return {};
        confirmed.takeBack();
        return {
          text: session.device.faults.has('rollback-fails')
            ? 'Error: The trial configuration rollback failed.\n'
            : 'Info: The trial configuration rollback succeeded.\n',
        };
      },
    },
  };
}

/** What differs, as `display configuration candidate changes` marks it. */
function marked(changes: readonly NodeChange[], depth = 0): string {
  return changes
    .map(
      ({ line, sign, below }) =>
        `${sign} ${' '.repeat(depth + 1)}${line}\n${marked(below, depth + 1)}${depth === 0 ? '  #\n' : ''}`,
    )
    .join('');
}

function showCandidate({ device, candidate }: CommandSession, kind: 'typed' | 'changes' | 'merge'): Reply {
  const wanted = candidate?.outcome ?? device.running.text;
  if (kind === 'merge') return { text: device.show(undefined, wanted), isConfiguration: true };
  const changes = diffTexts(device.running.text, wanted, device.persona.edit);
  if (kind === 'changes') return { text: `Building configuration\n  #\n${marked(changes)}` };
  const lines = patchLines(changes, device.persona.edit, ' ');
  return { text: lines.length === 0 ? '' : `#\n${lines.join('\n')}\n#\n` };
}

function findCommit(device: SimulatedDevice, kind: string, name: string): number {
  const { commits } = commitsOf(device);
  if (kind === 'label') return commits.findIndex(({ label }) => label === name);
  return commits.findIndex(({ id }) => String(id) === name);
}

/** `rollback configuration to commit-id X|label X|file X`, `last N`: at once, without a commit. */
function rollback(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  if (confirmedOf(device).isPending) return { text: inTrial };
  const [kind = '', how = '', name = ''] = words;
  let text: string | undefined;
  if (kind === 'last') text = commitsOf(device).text(Number(how));
  else if (kind === 'to' && how === 'file') {
    const file = device.files.text(name);
    text = file === undefined ? undefined : replaceWith(device, file).text;
  } else if (kind === 'to') {
    const nth = findCommit(device, how, name);
    text = nth < 0 ? undefined : commitsOf(device).text(nth);
  }
  if (text === undefined) return { text: 'Error: The specified configuration rollback point does not exist.\n' };
  const wanted = text;
  return {
    ask: {
      text: sure,
      answered: (answer) => {
        if (!/^y/i.test(answer)) return {};
        if (device.faults.has('rollback-fails')) return { text: 'Error: Failed to roll back the configuration.\n' };
        device.running.set(wanted);
        commitsOf(device).note({ user: session.user, via: 'rollback' });
        return { text: 'Loading rollback changes\nInfo: The configuration is rolled back successfully.\n' };
      },
    },
  };
}

function commitList(device: SimulatedDevice, most: number): Reply {
  const rule = '-'.repeat(76);
  const rows = commitsOf(device)
    .commits.slice(0, most)
    .map(
      ({ id, label, user, atMs }, nth) =>
        `${String(nth + 1).padEnd(5)}${String(id).padEnd(12)}${(label ?? '-').padEnd(17)} ${user.padEnd(11)}${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')}\n`,
    );
  return { text: `${rule}\nNo.  CommitId    Label             User       TimeStamp\n${rule}\n${rows.join('')}` };
}

/** `quit` from the top and `return` ask about what is not committed. */
function leave(session: CommandSession): Reply {
  const gone = (): Reply => {
    session.candidate?.clear();
    session.go('user');
    return {};
  };
  if (session.candidate?.isChanged !== true) return gone();
  return {
    ask: {
      text: unsaved,
      answered: (answer) => {
        if (/^n/i.test(answer)) return gone();
        if (!/^y/i.test(answer)) return {};
        const reply = commit(session, []);
        return (reply.text ?? '') === '' ? gone() : reply;
      },
    },
  };
}

function load({ device, candidate }: CommandSession, words: readonly string[]): Reply {
  const [name = '', how = 'merge'] = words;
  const text = device.files.text(name);
  if (text === undefined || candidate === undefined) return { text: `Error: The file ${name} does not exist.\n` };
  const { text: loaded, refused } =
    how === 'replace'
      ? replaceWith(device, text)
      : mergeInto(device, candidate.text, text, (path, line) => candidate.record(path, line));
  if (how === 'replace') candidate.load(loaded);
  else candidate.set(loaded);
  return { text: refused.map(({ line }) => `Error: Unrecognized command found: ${line}\n`).join('') };
}

const inSystem = ['system'] as const;
const everywhere = ['user', 'system'] as const;

/** The two-stage configuration of VRP 8. */
export const vrp8Transactions: readonly PersonaCommand[] = [
  {
    words: 'system-view',
    in: ['user'],
    to: 'system',
    print: () => 'Enter system view, return user view with return command.\n',
  },
  { words: 'commit', in: inSystem, run: (session) => commit(session, []) },
  { words: 'commit *', in: inSystem, run: commit },
  { words: 'abort trial', in: inSystem, run: abortTrial },
  {
    words: 'clear configuration candidate',
    in: inSystem,
    run: ({ candidate }) => {
      candidate?.clear();
      return {};
    },
  },
  {
    words: 'refresh configuration candidate',
    in: inSystem,
    run: ({ candidate }) => {
      if (candidate?.isStale === true) candidate.set(candidate.rebased());
      return {};
    },
  },
  { words: 'display configuration candidate', in: inSystem, run: (session) => showCandidate(session, 'typed') },
  {
    words: 'display configuration candidate changes',
    in: inSystem,
    run: (session) => showCandidate(session, 'changes'),
  },
  { words: 'display configuration candidate merge', in: inSystem, run: (session) => showCandidate(session, 'merge') },
  { words: 'load configuration file *', in: inSystem, run: load },
  { words: 'quit', in: inSystem, run: (session) => (session.editing?.up() === true ? {} : leave(session)) },
  { words: 'return', in: inSystem, run: leave },
  { words: 'rollback configuration *', in: ['user'], run: rollback },
  { words: 'display configuration commit list', in: everywhere, run: ({ device }) => commitList(device, 100) },
  {
    words: 'display configuration commit list *',
    in: everywhere,
    run: ({ device }, words) => commitList(device, Number(words.find((word) => /^\d+$/.test(word))) || 100),
  },
  {
    words: 'display configuration trial status',
    in: everywhere,
    run: ({ device, user }) => {
      const confirmed = confirmedOf(device);
      if (!confirmed.isPending) return { text: 'Trial status: INACTIVE\n' };
      return {
        text: `Trial status: ACTIVE\nUser: ${user}\nRemaining time: ${Math.ceil(confirmed.leftMs / 1000)}(s)\n`,
      };
    },
  },
  {
    words: 'reboot',
    in: ['user'],
    run: ({ device }) => ({
      ask: {
        text: 'System will reboot! Continue? [Y/N]:',
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
