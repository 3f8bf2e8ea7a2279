import { Candidate } from '../candidate.ts';
import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import type { DeviceTimer } from '../device-time.ts';
import { unifiedText } from '../line-diff.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { checkpointsOf } from './eos-checkpoints.ts';

const mostPending = 5;
const unknownSession = '% Invalid input\n';
const tooMany =
  '% Maximum number of pending sessions has been reached. Please commit or abort previous sessions before creating a new one.\n';

interface EosSession {
  readonly name: string;
  readonly candidate: Candidate;
  state: 'pending' | 'pendingCommitTimer' | 'completed';
  user: string;
  terminal: string;
  completedMs: number | undefined;
  /** Set while the commit waits for its confirmation. */
  timer: DeviceTimer | undefined;
  before: string | undefined;
}

/** The configuration sessions of one switch; they outlive the terminals that opened them, though not a restart. */
class EosSessions {
  readonly #device: SimulatedDevice;
  readonly #sessions = new Map<string, EosSession>();
  #auto = 0;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => this.#sessions.clear());
  }

  get all(): readonly EosSession[] {
    return [...this.#sessions.values()];
  }

  find(name: string): EosSession | undefined {
    return this.#sessions.get(name);
  }

  get timed(): EosSession | undefined {
    return this.all.find(({ state }) => state === 'pendingCommitTimer');
  }

  /** Opens the session of that name, or a new one. @returns undefined when there are too many */
  open(name: string | undefined, session: CommandSession): EosSession | undefined {
    let chosen = name;
    if (chosen === undefined) {
      this.#auto += 1;
      chosen = `sess-${2_000 + session.id}--${797_967_552 + this.#auto}-${this.#auto}`;
    }
    const found = this.#sessions.get(chosen);
    if (found !== undefined && found.state !== 'completed') {
      found.user = session.user;
      found.terminal = `vty${session.id + 1}`;
      return found;
    }
    if (this.all.filter(({ state }) => state !== 'completed').length >= mostPending) return undefined;
    const opened: EosSession = {
      name: chosen,
      candidate: new Candidate(this.#device),
      state: 'pending',
      user: session.user,
      terminal: `vty${session.id + 1}`,
      completedMs: undefined,
      timer: undefined,
      before: undefined,
    };
    this.#sessions.set(chosen, opened);
    return opened;
  }

  remove(name: string): boolean {
    return this.#sessions.delete(name);
  }

  /** @returns what is printed; empty when all went well. */
  commit(session: EosSession, timerMs?: number): string {
    const device = this.#device;
    if (session.state === 'pendingCommitTimer') {
      if (timerMs !== undefined) this.#startTimer(session, timerMs);
      else this.#complete(session);
      return '';
    }
    const timed = this.timed;
    if (timed !== undefined) return `% Cannot commit: session ${timed.name} has a pending commit timer\n`;
    if (device.faults.takeCommitFailure()) return '% Commit failed: configuration could not be applied to the system\n';
    const { candidate } = session;
    const before = device.running.text;
    checkpointsOf(device).auto(session.user);
    device.running.set(candidate.outcome);
    candidate.clear();
    session.before = before;
    if (timerMs === undefined) this.#complete(session);
    else {
      session.state = 'pendingCommitTimer';
      this.#startTimer(session, timerMs);
    }
    return '';
  }

  abort(session: EosSession): void {
    if (session.state === 'pendingCommitTimer') this.#takeBack(session);
    this.#sessions.delete(session.name);
  }

  #startTimer(session: EosSession, ms: number): void {
    session.timer?.cancel();
    session.timer = this.#device.time.after(ms, () => this.#takeBack(session));
    this.#device.awaits(session.timer);
  }

  #takeBack(session: EosSession): void {
    session.timer?.cancel();
    this.#device.awaits(undefined);
    if (session.before !== undefined && !this.#device.faults.has('rollback-fails'))
      this.#device.running.set(session.before);
    this.#complete(session);
  }

  /** Only one completed session is remembered. */
  #complete(session: EosSession): void {
    session.timer?.cancel();
    this.#device.awaits(undefined);
    for (const other of this.all) if (other.state === 'completed') this.#sessions.delete(other.name);
    session.state = 'completed';
    session.timer = undefined;
    session.before = undefined;
    session.completedMs = this.#device.time.now();
    session.user = '';
    session.terminal = '';
  }
}

const makeSessions = (device: SimulatedDevice): EosSessions => new EosSessions(device);
const sessionsOf = (device: SimulatedDevice): EosSessions => device.part(makeSessions);

/** `00:05:00` in milliseconds; undefined for anything else. */
function timerMs(typed: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d{1,2}):([0-5]\d):([0-5]\d)$/.exec(typed) ?? [];
  if (hours === undefined) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}

/** The session that is edited here. */
const current = (session: CommandSession): EosSession | undefined => sessionsOf(session.device).find(session.label);

