import type { CommandSession } from '../command-session.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import { unifiedText } from '../line-diff.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { replaceWith } from './whole-text.ts';

const minuteMs = 60_000;
const saved = 'Validating file. Please wait...\nSaved the current configuration to mainboard device successfully.\n';
const overwrite = (name: string): string => `${name} exists, overwrite? [Y/N]:`;
const startupFile = 'startup.cfg';

/** The file of the next start, and where archives go. */
class ComwareFiles {
  next = startupFile;
  archived = 0;
}

const makeFiles = (): ComwareFiles => new ComwareFiles();
const filesOf = (device: SimulatedDevice): ComwareFiles => device.part(makeFiles);

function read(device: SimulatedDevice, name: string): string | undefined {
  const plain = device.files.plain(name);
  return device.files.text(name) ?? (plain === filesOf(device).next ? device.startup : undefined);
}

/** Saving into a file makes that the file of the next start. */
function save(device: SimulatedDevice, name: string): Reply {
  if (name === filesOf(device).next) {
    device.save();
    return { text: saved };
  }
  if (!device.files.write(name, device.running.text, device.time.now()))
    return { text: 'Failed to save the configuration: no space left on the device.\n' };
  return { text: saved };
}

function saveAsking(session: CommandSession): Reply {
  const { device } = session;
  const { next } = filesOf(device);
  const asked = (typed: string): Reply => {
    const name = typed.trim() === '' ? next : device.files.plain(typed.trim());
    return {
      ask: { text: overwrite(`flash:/${name}`), answered: (answer) => (/^y/i.test(answer) ? save(device, name) : {}) },
    };
  };
  return {
    ask: {
      text: 'The current configuration will be written to the device. Are you sure? [Y/N]:',
      answered: (answer) =>
        /^y/i.test(answer)
          ? {
              ask: {
                text: `Please input the file name(*.cfg)[flash:/${next}]\n(To leave the existing filename unchanged, press the enter key):`,
                answered: asked,
              },
            }
          : {},
    },
  };
}

function replace(session: CommandSession, [name = '']: readonly string[]): Reply {
  const { device } = session;
  const perform = (): Reply => {
    const text = read(device, name);
    if (text === undefined) return { text: `The file ${name} does not exist.\n` };
    const head = 'Now replacing the current configuration. Please wait...\n';
    const failure = `Failed to replace the current configuration with ${name}.\n`;
    if (device.faults.has('rollback-fails')) return { text: head + failure };
    const { text: wanted, refused } = replaceWith(device, text);
    device.running.set(wanted);
    session.restartEditing();
    if (refused.length > 0)
      return {
        text: `${head}${refused.map(({ line }) => `Failed to execute the command: ${line}\n`).join('')}${failure}`,
      };
    return { text: `${head}Succeeded in replacing current configuration with the file ${name}.\n` };
  };
  return {
    ask: {
      text: 'Current configuration will be lost, save current configuration? [Y/N]:',
      answered: (answer) => {
        if (/^y/i.test(answer)) device.save();
        return perform();
      },
    },
  };
}

/** `display diff configfile A current-configuration` and the like. */
function diff({ device }: CommandSession, words: readonly string[]): Reply {
  const rest = [...words];
  const take = (): { readonly name: string; readonly text: string | undefined } => {
    const first = rest.shift() ?? 'current-configuration';
    if ('current-configuration'.startsWith(first)) return { name: 'Current configuration', text: device.running.text };
    if ('startup-configuration'.startsWith(first)) return { name: 'Startup configuration', text: device.startup };
    const name = first === 'configfile' ? (rest.shift() ?? '') : first;
    return { name, text: read(device, name) };
  };
  const [from, to] = [take(), take()];
  if (from.text === undefined || to.text === undefined) return { text: 'The specified file does not exist.\n' };
  return { text: device.still(unifiedText(from.text, to.text, from.name, to.name)) };
}

/** `configuration commit delay 10`: ten minutes later the device is as it is now, unless that is committed. */
function commitDelay({ device }: CommandSession, [typed = '']: readonly string[]): Reply {
  const minutes = Number(typed);
  if (!(minutes >= 1 && minutes <= 65_535)) return { text: " % Wrong parameter found at '^' position.\n" };
  const confirmed = confirmedOf(device);
  if (confirmed.isPending)
    return {
      ask: {
        text: 'The commit delay already set will be overwritten. Continue? [Y/N]:',
        answered: (answer) => {
          if (/^y/i.test(answer)) confirmed.start(device.running.text, minutes * minuteMs, () => {});
          return {};
        },
      },
    };
  confirmed.start(device.running.text, minutes * minuteMs, () => {});
  return {};
}

