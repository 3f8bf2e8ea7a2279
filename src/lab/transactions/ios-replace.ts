import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import type { DeviceTimer } from '../device-time.ts';
import { patchLines } from '../negation.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { diffTexts } from '../section-tree.ts';
import { volatile } from '../volatile.ts';
import { archiveOf } from './ios-archive.ts';
import { iosRead } from './ios-files.ts';
import { replaceWith } from './whole-text.ts';

const minuteMs = 60_000;
const none = '%No Rollback Confirmed Change pending\n';
const noArchive = '%Turn config archive on before using Rollback Confirmed Change\n';
const sure =
  'This will apply all necessary additions and deletions\nto replace the current running configuration with the\ncontents of the specified configuration file, which is\nassumed to be a complete configuration, not a partial\nconfiguration. Enter Y if you are sure you want to proceed. ? [no]: ';

/** A change that the router takes back unless somebody says that it may stay. */
class ConfirmedChange {
  readonly #device: SimulatedDevice;
  #pending: { readonly file: string; readonly minutes: number; readonly atMs: number } | undefined;
  #timers: DeviceTimer[] = [];

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => this.#forget());
  }

  get pending(): { readonly file: string; readonly minutes: number; readonly atMs: number } | undefined {
    return this.#pending;
  }

  /** Puts the running configuration aside. @returns the name of the file, undefined without room for it */
  backUp(): string | undefined {
    return archiveOf(this.#device).keep();
  }

  start(file: string, minutes: number, tell: (text: string) => void): void {
    this.#forget();
    const { time } = this.#device;
    this.#pending = { file, minutes, atMs: time.now() };
    const rollback = time.after(minutes * minuteMs, () => tell(this.rollBack()));
    this.#timers = [rollback];
    this.#timers.push(
      time.after((minutes - 1) * minuteMs, () =>
        tell(
          'Rollback Confirmed Change: Rollback will begin in one minute.\nEnter "configure confirm" if you wish to keep what you\'ve configured\n',
        ),
      ),
    );
    this.#device.awaits(rollback);
  }

  confirm(): void {
    this.#forget();
  }

  /** @returns what is printed meanwhile. */
  rollBack(): string {
    const pending = this.#pending;
    if (pending === undefined) return none;
    this.#forget();
    return `Rollback Confirmed Change: rolling to:${pending.file}\n\n${replaceRunning(this.#device, iosRead(this.#device, pending.file) ?? '', true).text}`;
  }

  #forget(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
    this.#pending = undefined;
    this.#device.awaits(undefined);
  }
}

const makeConfirmed = (device: SimulatedDevice): ConfirmedChange => new ConfirmedChange(device);
const confirmedOf = (device: SimulatedDevice): ConfirmedChange => device.part(makeConfirmed);

interface Replaced {
  readonly text: string;
  readonly failed: readonly string[];
}

function replaceRunning(device: SimulatedDevice, file: string, isRollback: boolean, lists = false): Replaced {
  const wanted = file.slice(Math.max(0, file.search(/^version /m)));
  if (isRollback && device.faults.has('rollback-fails')) {
    const failed = patchLines(
      diffTexts(device.running.text, wanted, device.persona.edit),
      device.persona.edit,
      ' ',
    ).slice(0, 1);
    return { text: aborted(failed), failed };
  }
  const before = device.running.text;
  const { text, refused } = replaceWith(device, wanted);
  const changes = diffTexts(before, text, device.persona.edit);
  device.running.set(text);
  const listed =
    lists && changes.length > 0
      ? `!Pass 1\n\n!List of Rollback Commands:\n${patchLines(changes, device.persona.edit, ' ').join('\n')}\nend\n\n\n`
      : '';
  const failed = refused.flatMap(({ path, line }) => [...path, line]);
  if (failed.length > 0) return { text: `${listed}${aborted(failed)}`, failed };
  return { text: `${listed}Total number of passes: ${changes.length === 0 ? 0 : 1}\nRollback Done\n\n`, failed };
}

function aborted(failed: readonly string[]): string {
  const listed = failed.join('\n');
  return `The rollback configlet from the last pass is listed below:\n********\n!List of Rollback Commands:\n${listed}\nend\n********\n\n\nRollback aborted after 5 passes\nThe following commands are failed to apply to the IOS image.\n********\n${listed}\n********\n`;
}

