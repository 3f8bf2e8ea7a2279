import type { CommandSession } from '../command-session.ts';
import { commitsOf } from '../commit-log.ts';
import type { SimulatedDevice } from '../device.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { sectionAt } from './braces.ts';
import { junosCompare } from './junos-diff.ts';

interface Job {
  readonly id: number;
  readonly type: 'Commit' | 'Validate';
  readonly atMs: number;
  readonly user: string;
  readonly result: 'OK' | 'FAIL';
  readonly details: string;
}

/** Jobs, saved snapshots and locks of one firewall. */
class PanosState {
  readonly jobs: Job[] = [];
  readonly saved = new Map<string, string>();
  /** Session that holds the commit lock. */
  lock: number | undefined;
  /** The comment of the configuration lock, which outlasts the session that took it; undefined: nobody holds it. */
  configLock: string | undefined;
  #next = 12;

  constructor(device: SimulatedDevice) {
    device.whenRestarted(() => {
      this.lock = undefined;
      this.configLock = undefined;
    });
  }

  add(job: Omit<Job, 'id'>): Job {
    const added = { ...job, id: this.#next };
    this.#next += 1;
    this.jobs.unshift(added);
    return added;
  }
}

const makeState = (device: SimulatedDevice): PanosState => new PanosState(device);
const stateOf = (device: SimulatedDevice): PanosState => device.part(makeState);

/** What the validation complains of; empty when the candidate is sound. */
function errors(device: SimulatedDevice, text: string): string {
  const found = device.persona.check?.(text) ?? [];
  return found.map(({ path, line, says }) => `${[...path, line].join(' -> ')} ${says}\n`).join('');
}

function progress(job: Job): string {
  return `\n${job.type} job ${job.id} is in progress. Use Ctrl+C to return to command prompt\n...55%75%98%...100%\n`;
}

function validate({ device, candidate, user }: CommandSession): Reply {
  const wrong = errors(device, candidate?.outcome ?? device.running.text);
  const job = stateOf(device).add({
    type: 'Validate',
    atMs: device.time.now(),
    user,
    result: wrong === '' ? 'OK' : 'FAIL',
    details: wrong === '' ? 'Configuration is valid' : wrong,
  });
  return {
    text: `${progress(job)}${wrong === '' ? 'Configuration is valid\n\n' : `Validation Error:\n${wrong}Configuration is invalid\n\n`}`,
  };
}

function commit(session: CommandSession, words: readonly string[]): Reply {
  const { device, candidate, user } = session;
  const state = stateOf(device);
  if (state.lock !== undefined && state.lock !== session.id)
    return { text: 'Server error : Commit lock is held by another administrator; commit is not allowed\n' };
  const said = words.join(' ');
  if (candidate?.isChanged !== true && !said.includes('force')) {
    candidate?.clear();
    return { text: 'There are no changes to commit.\n' };
  }
  const wanted = candidate?.outcome ?? device.running.text;
  const wrong = device.faults.takeCommitFailure()
    ? 'Error: Threat database handler failed\n(Module: device)\n'
    : errors(device, wanted);
  const description = /description "?([^"]+)"?/.exec(said)?.[1];
  const job = state.add({
    type: 'Commit',
    atMs: device.time.now(),
    user,
    result: wrong === '' ? 'OK' : 'FAIL',
    details: wrong === '' ? 'Configuration committed successfully' : wrong,
  });
  if (wrong !== '') return { text: `${progress(job)}Validation Error:\n${wrong}Commit failed\n\n` };
  device.running.set(wanted);
  candidate?.clear();
  commitsOf(device).note({ user, via: 'CLI', ...(description === undefined ? {} : { comment: description }) });
  return { text: `${progress(job)}Configuration committed successfully\n\n` };
}

function load({ device, candidate }: CommandSession, words: readonly string[]): Reply {
  const [kind = '', name = ''] = words;
  const state = stateOf(device);
  if (candidate === undefined) return {};
  if (kind === 'from') {
    const text =
      name === 'running-config.xml' ? device.running.text : (state.saved.get(name) ?? device.files.text(name));
    if (text === undefined) return { text: `Server error : Config ${name} does not exist\n` };
    candidate.load(device.marked(text));
    return { text: `Config loaded from ${name}\n` };
  }
  if (kind === 'version') {
    const nth = commitsOf(device).commits.findIndex(({ id }) => String(id - 1_000_000_000) === name);
    const text = nth < 0 ? undefined : commitsOf(device).text(nth);
    if (text === undefined) return { text: `Server error : version ${name} does not exist\n` };
    candidate.load(text);
    return { text: `Config loaded from version ${name}\n` };
  }
  return { text: 'Invalid syntax.\n' };
}

function revert({ device, candidate }: CommandSession): Reply {
  if (device.faults.has('rollback-fails')) return { text: 'Server error : failed to revert config\n' };
  candidate?.clear();
  return { text: 'Config reverted\n' };
}

