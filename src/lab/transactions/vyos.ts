import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import type { SimulatedDevice } from '../device.ts';
import type { DeviceTimer } from '../device-time.ts';
import { createEditor } from '../editor.ts';
import { asSetLines } from '../editor-set.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { diffTexts, type NodeChange } from '../section-tree.ts';
import { sectionAt } from './braces.ts';

const minuteMs = 60_000;
const defaultMinutes = 10;
const savedAs = '/config/config.boot';

/** The timer of `commit-confirm`: when it goes off the router starts again with what was saved. */
class ConfirmTimer {
  readonly #device: SimulatedDevice;
  #timer: DeviceTimer | undefined;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => {
      this.#timer = undefined;
    });
  }

  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  start(minutes: number): void {
    this.#timer = this.#device.time.after(minutes * minuteMs, () => {
      this.#timer = undefined;
      this.#device.awaits(undefined);
      if (!this.#device.faults.has('rollback-fails')) this.#device.reboot();
    });
    this.#device.awaits(this.#timer);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#device.awaits(undefined);
  }
}

const makeTimer = (device: SimulatedDevice): ConfirmTimer => new ConfirmTimer(device);
const timerOf = (device: SimulatedDevice): ConfirmTimer => device.part(makeTimer);

const inPath = (path: readonly string[]): string => `[${path.join(' ')}]`;

/** `compare`: per section its path in brackets, what went with `-`, what came with `+`. */
function vyosCompare(older: string, newer: string, device: SimulatedDevice): string {
  const groups: string[] = [];
  const quoted = (line: string): string => {
    const [, name = line, value] = /^(\S+) (.+)$/.exec(line) ?? [];
    return value === undefined ? name : `${name} "${value.replaceAll(/["']/g, '')}"`;
  };
  const rows = (change: NodeChange, depth: number): string[] => {
    const indent = '    '.repeat(depth);
    if (change.below.length === 0) return [`${change.sign} ${indent}${quoted(change.line)}\n`];
    return [
      `${change.sign} ${indent}${change.line} {\n`,
      ...change.below.flatMap((below) => rows(below, depth + 1)),
      `${change.sign} ${indent}}\n`,
    ];
  };
  const walk = (changes: readonly NodeChange[], path: readonly string[]): void => {
    const own = changes.filter(({ sign }) => sign !== ' ');
    if (own.length > 0) groups.push(`${inPath(path)}\n${own.flatMap((change) => rows(change, 0)).join('')}`);
    for (const { line, sign, below } of changes) if (sign === ' ') walk(below, [...path, line]);
  };
  walk(diffTexts(older, newer, device.persona.edit), []);
  return groups.join('\n');
}

function compare({ device, candidate }: CommandSession, words: readonly string[]): Reply {
  const now = candidate?.text ?? device.running.text;
  const log = commitsOf(device);
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const bad = numbers.find((nth) => log.text(nth) === undefined);
  if (bad !== undefined) return { text: `Invalid revision number ${bad}\n` };
  let [older, newer, none] = [device.running.text, now, 'No changes between working and active configurations.\n'];
  if (words[0] === 'saved') [older, none] = [device.startup, 'No changes between working and saved configurations.\n'];
  else if (numbers.length === 1)
    [older, none] = [log.text(numbers[0]!)!, `No changes between working and revision ${numbers[0]} configurations.\n`];
  else if (numbers.length > 1) {
    [older, newer] = [log.text(numbers[1]!)!, log.text(numbers[0]!)!];
    none = `No changes between revisions ${numbers[1]} and ${numbers[0]} configurations.\n`;
  }
  const text = vyosCompare(older, newer, device);
  return { text: text === '' ? none : `${text}\n` };
}

/** Puts the session's changes in force. @returns what went wrong; empty when nothing did */
function commit(session: CommandSession, comment: string | undefined, isTrial: boolean): string {
  const { device, candidate } = session;
  if (candidate?.isChanged !== true) {
    candidate?.clear();
    return 'No configuration changes to commit\n';
  }
  const wanted = candidate.outcome;
  const complaints = device.persona.check?.(wanted) ?? [];
  const failed = device.faults.takeCommitFailure()
    ? [{ path: ['system'], line: 'system', says: 'VyOS had an issue completing a command.' }]
    : complaints;
  if (failed.length > 0) {
    const parts = failed.map(
      ({ path, line, says }) =>
        `[ ${[...path, line].join(' ')} ]\n${says}\n\n[[${[...path, line].join(' ')}]] failed\n`,
    );
    return `\n${parts.join('')}Commit failed\n`;
  }
  device.running.set(wanted);
  candidate.clear();
  if (!isTrial)
    commitsOf(device).note({ user: session.user, via: 'cli', ...(comment === undefined ? {} : { comment }) });
  return '';
}

