import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import { asSetLines } from '../editor-set.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { sectionAt } from './braces.ts';
import { junosCompare } from './junos-diff.ts';
import { editorsOf } from './junos-editors.ts';
import { type JunosLoad, junosLoad, junosLoads } from './junos-load.ts';

const minuteMs = 60_000;
const rollbacksKept = 50;
const defaultMinutes = 10;

function configure(session: CommandSession, how: 'shared' | 'exclusive' | 'private'): Reply {
  const { device } = session;
  const editors = editorsOf(device);
  const locked = editors.lockedBy(session);
  if (locked !== undefined) return { text: locked };
  if (how !== 'shared' && device.candidate.isChanged) return { text: 'error: configuration database modified\n' };
  const others = editors.others(session);
  if (how === 'exclusive' && others.length > 0)
    return { text: `error: configuration database locked by:\n${others.join('\n')}\n` };
  session.go(how === 'private' ? 'private' : 'config');
  editors.enter(session, how);
  // The exclusive candidate is given up with the session.
  if (how === 'exclusive') session.whenLeft(() => device.candidate.clear());
  const users = others.length === 0 ? '' : `Users currently editing the configuration:\n${others.join('\n')}\n`;
  const changed =
    how === 'shared' && device.candidate.isChanged ? 'The configuration has been changed but not committed\n' : '';
  const warning = how === 'shared' ? '' : 'warning: uncommitted changes will be discarded on exit\n';
  return { text: `${warning}Entering configuration mode\n${users}${changed}` };
}

/** What the checks of a commit complain of, as they print it; empty when all is well. */
function complaints(device: SimulatedDevice, text: string): string {
  const failed = device.faults.takeCommitFailure()
    ? [{ path: ['interfaces'], line: 'ge-0/0/0', says: 'Maximum number of logical interfaces exceeded' }]
    : [];
  const found = [...failed, ...(device.persona.check?.(text) ?? [])];
  if (found.length === 0) return '';
  return `${found
    .map(({ path, line, says }) => `[edit${path.length === 0 ? '' : ` ${path.join(' ')}`}]\n  '${line}'\n    ${says}\n`)
    .join('')}error: configuration check-out failed\n`;
}

interface CommitOptions {
  readonly minutes?: number;
  readonly comment?: string;
  readonly isCheck: boolean;
  readonly quits: boolean;
}

function commitOptions(said: string): CommitOptions | undefined {
  const quoted = /\bcomment (?:"([^"]*)"|(\S+))/.exec(said);
  const rest = said.replace(quoted?.[0] ?? '', '').trim();
  if (!/^(?:(?:check|and-quit|synchronize|no-synchronize|force|confirmed(?: \d+)?)\s*)*$/.test(rest)) return undefined;
  const confirmed = /\bconfirmed(?: (\d+))?/.exec(rest);
  return {
    isCheck: /\bcheck\b/.test(rest),
    quits: /\band-quit\b/.test(rest),
    ...(confirmed === null ? {} : { minutes: Number(confirmed[1] ?? defaultMinutes) }),
    ...(quoted === null ? {} : { comment: quoted[1] ?? quoted[2] ?? '' }),
  };
}

function commit(session: CommandSession, words: readonly string[]): Reply {
  const { device, candidate } = session;
  const options = commitOptions(words.join(' '));
  if (options === undefined || candidate === undefined) return { text: `${' '.repeat(20)}^\nsyntax error.\n` };
  const { minutes, comment, isCheck, quits } = options;
  if (minutes !== undefined && !(minutes >= 1 && minutes <= 65_535))
    return { text: `error: value ${minutes} is not within range (1..65535)\n` };
  const locked = editorsOf(device).lockedBy(session);
  if (locked !== undefined) return { text: locked };
  // A private copy cannot be committed past changes of the shared one.
  if (session.mode === 'private' && device.candidate.isChanged)
    return { text: 'error: configuration database modified\n' };
  const confirmed = confirmedOf(device);
  const wanted = candidate.outcome;
  const wrong = complaints(device, wanted);
  if (wrong !== '') return { text: wrong };
  if (isCheck) {
    confirmed.confirm();
    return { text: 'configuration check succeeds\n' };
  }
  const before = device.running.text;
  device.running.set(wanted);
  candidate.clear();
  commitsOf(device).note({ user: session.user, via: 'cli', ...(comment === undefined ? {} : { comment }) });
  let text = 'commit complete\n';
  if (minutes === undefined) confirmed.confirm();
  else {
    text = `commit confirmed will be automatically rolled back in ${minutes} minutes unless confirmed\n${text}\n# commit confirmed will be rolled back in ${minutes} minutes\n`;
    confirmed.start(before, minutes * minuteMs, (failed) => announce(device, failed));
  }
  if (!quits) return { text };
  session.go('operational');
  return { text: `${text}Exiting configuration mode\n` };
}

