import { type AnsibleInventory, type AnsibleVariables, expandRange } from './ansible-model.ts';
import { importError, type Origin } from './draft.ts';

/**
 * The INI form of an Ansible inventory: hosts with variables, `[group]`, `[group:children]`, `[group:vars]`, ranges.
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line; no value is quoted in it
 */
export function readAnsibleIni(file: string, text: string, inventory: AnsibleInventory): void {
  let section = 'ungrouped';
  let kind = 'hosts';
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const origin = { file, line: index + 1 };
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('[')) {
      const match = /^\[([^:\]]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(line);
      if (!match || !['hosts', 'children', 'vars'].includes(match[2] ?? 'hosts')) {
        // A host pattern may begin with a range.
        if (!match && /^\[[^\]]*:[^\]]*\]\S/.test(line) && kind === 'hosts') {
          readHost(line, section, origin, inventory);
          continue;
        }
        throw importError(origin, 'expected [group], [group:children] or [group:vars]');
      }
      section = match[1]!.trim();
      kind = match[2] ?? 'hosts';
      inventory.group(section);
    } else if (kind === 'vars') {
      const [key, value] = splitAt(line, '=');
      if (value === undefined) throw importError(origin, 'expected key=value in a section of variables');
      // The whole rest of the line is the value here, blanks included.
      inventory.group(section).variables.set(key.trim(), { value: literal(value.trim()), origin });
    } else if (kind === 'children') {
      const child = line.replace(/\s+#.*$/, '').trim();
      if (/[\s=]/.test(child)) throw importError(origin, 'expected the name of a group');
      inventory.group(section).children.add(child);
      inventory.group(child);
    } else readHost(line, section, origin, inventory);
  }
}

function readHost(line: string, section: string, origin: Origin, inventory: AnsibleInventory): void {
  const [pattern = '', ...words] = splitWords(line, origin);
  const variables: AnsibleVariables = new Map();
  for (const word of words) {
    const [key, value] = splitAt(word, '=');
    if (value === undefined) throw importError(origin, 'expected key=value behind the name of a host');
    variables.set(key, { value: literal(value), origin });
  }
  // `host:2222`, but not the colons of a range or of an IPv6 address.
  const port = /^((?:\[[^\]]*\]|[^:[\]])+):(\d+)$/.exec(pattern);
  const bracketed = /^\[([0-9A-Fa-f:.]+:[0-9A-Fa-f:.]+)\](?::(\d+))?$/.exec(pattern);
  const isAddress = bracketed !== null && bracketed[1]!.split(':').length > 3;
  const names = isAddress ? [bracketed[1]!] : expandRange(port?.[1] ?? pattern, origin);
  const written = isAddress ? bracketed[2] : port?.[2];
  for (const name of names) {
    const host = inventory.host(name, origin);
    if (written !== undefined) host.set('ansible_port', { value: Number(written), origin });
    for (const [key, value] of variables) host.set(key, value);
    inventory.group(section).hosts.add(name);
  }
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Words as a shell has them: quotes, backslashes, and a comment behind a blank and `#`. */
function splitWords(line: string, origin: Origin): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(line[at + 1] ?? '')) {
        at += 1;
        word += line[at]!;
      } else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '#' && word === undefined) break;
    else if (character === '\\' && at + 1 < line.length) {
      at += 1;
      word = (word ?? '') + line[at]!;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') throw importError(origin, `the quote ${quote} is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}

/** Values are Python literals where they can be, with a comment behind them or not, else text. */
function literal(text: string): unknown {
  const [, number, , quoted] = /^(?:(-?(?:0|[1-9]\d{0,14}))|(['"])((?:(?!\2)[^\\])*)\2)\s*(?:#.*)?$/s.exec(text) ?? [];
  if (number !== undefined) return Number(number);
  if (quoted !== undefined) return quoted;
  if (text === 'True' || text === 'true') return true;
  if (text === 'False' || text === 'false') return false;
  if (text === 'None') return null;
  if (/^[[{].*[\]}]$/s.test(text)) return collection(text);
  return /^(['"])(.*)\1$/s.exec(text)?.[2] ?? text;
}

/** Lists and mappings of texts and numbers, which are JSON but for the quotes; what is more stays text. */
function collection(text: string): unknown {
  try {
    return JSON.parse(/["\\]/.test(text) ? text : text.replaceAll("'", '"'));
  } catch {
    // Other Python, or a template: text, as a value that is no literal is for Ansible.
    return text;
  }
}
