import { encodeText } from '#core';
import type { CommandLine, Reading } from './command-line.ts';
import { isEcho, shownLine } from './echo.ts';
import type { PromptMatch } from './prompt-matcher.ts';

/** Of an unfinished line only so much is looked at again. */
const longestLine = 16 * 1024;
/** Room before the name in a prompt: user names, stars, slots, escape sequences. */
const longestPromptStart = 120;
const newline = Buffer.from('\n');

/** Where one output ends and the next one begins. */
export interface Boundary {
  readonly at: number;
  readonly match: PromptMatch;
}

/**
 * Looks through what came, each byte once, for the line on which the next command begins: a prompt and the echo of that command,
 * behind the echo of this one. Nothing else proves where an output ends.
 */
export class BoundaryFinder {
  readonly #line: CommandLine;
  readonly #reading: Reading;
  readonly #next: string;
  readonly #needles: readonly Buffer[];
  /** Everything before was looked at, but for the line that was not finished then. */
  #from = 0;

  #hasEcho = false;

  constructor(line: CommandLine, reading: Reading, next: string) {
    this.#line = line;
    this.#reading = reading;
    this.#next = encodeText(next).toString('latin1');
    // Every prompt contains the name, which IOS may cut; where it may change, the echo of the command is looked for.
    const name = line.matcher.host?.slice(0, 12) ?? line.prompt.line.trim();
    const echo = line.mayRename(reading) || name === '' ? this.#next.slice(0, 24) : '';
    this.#needles = [name, echo].filter((needle) => needle !== '').map((needle) => Buffer.from(needle, 'latin1'));
  }

  find(): Boundary | undefined {
    const { inbox } = this.#line.conversation;
    if (inbox.size === this.#from) return undefined;
    if (!this.#hasEcho) {
      if (!this.#line.findEcho(this.#reading)) return undefined;
      this.#hasEcho = true;
      this.#from = this.#reading.echoEnd ?? 0;
    }
    const found = this.#search();
    // A line without end is no prompt with an echo, and is not to be looked at again and again.
    if (!found) this.#from = Math.max(this.#from, inbox.lineStart(), inbox.size - longestLine);
    return found;
  }

  #search(): Boundary | undefined {
    const { inbox } = this.#line.conversation;
    for (const needle of this.#needles) {
      for (let hit = inbox.indexOf(needle, this.#from); hit >= 0; hit = inbox.indexOf(needle, hit + 1)) {
        const end = inbox.indexOf(newline, hit);
        if (end < 0) break;
        const start = Math.max(this.#from, inbox.lineStart(hit));
        if (hit - start > longestPromptStart + this.#next.length) continue;
        const found = this.#boundary(inbox.slice(start, end));
        if (found) return { at: start + found.at, match: found.match };
      }
    }
    return undefined;
  }

  /** The prompt of a line that holds a prompt and the echo of the next command. */
  #boundary(raw: string): Boundary | undefined {
    const { matcher, prompt, isPrompt } = this.#line;
    const shown = shownLine(raw);
    const typed = this.#next.trimEnd();
    if (shown.trimEnd().endsWith(typed)) {
      const before = shown.slice(0, shown.trimEnd().length - typed.length);
      const match = matcher.match(before);
      if (match && this.#isBelievable(match)) return { at: 0, match };
      // Output without a newline at its end, then the prompt.
      const glued = prompt.line.trim().length >= 3 ? raw.lastIndexOf(prompt.line + typed) : -1;
      if (glued > 0) return { at: glued, match: { ...prompt, familiarity: 'same' } };
    }
    const known = prompt.line.trimEnd();
    if (known === '' || !shown.startsWith(known)) return undefined;
    const rest = shown.slice(known.length).trim();
    const match: PromptMatch = { ...prompt, familiarity: 'same' };
    const isNext = rest !== '' && (isEcho(rest, typed, isPrompt) || (shown.length >= 70 && typed.startsWith(rest)));
    return isNext ? { at: 0, match } : undefined;
  }

  #isBelievable(match: PromptMatch): boolean {
    return match.familiarity !== 'other' || this.#line.mayRename(this.#reading);
  }
}
