import type { CommandSession } from '../command-session.ts';
import type { SimulatedDevice } from '../device.ts';
import { createEditor } from '../editor.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';

/** Safe mode belongs to one session: what is done in it is undone when that session is gone. */
class SafeMode {
  readonly #device: SimulatedDevice;
  #holder: { readonly session: number; readonly before: string } | undefined;
  readonly backups = new Map<string, string>();

  constructor(device: SimulatedDevice) {
    this.#device = device;
    device.whenRestarted(() => {
      this.#holder = undefined;
    });
  }

  isHeldBy(session: number): boolean {
    return this.#holder?.session === session;
  }

  toggle(session: CommandSession): Reply {
    if (this.isHeldBy(session.id)) {
      this.#holder = undefined;
      session.label = '';
      return { text: '[Safe Mode released]\n' };
    }
    if (this.#holder !== undefined)
      return { text: "Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: d\n" };
    this.#holder = { session: session.id, before: this.#device.running.text };
    session.label = '<SAFE>';
    session.whenLeft(() => this.unroll(session.id));
    return { text: '[Safe Mode taken]\n' };
  }

  /** Undoes what was done since it was taken. */
  unroll(session: number): boolean {
    if (!this.isHeldBy(session)) return false;
    const { before } = this.#holder!;
    this.#holder = undefined;
    if (!this.#device.faults.has('rollback-fails')) this.#device.running.set(before);
    return true;
  }
}

const makeSafe = (device: SimulatedDevice): SafeMode => new SafeMode(device);
const safeOf = (device: SimulatedDevice): SafeMode => device.part(makeSafe);

/** Ctrl-X takes and releases safe mode, Ctrl-D in it undoes and leaves it. */
export const routerosKeys: Readonly<Record<string, (session: CommandSession) => Reply | undefined>> = {
  '\x18': (session) => safeOf(session.device).toggle(session),
  '\x04': (session) => {
    if (!safeOf(session.device).unroll(session.id)) return undefined;
    session.label = '';
    return { text: '[Safe mode released, changes undone]\n' };
  },
};

const rsc = (name: string): string => (name.endsWith('.rsc') ? name : `${name}.rsc`);
const optionOf = (words: readonly string[], key: string): string | undefined =>
  words.map((word) => new RegExp(`^${key}="?([^"]+)"?$`).exec(word)?.[1]).find((value) => value !== undefined);

function exportText(session: CommandSession, words: readonly string[]): Reply {
  const { device } = session;
  const file = optionOf(words, 'file');
  if (file === undefined) return { text: device.show(), isConfiguration: true };
  const isWritten = device.files.write(rsc(file), device.now(device.show()), device.time.now());
  return { text: isWritten ? '' : 'failure: not enough space on disk\n' };
}

/** A path line leads to the lines below it, as an export has them. */
function importFile({ device }: CommandSession, words: readonly string[]): Reply {
  const name = optionOf(words, 'file-name') ?? words[0] ?? '';
  const text = device.files.text(name);
  if (text === undefined) return { text: `input does not match any value of file-name\n` };
  const editor = createEditor(device.persona.edit, device.running.text, device.order);
  let path = '';
  for (const [at, line] of text
    .replaceAll(/\\\r?\n\s*/g, '')
    .split('\n')
    .entries()) {
    const body = line.trim();
    if (body === '' || body.startsWith('#')) continue;
    if (/^\/[a-z0-9 -]+$/.test(body)) {
      path = body;
      continue;
    }
    const typed = body.startsWith('/') ? body : `${path} ${body}`;
    if (device.faults.refuses(typed) || !editor.type(typed)) {
      device.running.set(editor.text);
      return { text: `bad command name ${body.split(' ')[0]} (line ${at + 1} column 1)\n` };
    }
  }
  device.running.set(editor.text);
  return { text: '\nScript file loaded and executed successfully\n' };
}

function backup({ device }: CommandSession, words: readonly string[]): Reply {
  const [verb = ''] = words;
  const name = optionOf(words, 'name') ?? 'backup';
  const { backups } = safeOf(device);
  if (verb === 'save') {
    backups.set(name, device.running.text);
    return { text: 'Saving system configuration\nConfiguration backup saved\n' };
  }
  const text = backups.get(name);
  if (verb !== 'load' || text === undefined) return { text: 'input does not match any value of name\n' };
  return {
    ask: {
      text: 'Restore and reboot? [y/N]:\n',
      isKey: true,
      answered: (key) => {
        if (!/y/i.test(key)) return { text: 'action cancelled\n' };
        device.startup = text;
        device.reboot();
        return { isSilent: true };
      },
    },
  };
}

/** Exports, imports, backups and safe mode of RouterOS 7. */
export const routerosCommands: readonly PersonaCommand[] = [
  { words: '/export', run: (session) => exportText(session, []) },
  { words: '/export *', run: exportText },
  { words: '/import *', run: importFile },
  { words: '/system backup *', run: backup },
  {
    words: '/file print',
    run: ({ device }) => ({
      text: `Columns: NAME, TYPE, SIZE\n${device.files.names.map((name, nth) => `${nth}  ${name}  script  ${device.files.read(name)!.length}\n`).join('')}`,
    }),
  },
  {
    words: '/file remove *',
    run: ({ device }, [name = '']) =>
      device.files.delete(name.replaceAll(/^\[find name=|[\]"]/g, '')) ? {} : { text: 'no such item\n' },
  },
  {
    words: '/system reboot',
    run: ({ device }) => ({
      ask: {
        text: 'Reboot, yes? [y/N]: \n',
        isKey: true,
        answered: (key) => {
          if (!/y/i.test(key)) return { text: 'action cancelled\n' };
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
