import type { Ask, AskOptions } from '../../ask.ts';
import { readLines } from '../../lines.ts';

/** One item of a list that `print detail` prints. */
export interface Item {
  /** `R`, `DAC`: what the legend above explains. */
  readonly flags: string;
  readonly comment: string;
  /** `remote.as` is the whole name, also where `.as` alone is printed behind another of `remote`. */
  readonly fields: ReadonlyMap<string, string>;
}

const legend = /^ *(?:Flags: |Columns: |[A-Za-z+*] - )/;
/** A number, flags, or both, before a comment or the first field. */
const numbered = /^ {0,6}\d{1,7}[ *]{1,3}([A-Za-z+* ]{0,12}?) *(?=;;; |\.?[a-z][\w.-]{0,40}=|$)/;
const flagged = /^ {1,4}([A-Za-z+]{1,8}) {1,8}(?=;;; |\.?[a-z][\w.-]{0,40}=)/;
/** A value in quotes, or words up to the next field: `gateway-status=192.0.2.1 reachable via  ether1`. */
const field =
  /(\.?[a-z][\w.-]{0,40})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]{0,400}(?: {1,2}(?!\.?[a-z][\w.-]{0,40}=)[^\s"=;]{1,80}){0,8}))/g;

/**
 * Asks for a list in full, where values with blanks stand in quotes. Lines are wrapped at the width of the terminal.
 * A line before the first item is a warning.
 */
export async function itemsOf(ask: Ask, menu: string, options?: AskOptions & { optional?: false }): Promise<Item[]>;
export async function itemsOf(
  ask: Ask,
  menu: string,
  options: AskOptions & { optional: true },
): Promise<Item[] | undefined>;
export async function itemsOf(ask: Ask, menu: string, options: AskOptions = {}): Promise<Item[] | undefined> {
  // A condition comes last.
  const [, path = menu, condition = ''] = /^(\S.*?)( where .*)$/.exec(menu) ?? [];
  const command = `${path} print detail without-paging${condition}`;
  const { optional, ...rest } = options;
  const asked = { timeoutMs: 120_000, ...rest };
  const output = optional === true ? await ask.text(command, { ...asked, optional }) : await ask.text(command, asked);
  return output === undefined ? undefined : itemsIn(ask, command, output);
}

/** Reads what a list printed. */
export function itemsIn(ask: Ask, command: string, output: string): Item[] {
  const found: { flags: string; comment: string; lines: string[] }[] = [];
  readLines(ask, command, output, (line) => {
    const begin = numbered.exec(line) ?? flagged.exec(line);
    if (begin !== null) {
      const rest = line.slice(begin[0].length);
      const [, comment] = /^;;; (.*)$/.exec(rest) ?? [];
      found.push({
        flags: (begin[1] ?? '').replaceAll(/[ *]/g, ''),
        comment: comment?.trim() ?? '',
        lines: comment === undefined ? [rest] : [],
      });
      return true;
    }
    const last = found.at(-1);
    if (last === undefined) return legend.test(line);
    // A comment of several lines goes on until the first field.
    if (last.lines.length === 0 && !/^\s+\.?[a-z][\w.-]{0,40}=/.test(line)) last.comment += `\n${line.trim()}`;
    else last.lines.push(line);
    return true;
  });
  return found.map(({ lines, flags, comment }) => ({ flags, comment, fields: fieldsIn(lines.join(' ')) }));
}

function fieldsIn(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let group = '';
  for (const [, name = '', quoted, plain = ''] of text.matchAll(field)) {
    const key = name.startsWith('.') ? `${group}${name}` : name;
    if (!name.startsWith('.')) group = name.includes('.') ? name.slice(0, name.indexOf('.')) : '';
    fields.set(key, (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain).trim());
  }
  return fields;
}

/** The fields of `print` of a menu that holds one thing: `  uptime: 32m36s`. */
export function settingsIn(ask: Ask, command: string, output: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  readLines(ask, command, output, (line) => {
    const [, name, value = ''] = /^ *(?:;;; .*|([a-z][\w-]{0,40}): ?(.*))$/.exec(line) ?? [];
    if (name !== undefined) fields.set(name, value.trim());
    return name !== undefined || line.trimStart().startsWith(';;;');
  });
  return fields;
}
