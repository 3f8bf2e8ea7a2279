import type { SimulatedDevice } from '../device.ts';
import { unifiedText } from '../line-diff.ts';
import type { PersonaCommand } from '../persona.ts';
import { type FlashManners, flashCommands, flashRead, isRunning } from './flash.ts';
import { replaceWith } from './whole-text.ts';

const mostCheckpoints = 20;

/** Checkpoints: one is taken at each commit of a session, others when somebody asks. */
class EosCheckpoints {
  readonly #device: SimulatedDevice;
  readonly #kept = new Map<string, { readonly text: string; readonly atMs: number; readonly user: string }>();
  #nth = 0;

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  /** What runs now, under a name of the day. */
  auto(user: string): void {
    const day = new Date(this.#device.time.now()).toISOString().slice(0, 10).replaceAll('-', '');
    this.save(`ckp-${day}-${this.#nth}`, user);
    this.#nth += 1;
  }

  save(name: string, user: string): void {
    this.#kept.set(name, { text: this.#device.running.text, atMs: this.#device.time.now(), user });
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > mostCheckpoints && oldest !== undefined) this.#kept.delete(oldest);
  }

  text(name: string): string | undefined {
    return this.#kept.get(name.replace(/^checkpoint:\/?/, ''))?.text;
  }

  show(): string {
    const rows = [...this.#kept].map(
      ([name, { atMs, user }]) =>
        `${name.padEnd(20)} ${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ').padEnd(24)} ${user}\n`,
    );
    return `Maximum number of checkpoints: ${mostCheckpoints}\n${'Filename'.padEnd(20)} ${'Date'.padEnd(24)} User\n${'-'.repeat(20)} ${'-'.repeat(24)} ${'-'.repeat(12)}\n${rows.join('')}`;
  }
}

const makeCheckpoints = (device: SimulatedDevice): EosCheckpoints => new EosCheckpoints(device);
export const checkpointsOf = (device: SimulatedDevice): EosCheckpoints => device.part(makeCheckpoints);

const inExec = ['privileged'] as const;

const manners: FlashManners = {
  modes: inExec,
  copied: 'Copy completed successfully.\n',
  saved: 'Copy completed successfully.\n',
  missing: (name) => `% Error copying ${name} (No such file or directory)\n`,
  full: '% Error copying (No space left on device)\n',
  refused: ({ line }) => `> ${line}\n% Invalid input\n`,
  more: (device, name) => (name.startsWith('checkpoint:') ? checkpointsOf(device).text(name) : undefined),
  listing: (device, names) =>
    `Directory of flash:/\n\n${names
      .map(
        (name) =>
          `       -rw-  ${String(device.files.read(name)!.length).padStart(10)}           ${new Date(device.files.atMs(name)).toUTCString().slice(5, 22)}  ${name}\n`,
      )
      .join('')}\n${device.files.system.totalBytes} bytes total (${device.files.freeBytes} bytes free)\n`,
};

/** The whole running configuration in place of another, at once: nothing is changed when a line of it is refused. */
function replaceRunning(device: SimulatedDevice, text: string, ignoresErrors: boolean): string {
  if (device.faults.has('rollback-fails')) return '% Error: configuration replace failed\n';
  const { text: replaced, refused } = replaceWith(device, text.replace(/^(?:!.*\n)+/, ''));
  const complaints = refused.map(({ line }) => `> ${line}\n% Invalid input\n`).join('');
  if (refused.length > 0 && !ignoresErrors) return `${complaints}% Error: configuration replace failed\n`;
  device.running.set(replaced);
  return complaints;
}

/** Files, checkpoints and `configure replace` of EOS 4.29. */
export const eosReplace: readonly PersonaCommand[] = [
  ...flashCommands(manners),
  {
    words: 'configure replace *',
    in: inExec,
    run: ({ device }, [name = '', ...options]) => {
      const text = name === 'clean-config' ? '' : flashRead(device, name, manners);
      if (text === undefined) return { text: `% Error opening ${name} (No such file or directory)\n` };
      return { text: replaceRunning(device, text, options.includes('ignore-errors')) };
    },
  },
  {
    words: 'configure checkpoint save *',
    in: inExec,
    run: ({ device, user }, [name = '']) => {
      checkpointsOf(device).save(name, user);
      return {};
    },
  },
  {
    words: 'configure checkpoint restore *',
    in: inExec,
    run: ({ device }, [name = '']) => {
      const text = checkpointsOf(device).text(name);
      if (text === undefined) return { text: `% Checkpoint ${name} does not exist\n` };
      return { text: replaceRunning(device, text, false) };
    },
  },
  {
    words: 'show configuration checkpoints',
    in: inExec,
    run: ({ device }) => ({ text: checkpointsOf(device).show() }),
  },
  {
    words: 'diff *',
    in: inExec,
    run: ({ device }, [from = '', to = '']) => {
      const textOf = (name: string): string | undefined =>
        isRunning(name) ? device.running.text : (checkpointsOf(device).text(name) ?? device.files.text(name));
      const [older, newer] = [textOf(from), textOf(to)];
      if (older === undefined || newer === undefined) return { text: manners.missing(older === undefined ? from : to) };
      const shown = (name: string): string => (isRunning(name) ? 'system:/running-config' : name);
      return { text: device.still(unifiedText(older, newer, shown(from), shown(to))) };
    },
  },
  {
    words: 'show running-config diffs',
    in: inExec,
    run: ({ device }) => ({
      text: device.still(
        unifiedText(device.startup, device.running.text, 'flash:/startup-config', 'system:/running-config'),
      ),
    }),
  },
  {
    words: 'reload now',
    in: inExec,
    run: ({ device }) => {
      device.reboot();
      return { isSilent: true };
    },
  },
];
