import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import type { Complaint } from '../persona.ts';
import type { Reply } from '../reply.ts';

const stale =
  "One or more commits have occurred from other\nconfiguration sessions since this session started\nor since the last commit was made from this session.\nYou can use the 'show configuration commit changes'\ncommand to browse the changes.\nDo you wish to proceed with this commit anyway? [no]: ";
const replacing =
  'This commit will replace or remove the entire running configuration. This\noperation can be service affecting.\nDo you wish to proceed? [no]: ';
const failure =
  "\n% Failed to commit one or more configuration items during a pseudo-atomic operation. All changes made have been reverted. Please issue 'show configuration failed [inheritance]' from this session to view the errors\n";

/** What the last commit of a session came to grief on, and who holds the configuration for himself. */
class XrSessions {
  readonly failed = new Map<number, { readonly text: string; readonly errors: string }>();
  exclusive: number | undefined;
  /** The session whose commit is on trial: nobody else can confirm it, or commit anything meanwhile. */
  trial: number | undefined;

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => {
      this.exclusive = undefined;
      this.trial = undefined;
      this.failed.clear();
    });
  }
}

const makeSessions = (device: SimulatedDevice): XrSessions => new XrSessions(device);
export const xrSessionsOf = (device: SimulatedDevice): XrSessions => device.part(makeSessions);

interface CommitOptions {
  readonly seconds?: number;
  readonly label?: string;
  readonly comment?: string;
  readonly replaces: boolean;
}

const least = 30;
const most = 65_535;

/** `label X`, `comment "…"`, `confirmed 60`, `confirmed minutes 5`, `replace`, in whatever order. */
function commitOptions(words: readonly string[]): CommitOptions | undefined {
  const rest = [...words];
  let options: { -readonly [K in keyof CommitOptions]: CommitOptions[K] } = { replaces: false };
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (word === 'replace') options.replaces = true;
    else if (word === 'force' || word === 'best-effort' || word === 'show-error') continue;
    else if (word === 'label') options = { ...options, label: rest.shift() ?? '' };
    else if (word === 'comment') {
      // A comment in quotes, or all that is left.
      const said = rest.join(' ');
      const quoted = /^"([^"]*)" ?/.exec(said);
      options = { ...options, comment: quoted?.[1] ?? said };
      rest.splice(0, rest.length, ...(quoted === null ? [] : said.slice(quoted[0].length).split(' ').filter(Boolean)));
    } else if (word === 'confirmed') {
      const isMinutes = rest[0] === 'minutes';
      if (isMinutes) rest.shift();
      const value = Number(rest.shift() ?? (isMinutes ? 10 : 600)) * (isMinutes ? 60 : 1);
      if (!(value >= least && value <= most)) return undefined;
      options = { ...options, seconds: value };
    } else return undefined;
  }
  return options;
}

/** The errors of a failed commit below the lines that they belong to. */
function errorText(complaints: readonly Complaint[]): string {
  const head =
    '!! SEMANTIC ERRORS: This configuration was rejected by \n!! the system due to semantic errors. The individual \n!! errors with each failed configuration command can be \n!! found below.\n\n\n';
  const items = complaints.map(({ path, line, says }) => {
    const lines = [...path, line].map((step, depth) => `${' '.repeat(depth)}${step}\n`).join('');
    const ends = path.map((_, depth) => `${' '.repeat(path.length - 1 - depth)}!\n`).join('');
    return `${lines}!!% ${says}\n${ends}`;
  });
  return `${head}${items.join('')}end\n\n`;
}

export function xrCommit(session: CommandSession, words: readonly string[]): Reply {
  const { device, candidate } = session;
  const options = commitOptions(words);
  if (options === undefined || candidate === undefined)
    return { text: `${' '.repeat(40)}^\n% Invalid input detected at '^' marker.\n` };
  const confirmed = confirmedOf(device);
  if (!candidate.isChanged) {
    if (confirmed.isPending && xrSessionsOf(device).trial === session.id && options.seconds === undefined) {
      confirmed.confirm();
      return { text: '% Confirming commit for trial session.\n' };
    }
    candidate.clear();
    if (!options.replaces) return { text: '% No configuration changes to commit.\n' };
  }
  const { exclusive, trial } = xrSessionsOf(device);
  if (confirmed.isPending && trial !== session.id)
    return {
      text: "\n% Cannot commit because there is an unexpired trial/rollback session '00001000-00005b40-00000000'.\n",
    };
  if (exclusive !== undefined && exclusive !== session.id)
    return {
      text: "\n% Failed to commit: the configuration is locked by another session. Use 'show configuration lock' to see it\n",
    };
  const perform = (): Reply => apply(session, options);
  const sure = (text: string, next: () => Reply): Reply => ({
    ask: { text, answered: (answer) => (/^y/i.test(answer) ? next() : {}) },
  });
  if (options.replaces) return sure(replacing, perform);
  return candidate.isStale ? sure(stale, perform) : perform();
}

function apply(session: CommandSession, options: CommitOptions): Reply {
  const { device, candidate } = session;
  const confirmed = confirmedOf(device);
  const before = device.running.text;
  const wanted = candidate?.outcome ?? before;
  const complaints = [
    ...(device.faults.takeCommitFailure()
      ? [{ path: [], line: 'hostname', says: "'CfgMgr' detected the 'fatal' condition 'Operation not permitted'" }]
      : []),
    ...(device.persona.check?.(wanted) ?? []),
  ];
  if (complaints.length > 0) {
    xrSessionsOf(device).failed.set(session.id, { text: wanted, errors: errorText(complaints) });
    candidate?.clear();
    return { text: failure };
  }
  xrSessionsOf(device).failed.delete(session.id);
  device.running.set(wanted);
  candidate?.clear();
  const { seconds, label, comment } = options;
  commitsOf(device).note({
    user: session.user,
    via: 'CLI',
    ...(label === undefined ? {} : { label }),
    ...(comment === undefined ? {} : { comment }),
  });
  if (seconds === undefined) confirmed.confirm();
  else {
    xrSessionsOf(device).trial = session.id;
    confirmed.start(before, seconds * 1_000, (failed) => {
      if (!failed) commitsOf(device).note({ user: session.user, via: 'Rollback' });
    });
  }
  return {};
}
