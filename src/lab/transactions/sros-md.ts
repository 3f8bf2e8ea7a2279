import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { sectionAt } from './braces.ts';
import { mdCompare } from './md-compare.ts';

const minuteMs = 60_000;
const defaultMinutes = 10;
const ways = ['exclusive', 'private', 'global', 'read-only'] as const;
type Way = (typeof ways)[number];

const entering: Readonly<Record<Way, string>> = {
  exclusive:
    'INFO: CLI #2060: Entering exclusive configuration mode\nINFO: CLI #2061: Uncommitted changes are discarded on configuration mode exit\n',
  private:
    'INFO: CLI #2070: Entering private configuration mode\nINFO: CLI #2061: Uncommitted changes are discarded on configuration mode exit\n',
  global: 'INFO: CLI #2054: Entering global configuration mode\n',
  'read-only': 'INFO: CLI #2066: Entering read-only configuration mode\n',
};
const leaving: Readonly<Record<Way, string>> = {
  exclusive: 'INFO: CLI #2064: Exiting exclusive configuration mode\n',
  private: 'INFO: CLI #2074: Exiting private configuration mode\n',
  global: 'INFO: CLI #2056: Exiting global configuration mode\n',
  'read-only': 'INFO: CLI #2067: Exiting read-only configuration mode\n',
};
const shorts: Readonly<Record<Way, string>> = { exclusive: 'ex', private: 'pr', global: 'gl', 'read-only': 'ro' };

/** Which session edits in which way. */
class MdSessions {
  readonly editing = new Map<number, { readonly way: Way; readonly isExplicit: boolean }>();
  /** Who made the commit that waits, and the name by which others may accept it. */
  committer = 0;
  persistId: string | undefined;

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => this.editing.clear());
  }
}

const makeSessions = (device: SimulatedDevice): MdSessions => new MdSessions(device);
const sessionsOf = (device: SimulatedDevice): MdSessions => device.part(makeSessions);

function enter(session: CommandSession, typed: string, isExplicit: boolean): Reply {
  const way = ways.find((known) => known.startsWith(typed));
  if (way === undefined) return { text: `MINOR: MGMT_CORE #2201: Unknown element - '${typed}'\n` };
  const { device } = session;
  const { editing } = sessionsOf(device);
  const others = [...editing].filter(([id]) => id !== session.id).map(([, other]) => other.way);
  const isHeld = others.includes('exclusive') && way !== 'read-only' && way !== 'private';
  const isBusy =
    way === 'exclusive' &&
    (others.some((other) => other !== 'read-only' && other !== 'private') || device.candidate.isChanged);
  if (isHeld || isBusy)
    return {
      text: 'MINOR: MGMT_CORE #2052: Exclusive datastore access unavailable - model-driven interface editing the global candidate\n',
    };
  session.label = `${isExplicit ? 'explicit' : 'implicit'} ${shorts[way]}`;
  session.go(way === 'private' ? 'private' : isExplicit ? 'edit' : 'config');
  editing.set(session.id, { way, isExplicit });
  session.whenLeft(() => {
    editing.delete(session.id);
    if (way === 'exclusive') device.candidate.clear();
  });
  return { text: entering[way] };
}

function leave(session: CommandSession): Reply {
  const { device, candidate } = session;
  const way = sessionsOf(device).editing.get(session.id)?.way ?? 'global';
  const gone = (): Reply => {
    if (way !== 'global') candidate?.clear();
    session.go('exec');
    return { text: leaving[way] };
  };
  if (way === 'global' || candidate?.isChanged !== true) return gone();
  return {
    ask: {
      text: `INFO: CLI #2063: Uncommitted changes are present in the candidate configuration. Exiting ${way} configuration mode will discard those changes.\n\nDiscard uncommitted changes? [y,n] `,
      answered: (answer) => (/^y/i.test(answer) ? gone() : {}),
    },
  };
}

interface CommitOptions {
  readonly verdict?: 'accept' | 'cancel';
  readonly minutes?: number;
  readonly persistId?: string;
  readonly comment?: string;
}

