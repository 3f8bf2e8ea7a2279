import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { mergeInto, replaceWith } from './whole-text.ts';
import { xrCommit, xrSessionsOf } from './xr-commit.ts';
import { findCommit, xrChanges, xrCommitList, xrCommitted, xrTarget } from './xr-show.ts';

const uncommitted = 'Uncommitted changes found, commit them before exiting(yes/no/cancel)? [cancel]:';

function configure(session: CommandSession, isExclusive: boolean): Reply {
  const sessions = xrSessionsOf(session.device);
  if (isExclusive) {
    if (sessions.exclusive !== undefined && sessions.exclusive !== session.id)
      return { text: '% The configuration is locked by another session: cannot enter exclusive mode\n' };
    sessions.exclusive = session.id;
    session.whenLeft(() => {
      if (sessions.exclusive === session.id) sessions.exclusive = undefined;
    });
  }
  session.go('config');
  return {};
}

const exiting =
  "\nYou are exiting after a 'commit confirm' with an active rollback session.  If you exit the configuration awaiting confirmation will not be confirmed and the router will immediately rollback to the previous configuration.\nDo you wish to proceed? [no]: ";

/** `exit` at the top and `end` ask about what is not committed, and about a commit on trial. */
function leave(session: CommandSession): Reply {
  const gone = (): Reply => {
    session.candidate?.clear();
    session.go('exec');
    return {};
  };
  const { device, id } = session;
  if (confirmedOf(device).isPending && xrSessionsOf(device).trial === id) {
    return {
      ask: {
        text: exiting,
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          confirmedOf(device).takeBack();
          return gone();
        },
      },
    };
  }
  if (session.candidate?.isChanged !== true) return gone();
  const asking: Reply = {
    ask: {
      text: uncommitted,
      answered: (answer) => {
        if (/^n/i.test(answer)) return gone();
        if (!/^y/i.test(answer)) return {};
        const reply = xrCommit(session, []);
        if (reply.ask === undefined && (reply.text ?? '') === '') return gone();
        return reply;
      },
    },
  };
  return asking;
}

function rollback(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  const [kind = '', name = ''] = words;
  const nth = kind === 'last' ? Number(name) : kind === 'to' ? findCommit(device, name) + 1 : Number.NaN;
  if (!(nth >= 1)) return { text: `% The specified commit '${name}' is not available\n` };
  const text = commitsOf(device).text(nth);
  if (text === undefined) return { text: '% The specified number of commits is not available\n' };
  if (device.faults.has('rollback-fails'))
    return {
      text: "Loading Rollback Changes.\nLoaded Rollback Changes in 1 sec\nCommitting.\n% Failed to commit one or more configuration items during a pseudo-atomic operation. All changes made have been reverted. Please issue 'show configuration failed' to view the errors\nRollback operation failed\n",
    };
  if (confirmedOf(device).isPending)
    return {
      text: "% Cannot commit because there is an unexpired trial/rollback session '00001000-00005b40-00000000'.\n",
    };
  const locked = xrSessionsOf(device).exclusive;
  if (locked !== undefined && locked !== session.id)
    return { text: '% The configuration is locked by another session\n' };
  device.running.set(text);
  commitsOf(device).note({ user: session.user, via: 'Rollback' });
  const done = kind === 'last' ? `rolled back ${name} commits.` : `rolled back to '${name}'.`;
  return {
    text: `\nLoading Rollback Changes.\nLoaded Rollback Changes in 1 sec \nCommitting.\n3 items committed in 1 sec (2)items/sec\nUpdating.\nUpdated Commit database in 1 sec \nConfiguration successfully ${done}\n`,
  };
}

