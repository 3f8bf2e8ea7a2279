import { createHash } from 'node:crypto';
import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { volatile } from '../volatile.ts';
import { runTcl } from './ios-tcl.ts';
import { mergeInto } from './whole-text.ts';

const isQuiet = ({ running }: SimulatedDevice): boolean => /^file prompt quiet$/m.test(running.text);
const isRunning = (name: string): boolean => /^(?:system:)?\/?running-config$/.test(name);
const isStartup = (name: string): boolean => /^(?:nvram:|system:)?\/?startup-config$/.test(name);
const isFile = (name: string): boolean => /^(?:flash|bootflash|disk\d|nvram|usbflash\d)\d?:/.test(name);

/** What a file of that name holds: flash, running or start-up. Clocks read as they do now. */
export function iosRead(device: SimulatedDevice, name: string): string | undefined {
  if (isRunning(name)) return fileOf(device, device.running.text);
  if (isStartup(name)) return fileOf(device, device.startup);
  // A banner ends with Ctrl-C in a file, which is printed as two characters.
  return device.files.text(name)?.replaceAll('\x03', '^C');
}

/** A configuration as a file holds it: with the comments of its last change, without those of the terminal. */
function fileOf(device: SimulatedDevice, text: string): string {
  return device.now(`!\n! Last configuration change at ${volatile('ios')} by ${device.spec.user}\n!\n${text}`);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

function dirDate(atMs: number): string {
  const at = new Date(atMs);
  return `${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +00:00`;
}

function dir({ device }: CommandSession, words: readonly string[]): Reply {
  const { files } = device;
  const wanted = files.plain(words.find((word) => !word.startsWith('/')) ?? '');
  const names = files.names.filter((name) => wanted === '' || name === wanted || name.startsWith(`${wanted}/`));
  if (wanted !== '' && names.length === 0)
    return { text: `%Error opening ${files.system.prefix}${wanted} (File not found)\n` };
  const rows = names.map(
    (name, nth) =>
      `${String(nth + 2).padStart(5)}  -rw-  ${String(files.read(name)!.length).padStart(10)}   ${dirDate(files.atMs(name))}  ${name}\n`,
  );
  return {
    text: `Directory of ${files.system.prefix}\n\n    1  -rw-  ${String(files.system.usedBytes).padStart(10)}   Feb 21 2023 04:48:00 +00:00  image.bin\n${rows.join('')}\n${files.system.totalBytes} bytes total (${files.freeBytes} bytes free)\n`,
  };
}

function copied(bytes: number): string {
  return `${bytes} bytes copied in 0.412 secs (${Math.round(bytes / 0.412)} bytes/sec)\n`;
}

function write(device: SimulatedDevice, name: string, text: string): Reply {
  if (!device.files.write(name, text, device.time.now()))
    return { text: `%Error copying ${name} (No space left on device)\n` };
  return { text: `\n${copied(Buffer.byteLength(text))}` };
}

/** Types a file into the running configuration; refused lines are shown with their complaint, the others hold. */
function intoRunning(device: SimulatedDevice, text: string): Reply {
  const { text: merged, refused } = mergeInto(device, device.running.text, text);
  device.running.set(merged);
  const complaints = refused.map(({ line, why }) =>
    why === 'unknown' ? `${line}\n^\n% Invalid input detected at '^' marker.\n\n` : `${line}\n${why.says(line, 0)}`,
  );
  return { text: `${complaints.join('')}${copied(Buffer.byteLength(text))}` };
}

function unabbreviated(name: string): string {
  const whole = ['running-config', 'startup-config'].find((known) => name.length > 2 && known.startsWith(name));
  return whole ?? name;
}

function copy({ device }: CommandSession, words: readonly string[]): Reply {
  const [from = '', to = ''] = words.filter((word) => !word.startsWith('/')).map(unabbreviated);
  const target =
    isFile(to) && device.files.plain(to) === '' ? `${to}${device.files.plain(from).split('/').at(-1)}` : to;
  if (!isRunning(to) && !isStartup(to) && !isFile(to)) return { text: `%Invalid argument\n` };
  const shown = isFile(target) ? device.files.plain(target) : target;
  const perform = (): Reply => {
    const text = iosRead(device, from);
    if (text === undefined) return { text: `%Error opening ${from} (No such file or directory)\n` };
    if (isStartup(target)) {
      if (isRunning(from)) device.save();
      else device.startup = device.marked(text.slice(Math.max(0, text.search(/^version /m))));
      return { text: 'Building configuration...\n[OK]\n' };
    }
    return isRunning(target) ? intoRunning(device, text) : write(device, target, text);
  };
  const overwrite = (): Reply =>
    isFile(target) && device.files.read(target) !== undefined && !isQuiet(device)
      ? {
          ask: {
            text: '%Warning:There is a file already existing with this name \nDo you want to over write? [confirm]',
            isKey: true,
            answered: (key) => (/[\r\ny]/i.test(key) ? { ...perform(), text: `\n${perform().text ?? ''}` } : {}),
          },
        }
      : perform();
  if (isQuiet(device)) return perform();
  return { ask: { text: `Destination filename [${shown}]? `, answered: overwrite } };
}

function erase({ device }: CommandSession, words: readonly string[]): Reply {
  const name = words.find((word) => !word.startsWith('/')) ?? '';
  const shown = `${device.files.system.prefix}${device.files.plain(name)}`;
  const perform = (): Reply =>
    device.files.delete(name) ? {} : { text: `%Error deleting ${name} (No such file or directory)\n` };
  if (words.includes('/force') || isQuiet(device)) return perform();
  return {
    ask: {
      text: `Delete filename [${device.files.plain(name)}]? `,
      answered: () => ({
        ask: {
          text: `Delete ${shown}? [confirm]`,
          isKey: true,
          answered: (key) => (/[\r\ny]/i.test(key) ? { text: `\n${perform().text ?? ''}` } : { text: '\n' }),
        },
      }),
    },
  };
}

function verify({ device }: CommandSession, [name = '', wanted]: readonly string[]): Reply {
  const bytes = device.files.read(name);
  if (bytes === undefined) return { text: `%Error verifying ${name} (No such file or directory)\n` };
  const md5 = createHash('md5').update(bytes).digest('hex');
  const dots = '.'.repeat(1 + Math.floor(bytes.length / 4096));
  if (wanted === undefined) return { text: `${dots}Done!\nverify /md5 (${name}) = ${md5}\n\n` };
  return {
    text:
      wanted.toLowerCase() === md5
        ? `${dots}Done!\nVerified (${name}) = ${md5}\n\n`
        : `${dots}Done!\n%Error verifying ${name}\nComputed signature  = ${md5}\nSubmitted signature = ${wanted}\n`,
  };
}

/** `puts [open "flash:x" w+] {…}`: what the Tcl shell is used for where there is no file transfer. */
function tcl(session: CommandSession): Reply {
  const lines = [session.typed];
  // A brace behind a backslash opens nothing.
  const count = (brace: RegExp): number => lines.join('\n').match(brace)?.length ?? 0;
  const depth = (): number => count(/(?<!\\)\{/g) - count(/(?<!\\)\}/g);
  const perform = (): Reply => {
    const script = lines.join('\n').trim();
    if (/^(?:tclquit|exit)$/.test(script)) {
      session.go('privileged');
      return {};
    }
    return runTcl(session, script) ?? { text: `invalid command name "${script.split(/\s/)[0]}"\n` };
  };
  if (depth() <= 0) return perform();
  return {
    read: {
      prompt: '+>',
      line: (line) => {
        if (line === '\x03') return {};
        lines.push(line);
        return depth() <= 0 ? perform() : undefined;
      },
    },
  };
}

const inExec = ['privileged'] as const;

/** Files of IOS: flash, the questions about them, and the Tcl shell. */
export const iosFiles: readonly PersonaCommand[] = [
  { words: 'dir', in: inExec, run: dir },
  { words: 'dir *', in: inExec, run: dir },
  {
    words: 'more *',
    in: inExec,
    run: ({ device }, [name = '']) => {
      const text = iosRead(device, name);
      return text === undefined
        ? { text: `%Error opening ${name} (No such file or directory)\n` }
        : { text: text.endsWith('\n') ? text : `${text}\n` };
    },
  },
  { words: 'copy *', in: inExec, run: copy },
  { words: 'delete *', in: inExec, run: erase },
  { words: 'verify /md5 *', in: inExec, run: verify },
  { words: 'tclsh', in: inExec, to: 'tcl' },
  { words: '*', in: ['tcl'], run: tcl },
];