/** `confirmed [minutes|accept|cancel] [persist-id X]`, `comment "…"`; undefined for anything else. */
function commitOptions(words: readonly string[]): CommitOptions | undefined {
  const said = words.join(' ');
  const match =
    /^(confirmed)?(?: ?(accept|cancel|\d+))?(?: ?persist-id "?([^"\s]+)"?)?(?: ?comment (?:"([^"]*)"|(\S+)))?$/.exec(
      said,
    );
  if (match === null) return undefined;
  const [, confirmed, value, persistId, quoted, bare] = match;
  if (confirmed === undefined && (value !== undefined || persistId !== undefined)) return undefined;
  const comment = quoted ?? bare;
  return {
    ...(value === 'accept' || value === 'cancel' ? { verdict: value } : {}),
    ...(confirmed !== undefined && value !== 'accept' && value !== 'cancel'
      ? { minutes: Number(value ?? defaultMinutes) }
      : {}),
    ...(persistId === undefined ? {} : { persistId }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function judge(session: CommandSession, { verdict, persistId }: CommitOptions): Reply {
  const confirmed = confirmedOf(session.device);
  const sessions = sessionsOf(session.device);
  if (!confirmed.isPending)
    return { text: 'MINOR: MGMT_CORE #224: Entry does not exist - no commit confirmed in progress\n' };
  const isOurs =
    sessions.persistId === undefined ? sessions.committer === session.id : sessions.persistId === persistId;
  if (!isOurs)
    return {
      text: 'MINOR: MGMT_CORE #2049: Commit confirmed belongs to another session - persist-id does not match\n',
    };
  if (verdict === 'accept') confirmed.confirm();
  else confirmed.takeBack();
  return {};
}

function commit(session: CommandSession, words: readonly string[]): Reply {
  const { device, candidate } = session;
  const confirmed = confirmedOf(device);
  const options = commitOptions(words);
  if (options === undefined) return { text: `MINOR: MGMT_CORE #2201: Unknown element - '${words[0] ?? ''}'\n` };
  if (options.verdict !== undefined) return judge(session, options);
  const { minutes, persistId, comment } = options;
  if (confirmed.isPending)
    return {
      text: 'MINOR: MGMT_CORE #2050: Commit or validate is in progress - commit confirmed is waiting for acceptance\n',
    };
  if (candidate === undefined || (minutes !== undefined && !(minutes >= 1 && minutes <= 168 * 60)))
    return { text: "MINOR: MGMT_CORE #2301: Invalid element value - 'timeout' out of range 1..10080\n" };
  const wanted = candidate.outcome;
  const wrong = complaints(device, wanted);
  if (wrong !== '') return { text: wrong };
  const before = device.running.text;
  device.running.set(wanted);
  candidate.clear();
  commitsOf(device).note({ user: session.user, via: 'MD-CLI', ...(comment === undefined ? {} : { comment }) });
  if (minutes === undefined) return {};
  hold(session, before, wanted, minutes, persistId);
  return {
    text: `INFO: CLI #2086: Commit confirmed - automatic rollback in ${minutes} minutes\n`,
  };
}

/** Without a persist-id the commit lives as long as the session that made it. What is taken back is a candidate again. */
function hold(
  session: CommandSession,
  before: string,
  wanted: string,
  minutes: number,
  persistId: string | undefined,
): void {
  const { device, candidate } = session;
  const confirmed = confirmedOf(device);
  const sessions = sessionsOf(device);
  sessions.persistId = persistId;
  sessions.committer = session.id;
  confirmed.start(before, minutes * minuteMs, (failed) => {
    if (!failed) {
      commitsOf(device).note({ user: 'system', via: 'rollback' });
      if (sessions.editing.has(session.id)) candidate?.load(wanted);
    }
    device.tell(
      `\nINFO: CLI #2087: Commit confirmed is over - ${failed ? 'rollback failed' : 'configuration rolled back'}\n`,
    );
  });
  session.whenLeft(() => {
    if (confirmed.isPending && sessions.persistId === undefined && sessions.committer === session.id)
      confirmed.takeBack();
  });
}

function complaints(device: SimulatedDevice, text: string): string {
  if (device.faults.takeCommitFailure()) return 'MINOR: MGMT_CORE #2209: Commit failed - resources are not available\n';
  return (device.persona.check?.(text) ?? [])
    .map(({ path, line, says }) => `MINOR: MGMT_CORE #224: configure ${[...path, line].join(' ')} - ${says}\n`)
    .join('');
}

function load({ device, candidate, editing }: CommandSession, [how = '', name = '']: readonly string[]): Reply {
  const text = device.files.text(name);
  if (candidate === undefined || text === undefined)
    return { text: `MINOR: CLI #2052: Cannot open '${name}' - file does not exist\n` };
  if (/^full-replace$/.test(how)) {
    candidate.load(text.replaceAll(/^#.*\n/gm, ''));
    return {};
  }
  const bad: string[] = [];
  for (const line of text.replaceAll(/^#.*\n/gm, '').split('\n')) {
    const body = line.trim();
    if (body === '' || body === 'configure {') continue;
    const refused = editing?.type(body);
    if (refused !== undefined && body !== '}') bad.push(body);
  }
  editing?.keep();
  editing?.top();
  return { text: bad.map((line) => `MINOR: MGMT_CORE #2201: Unknown element - '${line}'\n`).join('') };
}

function rollback({ device, candidate }: CommandSession, [typed = '']: readonly string[]): Reply {
  const text = typed === 'startup' ? device.startup : commitsOf(device).text(Number(typed));
  if (text === undefined || candidate === undefined)
    return { text: `MINOR: MGMT_CORE #2301: Invalid element value - rollback '${typed}' does not exist\n` };
  if (device.faults.has('rollback-fails'))
    return { text: 'MINOR: MGMT_CORE #2004: Rollback aborted - cannot load the rollback file\n' };
  candidate.load(text);
  return {};
}

function info({ device, candidate, editing }: CommandSession): Reply {
  const text = candidate?.text ?? device.running.text;
  const path = ['configure', ...(editing?.path ?? [])].join(' ').match(/"[^"]*"|\S+/g) ?? [];
  return { text: sectionAt(text, path).replaceAll(/^(?=.)/gm, '    '), isConfiguration: true };
}

const inConfig = ['config', 'edit', 'private'] as const;
const anywhere = ['exec', 'config', 'edit', 'private'] as const;

function history(device: SimulatedDevice): Reply {
  const confirmed = confirmedOf(device);
  const rows = commitsOf(device).commits.map(({ atMs, user, via, comment }, nth) => {
    return `${nth + 1}\n  Committed   ${new Date(atMs).toISOString()} by ${user} (${via}) from 198.51.100.7\n${comment === undefined ? '' : `  Comment     ${comment}\n`}`;
  });
  const rule = '='.repeat(79);
  const waiting = confirmed.isPending
    ? `Commit Confirmed : awaiting confirmation, rollback in ${Math.ceil(confirmed.leftMs / 1000)} seconds\n`
    : '';
  return {
    text: `${rule}\nCommit History\n${rule}\nTotal Commits : ${rows.length}\n${waiting}\n${rows.join('\n')}${rule}\n`,
  };
}

/** Candidates and commits of the model-driven command line of SR OS 20.10. */
export const srosMd: readonly PersonaCommand[] = [
  { words: 'edit-config *', in: ['exec'], run: (session, [way = '']) => enter(session, way, true) },
  { words: 'configure *', in: ['exec'], run: (session, [way = '']) => enter(session, way, false) },
  { words: '/configure', in: inConfig, effect: 'top' },
  { words: 'configure', in: ['edit'], effect: 'top' },
  { words: 'quit-config', in: ['edit', 'private'], run: leave },
  { words: 'exit all', in: inConfig, run: (session) => (session.mode === 'edit' ? { text: '' } : leave(session)) },
  {
    words: 'exit',
    in: inConfig,
    run: (session) => (session.editing?.up() === true ? {} : session.mode === 'edit' ? {} : leave(session)),
  },
  { words: 'back', in: inConfig, run: (session) => (session.editing?.up() === true ? {} : {}) },
  { words: 'top', in: inConfig, effect: 'top' },
  { words: 'commit', in: inConfig, run: (session) => commit(session, []) },
  { words: 'commit *', in: inConfig, run: commit },
  {
    words: 'validate',
    in: inConfig,
    run: ({ device, candidate }) => ({ text: complaints(device, candidate?.outcome ?? '') }),
  },
  {
    words: 'discard [/]',
    in: inConfig,
    run: ({ candidate }) => {
      candidate?.clear();
      return {};
    },
  },
  {
    words: 'compare [*]',
    in: inConfig,
    run: ({ device, candidate }) => ({
      text: mdCompare(device.running.text, candidate?.outcome ?? device.running.text, device.persona.edit),
    }),
  },
  {
    words: 'compare *',
    in: inConfig,
    run: ({ device, candidate }) => ({
      text: mdCompare(device.running.text, candidate?.outcome ?? device.running.text, device.persona.edit),
    }),
  },
  { words: 'info', in: inConfig, run: info },
  { words: 'load *', in: inConfig, run: load },
  { words: 'rollback *', in: inConfig, run: rollback },
  { words: 'show system management-interface commit-history', in: anywhere, run: ({ device }) => history(device) },
  {
    words: 'admin save',
    in: anywhere,
    run: ({ device }) => {
      device.save();
      return { text: 'Writing configuration to cf3:\\config.cfg\nSaving configuration OK\nCompleted.\n' };
    },
  },
  {
    words: 'admin show configuration',
    in: anywhere,
    run: ({ device }) => ({ text: device.show(), isConfiguration: true }),
  },
  {
    words: 'admin reboot now',
    in: anywhere,
    run: ({ device }) => {
      device.reboot();
      return { isSilent: true };
    },
  },
];