/** A file into the target configuration; what is not understood is left out and shown. */
function load(session: CommandSession, words: readonly string[]): Reply {
  const { device, candidate } = session;
  const said = words.join(' ');
  if (candidate === undefined) return {};
  if (/^(?:configuration )?failed commit$/.test(said)) {
    const failed = xrSessionsOf(device).failed.get(session.id);
    if (failed === undefined) return { text: '% There is no failed configuration\n' };
    candidate.load(failed.text);
    return { text: `Loading.\n${failed.text.length} bytes parsed in 1 sec (${failed.text.length})bytes/sec\n` };
  }
  const source = loadSource(device, words);
  if (source === undefined) return { text: `Couldn't open file ${words.at(-1)}\n` };
  const { text, refused } = mergeInto(device, candidate.text, source.replace(/^end\s*$/m, ''), (path, line) =>
    candidate.record(path, line),
  );
  candidate.set(text);
  const errors =
    refused.length === 0
      ? ''
      : `!! SYNTAX/AUTHORIZATION ERRORS: This configuration failed due to\n!! one or more of the following reasons:\n!!  - the entered commands do not exist,\n!!  - the entered commands have errors in their syntax,\n!!  - the software packages containing the commands are not active,\n!!  - the current user is not a member of a task-group that has\n!!    permissions to use the commands.\n\n${refused.map(({ path, line }) => [...path, line].join('\n')).join('\n')}\n`;
  return { text: `Loading.\n${errors}${source.length} bytes parsed in 1 sec (${source.length})bytes/sec\n` };
}

function loadSource(device: SimulatedDevice, words: readonly string[]): string | undefined {
  const [first = '', ...rest] = words;
  if (/^(?:commit|rollback)$/.test(first) && rest[0] === 'changes') {
    const nth = rest[1] === 'last' ? Number(rest[2]) : findCommit(device, rest[2] ?? '') + 1;
    return xrCommitted(device, nth, first === 'rollback', false).replace(/^(?:Building|!!).*\n/gm, '');
  }
  return device.files.text(first);
}

function copyRunning(session: CommandSession, [name = '']: readonly string[]): Reply {
  const { device } = session;
  const perform = (): Reply => {
    const text = device.now(device.running.text);
    if (!device.files.write(name, text, device.time.now())) return { text: '% No space left on device\n' };
    return { text: `Building configuration.\n${text.split('\n').length} lines built in 1 second\n[OK]\n` };
  };
  return {
    ask: {
      text: `Destination file name (control-c to abort): [/${device.files.plain(name)}]?`,
      answered: perform,
    },
  };
}

/** What would remain of a replace: only what was typed or loaded since the mode was entered. */
function replacement({ device, candidate }: CommandSession): string {
  if (candidate?.isTouched !== true) return device.running.text;
  return replaceWith(device, `${candidate.onlyTyped().trimEnd()}\nend\n`).text;
}

function commit(session: CommandSession, words: readonly string[]): Reply {
  if (words.includes('replace') && session.candidate?.isTouched === true) session.candidate.load(replacement(session));
  return xrCommit(session, words);
}

const inExec = ['exec'] as const;
const inConfig = ['config'] as const;
const count = (word: string | undefined): number => Number(word) || 100;