function announce(device: SimulatedDevice, failed: boolean): void {
  const head = `\n\nBroadcast Message from root@${device.host}\n        (no tty) at ${new Date(device.time.now()).toISOString().slice(11, 16)} UTC...\n\n`;
  if (!failed) commitsOf(device).note({ user: 'root', via: 'other' });
  device.tell(`${head}Commit was not confirmed; automatic rollback ${failed ? 'failed' : 'complete'}.\n\n`);
}

function rollback(session: CommandSession, [typed = '0']: readonly string[]): Reply {
  const { device, candidate } = session;
  const nth = Number(typed);
  if (!/^\d+$/.test(typed) || nth >= rollbacksKept)
    return { text: `error: invalid value: ${typed}: not within range (0..49)\n` };
  if (device.faults.has('rollback-fails')) return { text: 'error: could not load rollback configuration\n' };
  const text = commitsOf(device).text(nth);
  if (text === undefined || candidate === undefined)
    return { text: `error: could not find rollback configuration ${nth}\n` };
  if (nth === 0) candidate.clear();
  else candidate.load(text);
  return { text: 'load complete\n' };
}

function load(session: CommandSession, words: readonly string[]): Reply {
  const [how = '', source = '', ...more] = words;
  const { device, candidate, editing } = session;
  if (!(junosLoads as readonly string[]).includes(how) || source === '' || candidate === undefined)
    return { text: `${' '.repeat(20)}^\nsyntax error.\n` };
  const path = more.includes('relative') ? [...(editing?.path ?? [])] : [];
  const kind = how as JunosLoad;
  if (source !== 'terminal') {
    const text = device.files.text(source);
    if (text === undefined) return { text: `error: cannot open ${source}: No such file or directory\n` };
    return { text: junosLoad(device, candidate, kind, text, source, path) };
  }
  const lines: string[] = [];
  return {
    text: '[Type ^D at a new line to end input]\n',
    read: {
      line: (line) => {
        if (line === '\x03') return { text: '^C\n' };
        if (line !== '\x04') {
          lines.push(line);
          return undefined;
        }
        return { text: junosLoad(device, candidate, kind, lines.join('\n'), 'terminal', path) };
      },
    },
  };
}

/** `show` of the configuration mode, its filters `compare` and `display set`. */
function showCandidate(session: CommandSession, words: readonly string[], filters: string[]): Reply {
  const { device, candidate, editing } = session;
  const text = candidate?.text ?? device.running.text;
  const compared = filters[0]?.trim() ?? '';
  if (/^compare(?: rollback \d+)?$/.test(compared)) {
    filters.shift();
    const nth = Number(/\d+/.exec(compared)?.[0] ?? 0);
    const older = commitsOf(device).text(nth);
    if (older === undefined) return { text: `error: could not find rollback configuration ${nth}\n` };
    return { text: junosCompare(nth === 0 ? device.running.text : older, text, device.persona.edit) };
  }
  const path = [...(editing?.path ?? []), ...words];
  const isSet = filters.some((filter) => /^display set/.test(filter.trim()));
  const shown = path.length === 0 ? text : sectionAt(text, path);
  if (!isSet) return { text: shown, isConfiguration: true };
  const lines = asSetLines(shown, device.persona.edit);
  const prefix = path.length === 0 ? 'set ' : `set ${path.join(' ')} `;
  return { text: lines.replaceAll(/^set /gm, prefix), isConfiguration: true };
}

function showOperational(session: CommandSession, words: readonly string[], filters: string[]): Reply {
  const { device } = session;
  const compared = /^compare rollback (\d+)$/.exec(filters[0]?.trim() ?? '')?.[1];
  if (compared !== undefined) {
    filters.shift();
    const older = commitsOf(device).text(Number(compared));
    if (older === undefined) return { text: `error: could not find rollback configuration ${compared}\n` };
    return { text: junosCompare(older, device.running.text, device.persona.edit) };
  }
  const isSet = filters.some((filter) => /^display set/.test(filter.trim()));
  if (words.length === 0) return { text: device.show(isSet ? 'set' : undefined), isConfiguration: true };
  const shown = sectionAt(device.running.text, words);
  const lines = asSetLines(shown, device.persona.edit).replaceAll(/^set /gm, `set ${words.join(' ')} `);
  return { text: isSet ? lines : shown, isConfiguration: true };
}

