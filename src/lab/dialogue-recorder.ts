import { type Dialogue, formatDialogue, hidden } from './dialogue-file.ts';

/** One thing of a stored transcript: what `device/` calls a TranscriptEntry. */
export interface DialogueEntry {
  readonly kind: 'sent' | 'received' | 'note';
  readonly text: string;
}

interface SentLine {
  readonly text: string;
  readonly newline: string;
  /** How much had been received when it was sent. */
  readonly at: number;
}

/**
 * A transcript as a dialogue file. Lines that went out in one burst are told apart by their echoes behind a prompt.
 * The transcript is redacted already; a hidden answer is kept as one that matches whatever is typed.
 */
export function recordDialogue(
  entries: readonly DialogueEntry[],
  options: { readonly platform?: string } = {},
): string {
  let received = '';
  const sent: SentLine[] = [];
  for (const { kind, text } of entries) {
    if (kind === 'received') received += text;
    else if (kind === 'sent') {
      for (const [line] of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g)) {
        const body = line.replace(/[\r\n]+$/, '');
        sent.push({ text: body, newline: line.slice(body.length), at: received.length });
      }
    }
  }
  const starts: number[] = [];
  let cursor = 0;
  for (const line of sent) {
    const from = Math.max(cursor, line.at);
    const start = echoOf(received, line.text, from) ?? from;
    starts.push(start);
    cursor = start + (received.startsWith(line.text, start) ? line.text.length : 0);
  }
  const dialogue: Dialogue = {
    greeting: received.slice(0, starts[0] ?? received.length),
    exchanges: sent.map((line, nth) => ({
      send: `${line.text.includes(hidden) || line.text === '[secret]' ? hidden : line.text}${line.newline === '' ? '' : '\n'}`,
      receive: received.slice(starts[nth], starts[nth + 1] ?? received.length),
    })),
    ...(options.platform === undefined ? {} : { platform: options.platform }),
  };
  return formatDialogue(dialogue);
}

/** Where the line is echoed: at once, or behind what looks like a prompt, so that no word of an output is taken for it. */
function echoOf(received: string, line: string, from: number): number | undefined {
  if (line === '' || received.startsWith(line, from)) return from;
  for (let at = received.indexOf(line, from); at >= 0; at = received.indexOf(line, at + 1)) {
    const lineStart = Math.max(received.lastIndexOf('\n', at - 1), received.lastIndexOf('\r', at - 1)) + 1;
    if (/[^ \t].*[>#$%\]:][ \t]*(?:\x1b\[[0-9;?]*[a-zA-Z])*$|^[>#$%\]][ \t]*$/.test(received.slice(lineStart, at)))
      return at;
  }
  return undefined;
}