function replace(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  const [name = '', ...options] = words;
  const said = options.join(' ');
  if (!/^(?:(?:force|list|nolock|ignore(?: |-)case|revert trigger(?: error)?|timer? \d+) ?)*$/.test(said))
    return { text: "                 ^\n% Invalid input detected at '^' marker.\n\n" };
  const minutes = Number(/timer? (\d+)/.exec(said)?.[1] ?? 0);
  const reverts = /revert trigger/.test(said);
  const perform = (): Reply => {
    const file = iosRead(device, name);
    if (file === undefined) return { text: `%Error opening ${name} (No such file or directory)\n` };
    if (!/^version /m.test(file) || !/^end\s*$/m.test(file))
      return { text: '%The input file is not a valid config file.\n' };
    const confirmed = confirmedOf(device);
    let backup: string | undefined;
    let head = '';
    if (minutes > 0 || reverts) {
      if (archiveOf(device).path === undefined) return { text: noArchive };
      backup = confirmed.backUp();
      if (backup === undefined) return { text: '%Error: no space left on device\n' };
      head = `Rollback Confirmed Change: Backing up current running config to ${backup}\n\n`;
    }
    const { text, failed } = replaceRunning(device, file, false, /\blist\b/.test(said));
    if (failed.length > 0 && reverts && backup !== undefined) {
      const back = replaceRunning(device, iosRead(device, backup) ?? '', true);
      return {
        text: `${head}${text}\nRollback Confirmed Change: rolling to:${backup}\n\n${back.text}${back.failed.length === 0 ? 'The original configuration has been successfully restored.\n' : ''}`,
      };
    }
    if (minutes > 0 && backup !== undefined) confirmed.start(backup, minutes, (said) => session.tell(said));
    return { text: head + text };
  };
  if (/\bforce\b/.test(said)) return perform();
  return { ask: { text: sure, answered: (answer) => (/^y/i.test(answer) ? perform() : {}) } };
}

function terminalWithTimer(session: CommandSession, [typed = '']: readonly string[]): Reply {
  const minutes = Number(typed);
  if (!(minutes >= 1 && minutes <= 120)) return { text: "% Invalid input detected at '^' marker.\n\n" };
  const confirmed = confirmedOf(session.device);
  if (archiveOf(session.device).path === undefined) return { text: noArchive };
  if (confirmed.pending !== undefined) return { text: '%A Rollback Confirmed Change is already pending\n' };
  const file = confirmed.backUp();
  if (file === undefined) return { text: '%Error: no space left on device\n' };
  confirmed.start(file, minutes, (said) => session.tell(said));
  session.go('config');
  return {
    text: `Rollback Confirmed Change: Backing up current running config to ${file}\n\nEnter configuration commands, one per line.  End with CNTL/Z.\n`,
  };
}

/** Replacing the whole configuration, and changes that have to be confirmed (12.4(20)T and later). */
export const iosReplace: readonly PersonaCommand[] = [
  { words: 'configure replace *', in: ['privileged'], run: replace },
  { words: 'configure terminal revert timer *', in: ['privileged'], run: terminalWithTimer },
  {
    words: 'configure confirm',
    in: ['privileged'],
    run: ({ device }) => {
      const confirmed = confirmedOf(device);
      if (confirmed.pending === undefined) return { text: none };
      confirmed.confirm();
      return {};
    },
  },
  {
    words: 'configure revert now',
    in: ['privileged'],
    run: ({ device }) => ({ text: confirmedOf(device).rollBack() }),
  },
  {
    words: 'configure revert timer *',
    in: ['privileged'],
    run: (session, [minutes = '']) => {
      const confirmed = confirmedOf(session.device);
      if (confirmed.pending === undefined) return { text: none };
      confirmed.start(confirmed.pending.file, Number(minutes) || 1, (said) => session.tell(said));
      return {};
    },
  },
  {
    words: 'show archive config rollback timer',
    in: ['privileged'],
    run: ({ device, user }) => {
      const { pending } = confirmedOf(device);
      if (pending === undefined) return { text: none };
      return {
        text: `Time configured(or reconfigured): ${volatile('ios')}\nTimer type: absolute timer\nTimer value: ${pending.minutes} min\nUser: ${user}\n`,
      };
    },
  },
];
