import { encodeText } from '#core';
import { cleanOutput, type TranscriptEntry } from '#device';
import { applySecrets, findSecrets, genericSecrets, type SecretRule, withoutCutEnd } from '#platforms';

const mark = '<redacted>';
const cutMark = '…';

/**
 * Hides what is secret in the configurations that a conversation holds. The session's own redaction knows the secrets
 * of the login; what a device prints of its communities and keys, only the rules of its platform know. Without any, those of all
 * vendors are taken. The conversation may have ended within a secret: of its last line, if it is not finished, the last word goes.
 */
export function scrubTranscript(
  entries: readonly TranscriptEntry[],
  rules: readonly SecretRule[],
): readonly TranscriptEntry[] {
  const known = rules.length > 0 ? rules : genericSecrets;
  const heard = scrubbed(
    entries.filter(({ kind }) => kind === 'received').map(({ text }) => text),
    known,
    entries[0]?.kind === 'note',
  );
  let next = 0;
  return entries.map((entry) => {
    if (entry.kind === 'note') return entry;
    return { ...entry, text: entry.kind === 'received' ? heard[next++]! : scrubbedLine(entry.text, known) };
  });
}

function scrubbed(
  texts: readonly string[],
  rules: readonly SecretRule[],
  mayLackBeginning: boolean,
): readonly string[] {
  const raw = hidden(texts, rules, mayLackBeginning);
  // A line that was painted with escape sequences may hide a secret from the rules: then the painted text is kept.
  const shown = raw.map((text) => cleanOutput(encodeText(text)));
  return hidden(shown, rules, false).map((text, at) => (text === shown[at] ? raw[at]! : text));
}

const scrubbedLine = (text: string, rules: readonly SecretRule[]): string => applySecrets(text, rules, () => mark);

interface Span {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/**
 * The texts, which followed on one another, without what is secret in all of them together: between the parts of a key a pager
 * was answered, and a line may go on behind what was typed in between.
 */
function hidden(texts: readonly string[], rules: readonly SecretRule[], mayLackBeginning: boolean): readonly string[] {
  const all = texts.join('');
  const spans: Span[] = [];
  if (mayLackBeginning) {
    const rest = restOfKey(all);
    if (rest > 0) spans.push({ from: 0, to: rest, by: `${mark}\n` });
  }
  for (const { from, to } of findSecrets(all, rules)) {
    const secret = all.slice(from, to);
    if (secret !== mark && secret !== cutMark) spans.push({ from, to, by: mark });
  }
  const kept = withoutCutEnd(all, rules);
  if (kept !== all) spans.push({ from: kept.length - cutMark.length, to: all.length, by: cutMark });
  return spans.length === 0 ? texts : replaced(texts, spans);
}

/** How far lines go on of a key that began before what was kept. */
const restOfKey = (text: string): number => /^(?:[ \t]*[A-Za-z0-9+/=]+[ \t]*\r*\n)*/.exec(text)![0].length;

/** Each text with what stands in place of the spans; of one that goes over several, the first has it. */
function replaced(texts: readonly string[], spans: readonly Span[]): readonly string[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  let start = 0;
  return texts.map((text) => {
    const end = start + text.length;
    let result = '';
    let at = start;
    for (const { from, to, by } of sorted) {
      if (to <= at || from >= end) continue;
      if (from >= at) result += text.slice(at - start, from - start) + by;
      at = Math.min(to, end);
    }
    result += text.slice(at - start);
    start = end;
    return result;
  });
}