const inSystem = ['system'] as const;
const everywhere = ['user', 'system'] as const;

/** Files, replacement and delayed commits of Comware 7. */
export const comwareReplace: readonly PersonaCommand[] = [
  { words: 'configuration replace file *', in: inSystem, run: replace },
  { words: 'configuration commit delay *', in: inSystem, run: commitDelay },
  {
    words: 'configuration commit',
    in: inSystem,
    run: ({ device }) => (confirmedOf(device).confirm() ? {} : { text: 'No commit delay is set.\n' }),
  },
  { words: 'save force', in: everywhere, run: ({ device }) => save(device, filesOf(device).next) },
  { words: 'save', in: everywhere, run: saveAsking },
  {
    words: 'save *',
    in: everywhere,
    run: ({ device }, words) => {
      const name = device.files.plain(words.find((word) => !/^(?:force|safely|backup|main)$/.test(word)) ?? '');
      if (words.includes('force')) return save(device, name);
      return {
        ask: {
          text: `The current configuration will be saved to flash:/${name}. Continue? [Y/N]:`,
          answered: (answer) => (/^y/i.test(answer) ? save(device, name) : {}),
        },
      };
    },
  },
  {
    words: 'startup saved-configuration *',
    in: ['user'],
    run: ({ device }, [name = '']) => {
      const text = read(device, name);
      if (text === undefined) return { text: `The file ${name} does not exist.\n` };
      device.startup = device.marked(text);
      filesOf(device).next = device.files.plain(name);
      return { text: 'Please wait...... Done!\n' };
    },
  },
  {
    words: 'display startup',
    in: everywhere,
    run: ({ device }) => ({
      text: `MainBoard:\n Current startup saved-configuration file: flash:/${startupFile}\n Next main startup saved-configuration file: flash:/${filesOf(device).next}\n Next backup startup saved-configuration file: NULL\n`,
    }),
  },
  {
    words: 'archive configuration',
    in: ['user'],
    run: ({ device }) => ({
      ask: {
        text: 'Save the running configuration to an archive file. Continue? [Y/N]: ',
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          const prefix = /^ ?archive configuration location \S+ filename-prefix (\S+)$/m.exec(device.running.text)?.[1];
          if (prefix === undefined)
            return { text: 'The archive configuration location and file name prefix are not set.\n' };
          const files = filesOf(device);
          files.archived += 1;
          const name = `${prefix}_${files.archived}.cfg`;
          device.files.write(name, device.running.text, device.time.now());
          return { text: `The archive configuration file flash:/${name} is saved.\n` };
        },
      },
    }),
  },
  { words: 'display diff *', in: everywhere, run: diff },
  {
    words: 'display saved-configuration',
    in: everywhere,
    run: ({ device }) => ({ text: device.show(undefined, device.startup), isConfiguration: true }),
  },
  {
    words: 'more *',
    in: ['user'],
    run: ({ device }, [name = '']) => ({ text: read(device, name) ?? `The file ${name} does not exist.\n` }),
  },
  {
    words: 'dir [*]',
    in: ['user'],
    run: ({ device }) => ({
      text: `Directory of flash:\n${device.files.names
        .map(
          (name, nth) =>
            `   ${nth} -rw-  ${String(device.files.read(name)!.length).padStart(10)} ${new Date(device.files.atMs(name)).toUTCString().slice(5, 22)}   ${name}\n`,
        )
        .join(
          '',
        )}\n${Math.round(device.files.system.totalBytes / 1024)} KB total (${Math.round(device.files.freeBytes / 1024)} KB free)\n`,
    }),
  },
  {
    words: 'delete /unreserved *',
    in: ['user'],
    run: ({ device }, [name = '']) => ({
      ask: {
        text: `The file cannot be restored. Delete flash:/${device.files.plain(name)}?[Y/N]:`,
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          return {
            text: device.files.delete(name)
              ? 'Deleting the file permanently will take a long time. Please wait...\nDone.\n'
              : 'The file does not exist.\n',
          };
        },
      },
    }),
  },
  {
    words: 'reboot force',
    in: ['user'],
    run: ({ device }) => {
      device.reboot();
      return { isSilent: true };
    },
  },
];
