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
  /** The same, or behind the prompt where the device does not echo. */
  readonly nextAt: number;
  readonly match: PromptMatch;
}

/** Looks through what came, each byte once, for the line on which the next command begins. */
export class BoundaryFinder {
  readonly #line: CommandLine;
  readonly #reading: Reading;
  readonly #next: string;
  readonly #needles: readonly Buffer[];
  /** Everything before was looked at, but for the line that was not finished then. */
  #from = 0;

  /** The first line is the prompt and the echo of this command, which may be the same as the next. */
  #skipsFirstLine: boolean;

  constructor(line: CommandLine, reading: Reading, next: string, skipsFirstLine: boolean) {
    this.#skipsFirstLine = skipsFirstLine;
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
    if (this.#skipsFirstLine) {
      const first = inbox.indexOf(newline, this.#from);
      if (first < 0) return undefined;
      this.#skipsFirstLine = false;
      this.#from = first + 1;
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
        if (found) {
          const at = start + found.at;
          return { at, nextAt: at + found.promptLength, match: found.match };
        }
      }
    }
    return undefined;
  }

  /** The prompt of a line that holds a prompt and the echo of the next command. */
  #boundary(
    raw: string,
  ): { readonly at: number; readonly promptLength: number; readonly match: PromptMatch } | undefined {
    const { matcher, prompt, isPrompt } = this.#line;
    const shown = shownLine(raw);
    const typed = this.#next.trimEnd();
    if (shown.trimEnd().endsWith(typed)) {
      const before = shown.slice(0, shown.trimEnd().length - typed.length);
      const match = matcher.match(before);
      if (match && this.#isBelievable(match)) return { at: 0, promptLength: 0, match };
      // Output without a newline at its end, then the prompt.
      const glued = prompt.line.trim().length >= 3 ? raw.lastIndexOf(prompt.line + typed) : -1;
      if (glued > 0) return { at: glued, promptLength: 0, match: { ...prompt, familiarity: 'same' } };
    }
    const known = prompt.line.trimEnd();
    if (known === '' || !shown.startsWith(known)) return undefined;
    const rest = shown.slice(known.length).trim();
    const match: PromptMatch = { ...prompt, familiarity: 'same' };
    const isNext = rest !== '' && (isEcho(rest, typed, isPrompt) || (shown.length >= 70 && typed.startsWith(rest)));
    if (isNext) return { at: 0, promptLength: 0, match };
    if ((this.#line.echoes ?? this.#learnEcho()) !== false) return undefined;
    const at = raw.indexOf(known);
    // The blanks of the prompt are not those of an indented first line.
    return at < 0 ? undefined : { at: 0, promptLength: at + Math.min(prompt.line.length, raw.length - at), match };
  }

  #isBelievable(match: PromptMatch): boolean {
    return match.familiarity !== 'other' || this.#line.mayRename(this.#reading);
  }

  /** By the time of a line that could begin the next output, the echo of this one has come, or never will. */
  #learnEcho(): boolean {
    this.#line.echoes = this.#line.findEcho(this.#reading);
    return this.#line.echoes;
  }
}
