import { genericSecrets } from './generic-secrets.ts';
import type { SecretRule } from './platform.ts';
import { applySecrets } from './text-rules.ts';

const usualMark = '<redacted>';
/** What stands in place of the end of a text. */
const cutMark = '…';

const widened = new WeakMap<readonly SecretRule[], readonly SecretRule[]>();

/** The rules of a platform, and behind them those of all vendors. */
function widen(rules: readonly SecretRule[]): readonly SecretRule[] {
  let all = widened.get(rules);
  if (all === undefined) {
    all = [...rules, ...genericSecrets];
    widened.set(rules, all);
  }
  return all;
}

/** A line of a key or a certificate, whose beginning may be out of sight. */
const encodedLine = /^[ \t]*[A-Za-z0-9+/=]{32,}[ \t]*$/gm;

/**
 * Lines of a device as an error, a log or JSON may quote them, whole as they are: without what the rules of its platform, or of
 * any, know for secret, and without lines of keys.
 *
 * @param rules of the platform; none where it is not known
 */
export function quotedLines(text: string, rules: readonly SecretRule[], mark = usualMark): string {
  return applySecrets(text, widen(rules), (secret) => (secret === mark ? secret : mark)).replace(encodedLine, mark);
}

/** What is shorter stands in any answer. */
const leastValue = 3;

/** A whole line that answers what was typed, without the secrets of that either: a refusal quotes what it refuses. */
export function quotedAnswer(line: string, typed: string, rules: readonly SecretRule[], mark = usualMark): string {
  const values: string[] = [];
  applySecrets(typed, widen(rules), (secret) => {
    if (secret.length >= leastValue) values.push(secret);
    return secret;
  });
  let quoted = quotedLines(line, rules, mark);
  for (const value of values) quoted = quoted.replaceAll(value, mark);
  return quoted;
}

/**
 * The same for a text that ends where a device stopped, which may be within a secret, or before what makes it one: then no rule
 * knows it. Of an unfinished line nothing is shown behind the first word that rules look for, nor the last word, nor a quotation
 * that is open.
 */
export function quotedEnd(text: string, rules: readonly SecretRule[], mark = usualMark): string {
  return quotedLines(withoutCutEnd(text, rules), rules, mark);
}

/** The text without what of its end may be a secret that no rule knows, because the line is not finished. */
export function withoutCutEnd(text: string, rules: readonly SecretRule[]): string {
  const from = text.lastIndexOf('\n') + 1;
  const line = text.slice(from);
  const end = lengthToShow(line, rules);
  return end === line.length ? text : `${text.slice(0, from)}${line.slice(0, end)}${cutMark}`;
}

/**
 * How configurations end, and prompts: alone on their line, where no secret stands unless it is one of a block. `root:$` is how a line
 * of shadow(5) begins.
 */
const harmlessAlone =
  /^[ \t]*(?!\S*:\$)(?:[!#}\])>;.]{1,3}|end|exit|return|quit|[\w.@:~/()[\]<>*!-]{0,63}[>#$%\]:?]|\[[\w.@~/-]{1,63}\] [>#])[ \t\r]*$/;

function lengthToShow(line: string, rules: readonly SecretRule[]): number {
  if (line.trim() === '' || harmlessAlone.test(line)) return line.length;
  return Math.min(startOfWord(line, line.length), openQuotation(line), telltaleEnd(line, rules));
}

/** Words that stand before a secret where the word that rules look for stands behind it. */
const otherTelltales = ['username'];

/** Behind the first word of the line that tells of a secret, or before it when it may hold one itself. */
function telltaleEnd(line: string, rules: readonly SecretRule[]): number {
  const words = [...widen(rules).map(({ word }) => word), ...otherTelltales];
  const hits = words.map((word) => line.indexOf(word)).filter((at) => at >= 0);
  if (hits.length === 0) return line.length;
  const at = Math.min(...hits);
  const start = startOfWord(line, at);
  const [word] = /^[A-Za-z-]*/.exec(line.slice(start))!;
  const end = start + word.length;
  return isBlank(line[end]) ? end + 1 : start;
}

const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\t' || sign === '\r';

function startOfWord(line: string, at: number): number {
  let start = at;
  while (start > 0 && !isBlank(line[start - 1])) start -= 1;
  return start;
}

/** Where a quotation begins that the line does not end, or the text of an XML element; the end of the line without one. */
function openQuotation(line: string): number {
  let open = -1;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === '\\') at += 1;
    else if (sign === '"') open = open < 0 ? at : -1;
  }
  if (open >= 0) return open;
  const element = line.lastIndexOf('>');
  const isOpen = element > 0 && /<[\w:.-]+(?: [^<>]*)?$/.test(line.slice(0, element)) && !line.includes('<', element);
  return isOpen ? element + 1 : line.length;
}
