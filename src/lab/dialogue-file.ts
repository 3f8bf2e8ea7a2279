import { parse } from 'yaml';
import { NetwrightError } from '#core';

/** A recorded conversation that can be played: what the device says first, and what it answers to each line. */
export interface Dialogue {
  readonly greeting: string;
  readonly exchanges: readonly { readonly send: string; readonly receive: string }[];
  readonly platform?: string;
  readonly transport?: 'ssh' | 'telnet';
  /** Who may log in, where the file says so. */
  readonly credential?: { readonly user?: string; readonly password?: string; readonly enable?: string };
}

/** What stands in a transcript for a value that was hidden. A sent line of it matches whatever is typed. */
export const hidden = '<redacted>';

const named: Readonly<Record<string, string>> = {
  r: '\r',
  n: '\n',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** `\x20`, `\r`, `\a` and the like as characters; bytes above 7F as `decodeText` of core keeps them. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length === 1) return named[code] ?? code;
    const value = Number.parseInt(code.slice(1), 16);
    return String.fromCharCode(code[0] === 'x' && value > 0x7f ? 0xdc00 + value : value);
  });
}

function escapedLine(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\x1b', '\\e')
    .replaceAll(
      /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll(/[\udc80-\udcff]/g, (byte, at: number, whole: string) => {
      const before = whole.charCodeAt(at - 1);
      // The second half of a real pair is no odd byte.
      if (before >= 0xd800 && before < 0xdc00) return byte;
      return `\\x${(byte.charCodeAt(0) - 0xdc00).toString(16)}`;
    })
    .replace(/^ /, '\\x20')
    .replace(/ $/, '\\x20');
}

function block(text: string, indent: string): string {
  if (text === '') return '""';
  if (/^\n+$/.test(text)) return `|-\n${indent}${'\\n'.repeat(text.length)}`;
  const lines = text.split('\n');
  const trailing = lines.length - lines.findLastIndex((line) => line !== '') - 1;
  const kept = trailing > 0 ? lines.slice(0, -trailing) : lines;
  const shown = kept.map(escapedLine);
  if (trailing > 0) shown.push(`${shown.pop() ?? ''}${'\\n'.repeat(trailing)}`);
  // A block that began with an empty line would leave its indentation to be guessed.
  const [first = ''] = shown;
  if (first === '' && shown.length > 1) shown.splice(0, 2, `\\n${shown[1]}`);
  return `|-\n${shown.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

/** The dialogue in the YAML shape that {@link parseDialogue} reads. */
export function formatDialogue(dialogue: Dialogue): string {
  const head = dialogue.platform === undefined ? '' : `platform: ${dialogue.platform}\n`;
  const exchanges = dialogue.exchanges.map(
    ({ send, receive }) => `  - ${JSON.stringify(send)}: ${block(receive, '      ')}\n`,
  );
  return `---\n${head}init_prompt: ${block(dialogue.greeting, '  ')}\ncommands:${exchanges.length === 0 ? ' []' : ''}\n${exchanges.join('')}`;
}

/**
 * Reads a dialogue: `init_prompt`, and `commands` as a map or a list of maps from what is sent (with its newline) to
 * what comes back, echo and prompt included. `file` is named in errors.
 * @throws NetwrightError `NW_LAB_FAILED`.
 */
export function parseDialogue(yaml: string, file = 'dialogue'): Dialogue {
  let document: unknown;
  try {
    document = parse(yaml, { logLevel: 'error' });
  } catch (error) {
    throw new NetwrightError('NW_LAB_FAILED', `${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (typeof document !== 'object' || document === null || !('commands' in document)) {
    throw new NetwrightError('NW_LAB_FAILED', `${file}: expected a map with \`init_prompt\` and \`commands\``);
  }
  const { init_prompt: greeting, commands, platform, transport, credential } = document as Record<string, unknown>;
  const maps: unknown[] = Array.isArray(commands) ? commands : [commands ?? {}];
  const exchanges = maps.flatMap((map) => {
    if (typeof map === 'string') return [{ send: map, receive: '' }];
    if (typeof map !== 'object' || map === null)
      throw new NetwrightError('NW_LAB_FAILED', `${file}: \`commands\` holds something that is no map`);
    return Object.entries(map).map(([send, receive]: [string, unknown]) => {
      if (receive !== null && typeof receive !== 'string') {
        throw new NetwrightError('NW_LAB_FAILED', `${file}: the answer to ${JSON.stringify(send)} is no text`);
      }
      return { send, receive: unescaped(receive ?? '') };
    });
  });
  return {
    greeting: typeof greeting === 'string' ? unescaped(greeting) : '',
    exchanges,
    ...(typeof platform === 'string' ? { platform } : {}),
    ...(isCredential(credential) ? { credential } : {}),
    ...(transport === 'ssh' || transport === 'telnet' ? { transport } : {}),
  };
}

const isCredential = (value: unknown): value is NonNullable<Dialogue['credential']> =>
  typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'string');
