import { latin1OfText } from '#core';
import type { BackupCommand } from '#platforms';

/** What one command gave, one character a byte, in pieces that follow on one another. */
export interface PartPieces {
  readonly command: BackupCommand;
  readonly pieces: readonly string[];
}

/** One text of all parts, in the order of the commands, still in pieces; what is no configuration is commented out. */
export function assemble(parts: readonly PartPieces[], commentSign: string): readonly string[] {
  const comment = latin1OfText(commentSign);
  const all: string[] = [];
  for (const { command, pieces } of parts) {
    const body = command.as === 'comment' ? commented(pieces.join(''), comment) : withoutBlankEnds(pieces);
    if (body.length === 0) continue;
    if (all.length > 0) all.push(`${comment.trimEnd()}\n`);
    for (const piece of body) all.push(piece);
    all.push('\n');
  }
  return all;
}

function commented(text: string, comment: string): readonly string[] {
  const bare = withoutBlankEnds([text]).join('');
  return bare === '' ? [] : [bare.replace(/^.*$/gm, (line) => (comment + line).replace(/[ \t\r]+$/, ''))];
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;

/** Where the first line begins that is not blank, or the text ends. A no-break space says something. */
export function firstLineOf(text: string): number {
  let from = 0;
  for (let at = 0; at < text.length && isBlank(text.charCodeAt(at)); at += 1) {
    if (text.charCodeAt(at) === 0x0a) from = at + 1;
  }
  return from;
}

/** No blank lines before the first and after the last that says something. */
function withoutBlankEnds(pieces: readonly string[]): readonly string[] {
  const rest = [...pieces];
  // Blanks at the end, in however many pieces they are.
  for (let last = rest.pop(); last !== undefined; last = rest.pop()) {
    let to = last.length;
    while (to > 0 && isBlank(last.charCodeAt(to - 1))) to -= 1;
    if (to === 0) continue;
    rest.push(last.slice(0, to));
    break;
  }
  // The indent of the first line stays, even where a mark follows it.
  while (rest.length > 0) {
    const from = firstLineOf(rest[0]!);
    if (from < rest[0]!.length) {
      rest[0] = rest[0]!.slice(from);
      break;
    }
    rest.shift();
  }
  return rest;
}
