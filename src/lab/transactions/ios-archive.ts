import type { SimulatedDevice } from '../device.ts';
import type { EditStyle, PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { diffTexts, type NodeChange } from '../section-tree.ts';
import { iosRead } from './ios-files.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');
const off = ' Archive feature not enabled\n';

/** The archive of configurations: a path in the configuration brings it to life, and it is a list of file names. */
export class IosArchive {
  readonly #device: SimulatedDevice;
  #saved: string[] = [];
  #next = 0;

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  get section(): string {
    return /^archive\n((?: .*\n)*)/m.exec(this.#device.running.text)?.[1] ?? '';
  }

  /** Where files go; undefined: the archive is not configured. */
  get path(): string | undefined {
    return /^ path (\S+)$/m.exec(this.section)?.[1];
  }

  get most(): number {
    return Number(/^ maximum (\d+)$/m.exec(this.section)?.[1] ?? 10);
  }

  get savesWithMemory(): boolean {
    return /^ write-memory$/m.test(this.section);
  }

  get latest(): string | undefined {
    return this.#saved.at(-1);
  }

  /** `flash:bk-Nov-20-09-22-32.123-0`: the path, the time, a number. */
  name(nth = this.#next): string {
    const at = new Date(this.#device.time.now());
    const day = String(at.getUTCDate()).padStart(2, '-');
    return `${this.path ?? ''}-${months[at.getUTCMonth()]}-${day}-${two(at.getUTCHours())}-${two(at.getUTCMinutes())}-${two(at.getUTCSeconds())}.${String(at.getUTCMilliseconds()).padStart(3, '0')}-${nth}`;
  }

  /** @returns the name of the file, undefined when there was no room for it. */
  keep(): string | undefined {
    const name = this.name();
    const text = iosRead(this.#device, 'running-config') ?? '';
    if (!this.#device.files.write(name, text, this.#device.time.now())) return undefined;
    this.#next += 1;
    this.#saved.push(name);
    while (this.#saved.length > this.most) this.#device.files.delete(this.#saved.shift()!);
    return name;
  }

  show(): string {
    if (this.path === undefined) return off;
    const rows = Array.from({ length: this.most }, (_, nth) => {
      const name = this.#saved[nth] ?? '';
      return `  ${String(nth + 1).padStart(2)}        ${name}${name !== '' && name === this.latest ? ' <- Most Recent' : ''}\n`;
    });
    return `The maximum archive configurations allowed is ${this.most}.\nThere are currently ${this.#saved.length} archive configurations saved.\nThe next archive file will be named ${this.path}-<timestamp>-${this.#next}\n Archive #  Name\n${rows.join('')}`;
  }
}

export const archiveOf = (device: SimulatedDevice): IosArchive => device.part(makeArchive);
const makeArchive = (device: SimulatedDevice): IosArchive => new IosArchive(device);

/** `!Contextual Config Diffs:` and the changed lines with the sections that they stand in. */
function contextualDiff(older: string, newer: string, style: EditStyle): string {
  const lines = ['!Contextual Config Diffs:'];
  const walk = (changes: readonly NodeChange[], depth: number): void => {
    for (const { line, sign, below } of changes) {
      lines.push(`${' '.repeat(depth)}${sign === ' ' ? '' : sign}${line}`);
      walk(below, depth + 1);
    }
  };
  walk(diffTexts(older, newer, style), 0);
  if (lines.length === 1) lines.push('!No changes were found');
  return `${lines.join('\n')}\n`;
}

/** The lines of a file that are not in the running configuration, below their sections. */
function incrementalDiff(running: string, file: string, style: EditStyle): string {
  const lines = ['!List of Commands:'];
  const walk = (changes: readonly NodeChange[], depth: number): void => {
    for (const { line, sign, below } of changes) {
      const isWanted = (change: NodeChange): boolean => change.sign === '+' || change.below.some(isWanted);
      if (sign === '-' || !isWanted({ line, sign, below })) continue;
      lines.push(`${' '.repeat(depth)}${line}`);
      walk(below, depth + 1);
    }
  };
  walk(diffTexts(running, file, style), 0);
  return `${lines.join('\n')}\n${lines.length === 1 ? '' : 'end\n'}`;
}

const withoutEnd = (text: string): string => text.replace(/^end$/m, '');

function differences(device: SimulatedDevice, words: readonly string[]): Reply {
  const archive = archiveOf(device);
  const names = words.filter((word) => word !== 'ignorecase');
  const [older = archive.latest ?? 'nvram:startup-config', newer = 'system:running-config'] = names;
  const [from, to] = [iosRead(device, older), iosRead(device, newer)];
  if (from === undefined || to === undefined)
    return { text: `%Error opening ${from === undefined ? older : newer} (No such file or directory)\n` };
  return {
    text: `\n${contextualDiff(withoutEnd(device.marked(from)), withoutEnd(device.marked(to)), device.persona.edit)}`,
  };
}

/** The archive of IOS 12.3(7)T and later and what compares files with it. */
export const iosArchive: readonly PersonaCommand[] = [
  { words: 'show archive', in: ['privileged'], run: ({ device }) => ({ text: archiveOf(device).show() }) },
  {
    words: 'archive config',
    in: ['privileged'],
    run: ({ device }) => {
      const archive = archiveOf(device);
      if (archive.path === undefined) return { text: `${off}% Error caught by command handler\n` };
      return archive.keep() === undefined ? { text: '%Error writing archive (No space left on device)\n' } : {};
    },
  },
  {
    words: 'show archive config differences',
    in: ['privileged'],
    run: ({ device }) => differences(device, []),
  },
  {
    words: 'show archive config differences *',
    in: ['privileged'],
    run: ({ device }, words) => differences(device, words),
  },
  {
    words: 'show archive config incremental-diffs *',
    in: ['privileged'],
    run: ({ device }, [name = '']) => {
      const file = iosRead(device, name);
      if (file === undefined) return { text: `%Error opening ${name} (No such file or directory)\n` };
      return {
        text: `\n${incrementalDiff(withoutEnd(device.running.text), withoutEnd(device.marked(file)), device.persona.edit)}`,
      };
    },
  },
];

const saved = ({ device }: { readonly device: SimulatedDevice }): Reply => {
  device.save();
  const archive = archiveOf(device);
  if (archive.path !== undefined && archive.savesWithMemory) archive.keep();
  return { text: 'Building configuration...\n[OK]\n' };
};

export const iosWriteMemory: readonly PersonaCommand[] = [{ words: 'write [memory]', in: ['privileged'], run: saved }];
