import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { mergeInto, type RefusedLine } from './whole-text.ts';

/** What a system with a flash, and no questions about it, says. */
export interface FlashManners {
  readonly modes: readonly string[];
  readonly copied: string;
  readonly saved: string;
  readonly missing: (name: string) => string;
  readonly full: string;
  /** A line of a file that was not taken. */
  readonly refused: (refused: RefusedLine) => string;
  /** Names beside running-config, startup-config and files: `checkpoint:x`. */
  readonly more?: (device: SimulatedDevice, name: string) => string | undefined;
  readonly listing: (device: SimulatedDevice, names: readonly string[]) => string;
}

export const isRunning = (name: string): boolean =>
  name.length > 2 && 'running-config'.startsWith(name.replace(/^system:\/?/, ''));
export const isStartup = (name: string): boolean =>
  name.length > 2 && 'startup-config'.startsWith(name.replace(/^nvram:\/?/, ''));

/** The text behind a name: running, start-up, or a file. */
export function flashRead(device: SimulatedDevice, name: string, manners: FlashManners): string | undefined {
  if (isRunning(name)) return device.now(device.show());
  if (isStartup(name)) return device.now(device.show(undefined, device.startup));
  return manners.more?.(device, name) ?? device.files.text(name);
}

function copy({ device }: CommandSession, words: readonly string[], manners: FlashManners): Reply {
  const [from = '', to = ''] = words;
  if (isRunning(from) && isStartup(to)) {
    device.save();
    return { text: manners.saved };
  }
  const text = flashRead(device, from, manners);
  if (text === undefined) return { text: manners.missing(from) };
  if (isStartup(to)) {
    device.startup = device.marked(text);
    return { text: manners.saved };
  }
  if (!isRunning(to)) {
    const target = device.files.plain(to) === '' ? device.files.plain(from) : to;
    return { text: device.files.write(target, text, device.time.now()) ? manners.copied : manners.full };
  }
  const { text: merged, refused } = mergeInto(device, device.running.text, text);
  device.running.set(merged);
  return { text: `${refused.map(manners.refused).join('')}${manners.copied}` };
}

export function flashCommands(manners: FlashManners): PersonaCommand[] {
  const { modes } = manners;
  const list = ({ device }: CommandSession, words: readonly string[]): Reply => {
    const wanted = device.files.plain(words[0] ?? '');
    const names = device.files.names.filter(
      (name) => wanted === '' || name === wanted || name.startsWith(`${wanted}/`),
    );
    return {
      text: wanted !== '' && names.length === 0 ? manners.missing(words[0] ?? '') : manners.listing(device, names),
    };
  };
  const print = ({ device }: CommandSession, [name = '']: readonly string[]): Reply => {
    const text = flashRead(device, name, manners);
    return { text: text === undefined ? manners.missing(name) : text.endsWith('\n') ? text : `${text}\n` };
  };
  return [
    { words: 'copy *', in: modes, run: (session, words) => copy(session, words, manners) },
    { words: 'dir', in: modes, run: list },
    { words: 'dir *', in: modes, run: list },
    { words: 'more *', in: modes, run: print },
    { words: 'show file *', in: modes, run: print },
    {
      words: 'delete *',
      in: modes,
      run: ({ device }, words) => {
        const name = words.find((word) => !/^(?:no-prompt|\/force)$/.test(word)) ?? '';
        return device.files.delete(name) ? {} : { text: manners.missing(name) };
      },
    },
    {
      words: 'show startup-config',
      in: modes,
      run: ({ device }) => ({ text: device.show(undefined, device.startup), isConfiguration: true }),
    },
  ];
}