function commitConfirm(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  const minutes = Number(words[0] ?? defaultMinutes);
  if (!Number.isInteger(minutes) || minutes < 1) return { text: 'Invalid commit-confirm minutes\n' };
  const timer = timerOf(device);
  if (timer.isPending) return { text: 'Another confirm is pending\n' };
  const warning =
    device.running.text === device.startup ? '' : '\nYou should save previous commits before commit-confirm !\n';
  return {
    ask: {
      text: `${warning}\ncommit-confirm will automatically reboot in ${minutes} minutes unless changes\nare confirmed.\n\nProceed ? [Y/n] `,
      answered: (answer) => {
        if (!/^(?:y|yes|)$/i.test(answer)) return { text: 'commit-confirm canceled\n' };
        const wrong = commit(session, undefined, true);
        if (wrong !== '') return { text: wrong };
        timer.start(minutes);
        return { text: `Initialized commit-confirm; ${minutes} minutes to confirm before reboot\n` };
      },
    },
  };
}

function rollback({ device }: CommandSession, [typed = '']: readonly string[]): Reply {
  const nth = Number(typed);
  const text = commitsOf(device).text(nth);
  if (!/^\d+$/.test(typed) || text === undefined)
    return { text: `Invalid revision number ${typed}: must be 0 < rev < ${commitsOf(device).commits.length}\n` };
  return {
    ask: {
      text: 'Proceed with reboot ? [Y/n] ',
      answered: (answer) => {
        if (!/^(?:y|yes|)$/i.test(answer)) return { text: 'Canceling rollback\n' };
        if (device.faults.has('rollback-fails')) return { text: 'cp: error writing: No space left on device\n' };
        device.startup = text;
        device.reboot();
        return { isSilent: true };
      },
    },
  };
}

function rollbackSoft({ device, candidate }: CommandSession, [typed = '']: readonly string[]): Reply {
  const text = commitsOf(device).text(Number(typed));
  if (!/^\d+$/.test(typed) || text === undefined)
    return { text: `Invalid revision number ${typed}: must be 0 < rev < ${commitsOf(device).commits.length}\n` };
  if (device.faults.has('rollback-fails')) return { text: 'Failed to load rollback configuration\n' };
  candidate?.load(text);
  return {
    text: 'Rollback diff has been applied.\nUse "compare" to review the changes or "commit" to apply them.\n',
  };
}

function save(session: CommandSession, [name]: readonly string[]): Reply {
  const { device } = session;
  const target = name ?? savedAs;
  if (target === savedAs) device.save();
  else if (!device.files.write(target, device.running.text, device.time.now()))
    return { text: `Saving configuration to '${target}'...\nError: No space left on device\n` };
  return { text: `Saving configuration to '${target}'...\nDone\n` };
}

/** A file in braces, or `set` lines, in place of the candidate. */
function load({ device, candidate }: CommandSession, [name = savedAs]: readonly string[]): Reply {
  const text = name === savedAs ? device.startup : device.files.text(name);
  if (text === undefined) return { text: `Cannot open configuration file ${name}: No such file or directory\n` };
  candidate?.load(text.replaceAll(/^\/\/.*\n/gm, ''));
  return { text: `Loading configuration from '${name}'\nLoad complete. Use 'commit' to make changes effective.\n` };
}

function merge({ device, candidate, editing }: CommandSession, [name = '']: readonly string[]): Reply {
  const text = device.files.text(name);
  if (text === undefined || candidate === undefined)
    return { text: `Cannot open configuration file ${name}: No such file or directory\n` };
  const editor = createEditor(device.persona.edit, candidate.text, device.order);
  const lines = asSetLines(text, device.persona.edit)
    .split('\n')
    .filter((line) => line !== '');
  const bad = lines.filter((line) => !editor.type(line));
  for (const line of lines) if (!bad.includes(line)) candidate.record(editing?.path ?? [], line);
  candidate.set(editor.text);
  return { text: `Loading configuration from '${name}'\nMerge complete. Use 'commit' to make changes effective.\n` };
}

/** `set` and `delete` say so when they change nothing. */
function edit(session: CommandSession): Reply {
  const { editing, candidate, device } = session;
  const line = session.typed.trim();
  if (device.faults.refuses(line)) return { text: wrongPath(line) };
  const before = candidate?.text;
  const refused = editing?.type(line);
  if (refused === 'unknown') return { text: wrongPath(line) };
  if (refused !== undefined) return { text: refused.says(line, 0) };
  editing?.keep();
  if (candidate?.text !== before) return {};
  const path = line.split(/ +/).slice(1).join(' ');
  return {
    text: line.startsWith('delete')
      ? `\n  Nothing to delete (the specified node does not exist)\n\n`
      : `\n  Configuration path: [${path}] already exists\n\n`,
  };
}