/** The two stages of IOS XR: a target configuration, and its commit. */
export const xrTransactions: readonly PersonaCommand[] = [
  { words: 'configure [terminal]', in: inExec, run: (session) => configure(session, false) },
  { words: 'configure exclusive', in: inExec, run: (session) => configure(session, true) },
  { words: 'commit', in: inConfig, run: (session) => xrCommit(session, []) },
  { words: 'commit *', in: inConfig, run: commit },
  { words: 'load *', in: inConfig, run: load },
  {
    words: 'show configuration',
    in: inConfig,
    run: ({ device, candidate }) => ({ text: xrTarget(device, candidate, false) }),
  },
  {
    words: 'show configuration merge',
    in: inConfig,
    run: ({ device, candidate }) => ({ text: device.show(undefined, candidate?.outcome) }),
  },
  {
    words: 'show configuration changes diff',
    in: inConfig,
    run: (session) => ({
      text: xrChanges(session.device.running.text, replacement(session), session.device.persona.edit, true),
    }),
  },
  {
    words: 'show commit changes diff',
    in: inConfig,
    run: ({ device, candidate }) => ({ text: xrTarget(device, candidate, true) }),
  },
  {
    words: 'show configuration failed [if-committed] [inheritance]',
    in: ['config', 'exec'],
    run: ({ device, id }) => ({ text: xrSessionsOf(device).failed.get(id)?.errors ?? '' }),
  },
  {
    words: 'clear',
    in: inConfig,
    run: ({ candidate }) => {
      candidate?.clear();
      return {};
    },
  },
  {
    words: 'abort',
    in: inConfig,
    run: (session) => {
      session.candidate?.clear();
      session.go('exec');
      return {};
    },
  },
  { words: 'end', in: inConfig, run: leave },
  { words: 'exit', in: inConfig, run: (session) => (session.editing?.up() === true ? {} : leave(session)) },
  { words: 'root', in: inConfig, effect: 'top' },
  { words: 'rollback configuration *', in: inExec, run: rollback },
  {
    // A trial shows as a session of its own.
    words: 'show configuration sessions detail',
    in: inExec,
    run: ({ device, user }) => ({
      text: confirmedOf(device).isPending
        ? `  1) Session: 00001000-000035b1-00000000  ${new Date(device.time.now()).toUTCString()}\n     Line: vty0                           Lock: None\n     User: ${user.padEnd(31)}Client: commit-confirm\n     Process: cfgmgr_trial_co              PID: 13745\n     Node:                                Elapsed Time: 4 sec.\n\n`
        : '',
    }),
  },
  { words: 'show configuration commit list', run: ({ device }) => ({ text: xrCommitList(device, 100, false) }) },
  { words: 'show configuration commit list detail', run: ({ device }) => ({ text: xrCommitList(device, 100, true) }) },
  {
    words: 'show configuration commit list *',
    run: ({ device }, [most, detail]) => ({ text: xrCommitList(device, count(most), detail === 'detail') }),
  },
  {
    words: 'show configuration commit changes last *',
    run: ({ device }, [nth, diff]) => ({ text: xrCommitted(device, Number(nth), false, diff === 'diff') }),
  },
  {
    words: 'show configuration commit changes *',
    run: ({ device }, [id = '', diff]) => {
      const nth = findCommit(device, id);
      if (nth < 0) return { text: '% The specified commit is not available\n' };
      return { text: xrCommitted(device, nth + 1, false, diff === 'diff') };
    },
  },
  {
    words: 'show configuration rollback changes last *',
    run: ({ device }, [nth, diff]) => ({ text: xrCommitted(device, Number(nth), true, diff === 'diff') }),
  },
  { words: 'copy running-config *', in: inExec, run: copyRunning },
  {
    words: 'dir *',
    in: inExec,
    run: ({ device }, [place = '']) => ({
      text: `\nDirectory of ${place}\n\n${device.files.names
        .map(
          (name, nth) =>
            `${String(nth + 10)} -rw-r--r-- 1 ${String(device.files.read(name)!.length).padStart(8)} ${new Date(device.files.atMs(name)).toUTCString().slice(5, 22)} ${name}\n`,
        )
        .join(
          '',
        )}\n${Math.round(device.files.system.totalBytes / 1024)} kbytes total (${Math.round(device.files.freeBytes / 1024)} kbytes free)\n`,
    }),
  },
  {
    words: 'delete *',
    in: inExec,
    run: ({ device }, words) => {
      const name = words.find((word) => !word.startsWith('/')) ?? '';
      return {
        ask: {
          text: `Delete ${name}[confirm]`,
          isKey: true,
          answered: (key) => {
            if (!/[\r\ny]/i.test(key)) return { text: '\n' };
            return { text: device.files.delete(name) ? '\n' : '\n% No such file or directory\n' };
          },
        },
      };
    },
  },
  {
    words: 'reload',
    in: inExec,
    run: ({ device }) => ({
      ask: {
        text: 'Proceed with reload? [confirm]',
        isKey: true,
        answered: (key) => {
          if (!/[\r\ny]/i.test(key)) return { text: '\n' };
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
