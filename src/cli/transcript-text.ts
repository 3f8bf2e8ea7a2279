import { formatDuration } from '#core';
import type { StoredTranscript } from '#store';
import type { Screen } from './screen.ts';

/**
 * A conversation for a person: when, who, what. Control characters are shown and not obeyed, for a device's escape
 * sequences have no business in the reader's terminal.
 */
export function transcriptText({ entries }: StoredTranscript, { cyan, dim, yellow }: Screen['colors']): string {
  const signs = { sent: cyan('>'), received: ' ', note: yellow('#') } as const;
  return entries
    .map(({ atMs, kind, text }) => {
      const time = dim(formatDuration(atMs).padStart(10));
      const lines = visible(text).replace(/\n$/, '').split('\n');
      return lines.map((line, n) => `${n === 0 ? time : ' '.repeat(10)} ${signs[kind]} ${line}\n`).join('');
    })
    .join('');
}

const visible = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) => {
      const code = sign.charCodeAt(0);
      return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : `\\x${code.toString(16)}`;
    });