function configureSession(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  const sessions = sessionsOf(device);
  const [name, verb, ...rest] = words;
  if (verb === undefined) {
    const opened = sessions.open(name, session);
    if (opened === undefined) return { text: tooMany };
    session.label = opened.name;
    session.go('session', opened.candidate);
    return {};
  }
  const found = sessions.find(name ?? '');
  if (found === undefined) return { text: `% Session ${name} does not exist\n` };
  if (verb === 'abort') {
    sessions.abort(found);
    return {};
  }
  if (verb !== 'commit') return { text: unknownSession };
  return commit(session, found, rest, false);
}

function commit(session: CommandSession, target: EosSession, words: readonly string[], leaves: boolean): Reply {
  const [word, typed = ''] = words;
  const ms = word === 'timer' ? timerMs(typed) : undefined;
  if (word !== undefined && ms === undefined) return { text: unknownSession };
  const said = sessionsOf(session.device).commit(target, ms);
  if (said !== '') return { text: said };
  if (leaves) session.go('privileged');
  return {};
}

function showSession(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  const rest = [...words];
  let target = current(session);
  if (rest[0] === 'named') {
    rest.shift();
    target = sessionsOf(device).find(rest.shift() ?? '');
    if (target === undefined) return { text: '% Session does not exist\n' };
  }
  if (target === undefined) return { text: '% Not in a configuration session\n' };
  if (rest.length === 0) return { text: target.candidate.outcome, isConfiguration: true };
  if (!/^diffs?$/.test(rest.join(' '))) return { text: unknownSession };
  const text = unifiedText(
    device.running.text,
    target.candidate.outcome,
    'system:/running-config',
    `session:/${target.name}-session-config`,
  );
  return { text: device.still(text) };
}

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

function showSessions(session: CommandSession, isDetailed: boolean): Reply {
  const { device } = session;
  const { all } = sessionsOf(device);
  const width = Math.max(20, ...all.map(({ name }) => name.length + 2));
  const columns = [`${'Name'.padEnd(width)} ${'State'.padEnd(18)} ${'User'.padEnd(12)} ${'Terminal'.padEnd(10)}`];
  const rules = [`${'-'.repeat(width)} ${'-'.repeat(18)} ${'-'.repeat(12)} ${'-'.repeat(10)}`];
  if (isDetailed) {
    columns.push(`${'Commit Time Left'.padEnd(18)} ${'Completed Time'.padEnd(20)}`);
    rules.push(`${'-'.repeat(18)} ${'-'.repeat(20)}`);
  }
  const rows = all.map((one) => {
    const isHere = session.mode === 'session' && one.name === session.label;
    const row = `${`${isHere ? '* ' : ''}${one.name}`.padEnd(width)} ${one.state.padEnd(18)} ${one.user.padEnd(12)} ${one.terminal.padEnd(10)}`;
    if (!isDetailed) return row;
    const left = one.timer === undefined ? '' : `in ${clock(one.timer.dueMs - device.time.now())}`;
    const done =
      one.completedMs === undefined ? '' : new Date(one.completedMs).toISOString().slice(0, 19).replace('T', ' ');
    return `${row} ${left.padEnd(18)} ${done.padEnd(20)}`;
  });
  const table = [columns.join(' '), rules.join(' '), ...rows].map((row) => `${row.trimEnd()}\n`).join('');
  return {
    text: `Maximum number of completed sessions: 1\nMaximum number of pending sessions: ${mostPending}\nMerge on commit is disabled\nAutosave to startup-config on commit is disabled\n\n${table}\n`,
  };
}

const inSession = ['session'] as const;
const inExec = ['privileged'] as const;

/** Configuration sessions of EOS 4.29. */
export const eosSessions: readonly PersonaCommand[] = [
  { words: 'configure session', in: inExec, run: (session) => configureSession(session, []) },
  { words: 'configure session *', in: inExec, run: configureSession },
  {
    words: 'no configure session *',
    in: inExec,
    run: ({ device }, [name = '']) => {
      const found = sessionsOf(device).find(name);
      if (found === undefined) return { text: `% Session ${name} does not exist\n` };
      sessionsOf(device).abort(found);
      return {};
    },
  },
  {
    words: 'commit',
    in: inSession,
    run: (session) => {
      const target = current(session);
      return target === undefined ? { text: unknownSession } : commit(session, target, [], true);
    },
  },
  {
    words: 'commit *',
    in: inSession,
    run: (session, words) => {
      const target = current(session);
      return target === undefined ? { text: unknownSession } : commit(session, target, words, true);
    },
  },
  {
    words: 'abort',
    in: inSession,
    run: (session) => {
      const target = current(session);
      if (target !== undefined) sessionsOf(session.device).abort(target);
      session.go('privileged');
      return {};
    },
  },
  {
    words: 'rollback clean-config',
    in: inSession,
    run: ({ candidate }) => {
      candidate?.load('');
      return {};
    },
  },
  { words: 'exit', in: inSession, effect: 'up' },
  { words: 'end', in: inSession, to: 'privileged', effect: 'top' },
  { words: 'show session-config', in: ['session', 'privileged'], run: (session) => showSession(session, []) },
  { words: 'show session-config *', in: ['session', 'privileged'], run: showSession },
  { words: 'show configuration sessions', run: (session) => showSessions(session, false) },
  { words: 'show configuration sessions detail', run: (session) => showSessions(session, true) },
];