function showCommits(device: SimulatedDevice): Reply {
  const confirmed = confirmedOf(device);
  const rows = commitsOf(device)
    .commits.slice(0, rollbacksKept)
    .map(({ atMs, user, via, comment }, nth) => {
      const at = new Date(atMs).toISOString().replace('T', ' ').slice(0, 19);
      const waits =
        nth === 0 && confirmed.isPending
          ? ` commit confirmed, rollback in ${Math.ceil(confirmed.leftMs / minuteMs)}mins`
          : '';
      const note = comment === undefined ? '' : `    ${comment}\n`;
      return `${String(nth).padEnd(3)} ${at} UTC by ${user} via ${via}${waits}\n${note}`;
    });
  return { text: rows.join('') };
}

function leave(session: CommandSession, words: string): Reply {
  const { candidate, editing, mode } = session;
  if (words === 'exit' && editing?.up() === true) return {};
  const gone = (): Reply => {
    if (mode === 'private') candidate?.clear();
    session.go('operational');
    return { text: 'Exiting configuration mode\n\n' };
  };
  if (candidate?.isChanged !== true) return gone();
  const isShared = mode === 'config' && editorsOf(session.device).how(session) === 'shared';
  return {
    ask: {
      text: isShared
        ? 'The configuration has been changed but not committed\nExit with uncommitted changes? [yes,no] (yes) '
        : 'The configuration has been changed but not committed\nDiscard uncommitted changes? [yes,no] (yes) ',
      answered: (answer) => (/^(?:y|yes|)$/i.test(answer) ? gone() : { text: '\n' }),
    },
  };
}

const inConfig = ['config', 'private'] as const;
const inOperation = ['operational'] as const;

/** Candidate, commit and rollback of Junos: shared, private and exclusive. */
export const junosTransactions: readonly PersonaCommand[] = [
  { words: 'configure', in: inOperation, run: (session) => configure(session, 'shared') },
  { words: 'edit', in: inOperation, run: (session) => configure(session, 'shared') },
  { words: 'configure exclusive', in: inOperation, run: (session) => configure(session, 'exclusive') },
  { words: 'configure private', in: inOperation, run: (session) => configure(session, 'private') },
  { words: 'commit', in: inConfig, run: commit },
  { words: 'commit *', in: inConfig, run: commit },
  { words: 'rollback', in: inConfig, run: rollback },
  { words: 'rollback *', in: inConfig, run: rollback },
  { words: 'load *', in: inConfig, run: load },
  { words: 'show', in: inConfig, run: showCandidate },
  { words: 'show *', in: inConfig, run: showCandidate },
  {
    words: 'status',
    in: inConfig,
    run: ({ device }) => ({
      text: `Users currently editing the configuration:\n${editorsOf(device).all().join('\n')}\n`,
    }),
  },
  { words: 'top', in: inConfig, effect: 'top' },
  {
    words: 'up',
    in: inConfig,
    run: ({ editing }) => {
      editing?.up();
      return {};
    },
  },
  { words: 'exit', in: inConfig, run: (session) => leave(session, 'exit') },
  { words: 'quit', in: inConfig, run: (session) => leave(session, 'exit') },
  { words: 'exit configuration-mode', in: inConfig, run: (session) => leave(session, 'all') },
  { words: 'show configuration', in: inOperation, run: showOperational },
  { words: 'show configuration *', in: inOperation, run: showOperational },
  { words: 'show system commit', in: inOperation, run: ({ device }) => showCommits(device) },
  {
    words: 'show system rollback compare *',
    in: inOperation,
    run: ({ device }, [older = '', newer = '']) => {
      const [from, to] = [commitsOf(device).text(Number(older)), commitsOf(device).text(Number(newer))];
      if (from === undefined || to === undefined) return { text: 'error: could not find rollback configuration\n' };
      return { text: junosCompare(from, to, device.persona.edit) };
    },
  },
  {
    words: 'show system rollback *',
    in: inOperation,
    run: ({ device }, [nth = '']) => ({
      text: commitsOf(device).text(Number(nth)) ?? 'error: could not find rollback configuration\n',
    }),
  },
  {
    words: 'file show *',
    in: inOperation,
    run: ({ device }, [name = '']) => ({
      text: device.files.text(name) ?? `error: could not resolve file: ${name}\n`,
    }),
  },
  {
    words: 'file delete *',
    in: inOperation,
    run: ({ device }, [name = '']) =>
      device.files.delete(name) ? {} : { text: `error: ${name}: No such file or directory\n` },
  },
  {
    words: 'request system reboot',
    in: inOperation,
    run: ({ device }) => ({
      ask: {
        text: 'Reboot the system ? [yes,no] (no) ',
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