const wrongPath = (line: string): string => {
  const [verb = '', ...path] = line.split(/ +/);
  return `\n  Configuration path: [${path.join(' ')}] is not valid\n  ${verb === 'delete' ? 'Delete' : 'Set'} failed\n\n`;
};

function show({ device, candidate, editing }: CommandSession, words: readonly string[]): Reply {
  const text = candidate?.text ?? device.running.text;
  const path = [...(editing?.path ?? []), ...words];
  return { text: path.length === 0 ? text : sectionAt(text, path), isConfiguration: true };
}

function showCommits(device: SimulatedDevice): Reply {
  const rows = commitsOf(device).commits.map(({ atMs, user, via, comment }, nth) => {
    const at = new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
    return `${nth}  ${at}  by ${user}  via ${via}\n${comment === undefined ? '' : `   ${comment}\n`}`;
  });
  return { text: rows.join('') };
}

const inConfig = ['config'] as const;
const inOperation = ['operational'] as const;

/** Candidate, commit and archive of VyOS 1.4.0: what is not confirmed is taken back by a restart. */
export const vyosTransactions: readonly PersonaCommand[] = [
  { words: 'configure', in: inOperation, to: 'config' },
  { words: 'set *', in: inConfig, run: edit },
  { words: 'delete *', in: inConfig, run: edit },
  { words: 'show', in: inConfig, run: show },
  { words: 'show *', in: inConfig, run: show },
  { words: 'compare', in: inConfig, run: compare },
  { words: 'compare *', in: inConfig, run: compare },
  { words: 'commit', in: inConfig, run: (session) => ({ text: commit(session, undefined, false) }) },
  {
    words: 'commit comment *',
    in: inConfig,
    run: (session, words) => ({ text: commit(session, words.join(' ').replaceAll(/^["']|["']$/g, ''), false) }),
  },
  { words: 'commit-confirm', in: inConfig, run: commitConfirm },
  { words: 'commit-confirm *', in: inConfig, run: commitConfirm },
  {
    words: 'confirm',
    in: inConfig,
    run: ({ device, user }) => {
      const timer = timerOf(device);
      if (!timer.isPending) return { text: 'No confirm pending\n' };
      timer.stop();
      commitsOf(device).note({ user, via: 'cli' });
      return { text: 'Reboot timer stopped\n' };
    },
  },
  {
    // The timer is one of systemd since 1.4.
    words: 'systemctl is-active commit-confirm.timer',
    in: inOperation,
    run: ({ device }) => ({ text: timerOf(device).isPending ? 'active\n' : 'inactive\n' }),
  },
  { words: 'rollback *', in: inConfig, run: rollback },
  { words: 'rollback-soft *', in: inConfig, run: rollbackSoft },
  {
    words: 'discard',
    in: inConfig,
    run: ({ candidate }) => {
      if (candidate?.isTouched !== true) return { text: 'No changes have been discarded\n' };
      candidate.clear();
      return { text: 'Changes have been discarded\n' };
    },
  },
  {
    words: 'rm -f *',
    in: inOperation,
    run: ({ device }, names) => {
      for (const name of names) device.files.delete(name);
      return {};
    },
  },
  { words: 'save', in: inConfig, run: (session) => save(session, []) },
  { words: 'save *', in: inConfig, run: save },
  { words: 'load', in: inConfig, run: (session) => load(session, []) },
  { words: 'load *', in: inConfig, run: load },
  { words: 'merge *', in: inConfig, run: merge },
  { words: 'top', in: inConfig, effect: 'top' },
  { words: 'up', in: inConfig, effect: 'up', to: 'config' },
  { words: 'exit discard', in: inConfig, effect: 'discard', to: 'operational', print: () => 'exit\n' },
  {
    words: 'exit',
    in: inConfig,
    refusesDirty: "Cannot exit: configuration modified.\nUse 'exit discard' to discard the changes and exit.\n[edit]\n",
    effect: 'up',
    print: () => 'exit\n',
  },
  { words: 'show system commit', in: inOperation, run: ({ device }) => showCommits(device) },
  {
    words: 'show system commit diff *',
    in: inOperation,
    run: ({ device }, [typed = '']) => {
      const [newer, older] = [commitsOf(device).text(Number(typed)), commitsOf(device).text(Number(typed) + 1)];
      if (newer === undefined || older === undefined) return { text: `Invalid revision number ${typed}\n` };
      return { text: vyosCompare(older, newer, device) };
    },
  },
  {
    words: 'reboot now',
    in: inOperation,
    run: ({ device }) => {
      device.reboot();
      return { isSilent: true };
    },
  },
];
