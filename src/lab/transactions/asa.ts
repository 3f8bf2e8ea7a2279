import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import { createEditor } from '../editor.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { volatile } from '../volatile.ts';
import { mergeInto } from './whole-text.ts';

const isRunning = (name: string): boolean => /^(?:system:)?\/?run(?:ning-config)?$/.test(name);
const isStartup = (name: string): boolean => /^start(?:up-config)?$/.test(name);

function read(device: SimulatedDevice, name: string): string | undefined {
  if (isRunning(name)) return device.show();
  return isStartup(name) ? device.show(undefined, device.startup) : device.files.text(name);
}

function saved(device: SimulatedDevice): Reply {
  device.save();
  return {
    text: `Building configuration...\nCryptochecksum: ${volatile('sum')}\n\n${device.running.text.length} bytes copied in 0.420 secs\n[OK]\n`,
  };
}

/** `copy [/noconfirm] a b`: into the running configuration lines are added, nothing of it goes. */
function copy({ device }: CommandSession, words: readonly string[]): Reply {
  const [from = '', to = ''] = words.filter((word) => !word.startsWith('/'));
  const perform = (): Reply => {
    const text = read(device, from);
    if (text === undefined) return { text: `%Error opening ${from} (No such file or directory)\n` };
    if (isStartup(to)) {
      if (isRunning(from)) return saved(device);
      device.startup = device.marked(text);
      return { text: '\n' };
    }
    if (!isRunning(to)) {
      const isWritten = device.files.write(to, device.now(text), device.time.now());
      return {
        text: isWritten
          ? `\n${text.length} bytes copied in 0.110 secs\n`
          : `%Error writing ${to} (No space left on device)\n`,
      };
    }
    const { text: merged, refused } = mergeInto(device, device.running.text, text);
    device.running.set(merged);
    const complaints = refused.map(({ line }) => `${line}\n^\nERROR: % Invalid input detected at '^' marker.\n`);
    return { text: `${complaints.join('')}\n${text.length} bytes copied in 0.110 secs\n` };
  };
  if (words.includes('/noconfirm')) return perform();
  return {
    ask: {
      text: `\nSource filename [${from}]? `,
      answered: () => ({ ask: { text: `\nDestination filename [${to}]? `, answered: perform } }),
    },
  };
}

/** `clear configure access-list X`: every line and section that begins so goes. */
function clearConfigure({ device }: CommandSession, words: readonly string[]): Reply {
  const wanted = words.join(' ');
  if (wanted === 'all') return { text: 'ERROR: % Command not allowed over this connection\n' };
  const editor = createEditor(device.persona.edit, device.running.text, device.order);
  const lines = device.running.text.split('\n').filter((line) => line === wanted || line.startsWith(`${wanted} `));
  for (const line of lines) {
    editor.top();
    editor.type(`no ${line.trimEnd()}`);
  }
  device.running.set(editor.text);
  return {};
}

const inExec = ['privileged'] as const;

/** Saving, copying and clearing of ASA 9.16, which has neither candidate nor rollback. */
export const asaFiles: readonly PersonaCommand[] = [
  { words: 'write [memory]', in: ['privileged', 'config'], run: ({ device }) => saved(device) },
  { words: 'copy *', in: ['privileged', 'config'], run: copy },
  { words: 'clear configure *', in: ['config'], run: clearConfigure },
  {
    words: 'more *',
    in: inExec,
    run: ({ device }, [name = '']) => ({
      text: read(device, name) ?? `%Error opening ${name} (No such file or directory)\n`,
      isConfiguration: isRunning(name),
    }),
  },
  {
    words: 'show startup-config',
    in: inExec,
    run: ({ device }) => ({ text: device.show(undefined, device.startup), isConfiguration: true }),
  },
  {
    words: 'delete *',
    in: inExec,
    run: ({ device }, words) => {
      const name = words.find((word) => !word.startsWith('/')) ?? '';
      return device.files.delete(name) ? {} : { text: `%Error deleting ${name} (No such file or directory)\n` };
    },
  },
  {
    words: 'dir [*]',
    in: inExec,
    run: ({ device }) => ({
      text: `\nDirectory of disk0:/\n\n${device.files.names
        .map(
          (name, nth) =>
            `${100 + nth}    -rwx  ${String(device.files.read(name)!.length).padEnd(12)} ${new Date(device.files.atMs(name)).toUTCString().slice(5, 22)}  ${name}\n`,
        )
        .join('')}\n${device.files.system.totalBytes} bytes total (${device.files.freeBytes} bytes free)\n`,
    }),
  },
  {
    words: 'reload noconfirm',
    in: inExec,
    run: ({ device }) => {
      device.reboot();
      return { isSilent: true };
    },
  },
];