function jobTable(jobs: readonly Job[], isDetailed: boolean): string {
  const clock = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
  const head =
    'Enqueued              Dequeued           ID  PositionInQ                              Type                         Status Result Completed\n------------------------------------------------------------------------------------------------------------------------------\n';
  const rows = jobs.map(
    ({ id, type, atMs, result, details }) =>
      `${clock(atMs)}   ${clock(atMs).slice(11)}   ${String(id).padStart(8)}  ${''.padStart(36)}  ${type.padEnd(28)} FIN     ${result.padEnd(6)} ${clock(atMs + 9_000).slice(11)}\n${isDetailed ? `Warnings:\nDetails:${details}\n` : ''}`,
  );
  return `\n${head}${rows.join('')}\n`;
}

const inConfig = ['config'] as const;

function shownPath(session: CommandSession, words: readonly string[]): Reply {
  const root = session.device.persona.edit.root ?? [];
  const text = session.candidate?.text ?? session.device.running.text;
  const path = [...(session.editing?.path ?? []), ...words];
  if (path.length === 0) return { text, isConfiguration: true };
  return { text: sectionAt(text, [...root, ...path]), isConfiguration: true };
}

const showDiff = ({ device }: CommandSession): Reply => ({
  text: junosCompare(device.running.text, device.candidate.outcome, device.persona.edit),
});

function addConfigLock(device: SimulatedDevice, comment: string): Reply {
  const state = stateOf(device);
  if (state.configLock !== undefined)
    return { text: 'Server error : You already own a config lock for scope shared\n' };
  state.configLock = comment;
  return { text: 'successfully acquired lock. Other administrators will not be able to modify configuration.\n' };
}

/** Candidate and commit jobs of PAN-OS 10.2. */
export const panosTransactions: readonly PersonaCommand[] = [
  { words: 'configure', in: ['operational'], to: 'config', print: () => 'Entering configuration mode\n' },
  { words: 'show', in: inConfig, run: (session) => shownPath(session, []) },
  { words: 'show config diff', in: ['operational'], run: showDiff },
  { words: 'show config diff', in: inConfig, run: showDiff },
  {
    words: 'check pending-changes',
    in: ['operational'],
    run: ({ device }) => ({ text: device.candidate.isChanged ? 'yes\n' : 'no\n' }),
  },
  {
    words: 'request config-lock add',
    in: ['operational'],
    run: ({ device }) => addConfigLock(device, ''),
  },
  {
    words: 'request config-lock add *',
    in: ['operational'],
    run: ({ device }, [, comment = '']) => addConfigLock(device, comment),
  },
  {
    words: 'show config-locks',
    in: ['operational'],
    run: ({ device, user }) => {
      const comment = stateOf(device).configLock;
      return {
        text:
          comment === undefined
            ? ''
            : `name        type    created              last-activity        loggedin  comment\n${user.padEnd(12)}shared  2026/11/20 09:00:00  2026/11/20 09:00:00  yes       ${comment}\n`,
      };
    },
  },
  {
    words: 'request config-lock remove',
    in: ['operational'],
    run: ({ device }) => {
      stateOf(device).configLock = undefined;
      return { text: 'Config unlocked\n' };
    },
  },
  {
    words: 'delete config saved *',
    in: ['operational'],
    run: ({ device }, [name = '']) =>
      stateOf(device).saved.delete(name) ? {} : { text: `Server error : ${name} does not exist\n` },
  },
  {
    words: 'show jobs all',
    in: ['operational', 'config'],
    run: ({ device }) => ({ text: jobTable(stateOf(device).jobs, false) }),
  },
  {
    words: 'show jobs id *',
    in: ['operational', 'config'],
    run: ({ device }, [id = '']) => {
      const found = stateOf(device).jobs.filter((job) => String(job.id) === id);
      return { text: found.length === 0 ? `job ${id} not found\n` : jobTable(found, true) };
    },
  },
  { words: 'show *', in: inConfig, run: shownPath },
  { words: 'validate full', in: inConfig, run: validate },
  { words: 'commit', in: inConfig, run: (session) => commit(session, []) },
  { words: 'commit *', in: inConfig, run: commit },
  { words: 'revert config', in: inConfig, run: revert },
  { words: 'load config *', in: inConfig, run: load },
  {
    words: 'save config to *',
    in: inConfig,
    run: ({ device, candidate }, [name = '']) => {
      stateOf(device).saved.set(name, candidate?.text ?? device.running.text);
      return { text: `Config saved to ${name}\n` };
    },
  },
  {
    words: 'request commit-lock add',
    in: ['operational', 'config'],
    run: ({ device, id }) => {
      const state = stateOf(device);
      if (state.lock !== undefined && state.lock !== id)
        return { text: 'Server error : Commit lock is already held\n' };
      state.lock = id;
      return { text: 'successfully acquired lock. Other administrators will not be able to commit.\n' };
    },
  },
  {
    words: 'request commit-lock remove',
    in: ['operational', 'config'],
    run: ({ device }) => {
      stateOf(device).lock = undefined;
      return { text: 'commit lock released\n' };
    },
  },
  { words: 'top', in: inConfig, effect: 'top' },
  { words: 'up', in: inConfig, effect: 'up', to: 'config' },
  { words: 'exit', in: inConfig, effect: 'up', print: () => 'Exiting configuration mode\n' },
  {
    words: 'request restart system',
    in: ['operational'],
    run: ({ device }) => ({
      ask: {
        text: 'Executing this command will disconnect the current session. Do you want to continue? (y or n) ',
        isKey: true,
        answered: (key) => {
          if (!/y/i.test(key)) return { text: '\n' };
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
