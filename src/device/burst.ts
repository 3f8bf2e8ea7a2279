import { encodeText } from '#core';
import type { Answer, AskOptions, CommandLine, Reading } from './command-line.ts';
import type { Verdict } from './conversation.ts';
import { isEcho, shownLine } from './echo.ts';
import { Exchanges } from './exchanges.ts';
import type { PromptMatch } from './prompt-matcher.ts';

/** What may be under way to the device unread: more than the input buffer of a terminal line holds would be lost. */
const inFlightBytes = 1024;
/** A device that stands at its prompt for so long without the next echo has lost what was typed ahead. */
const lostAheadMs = 4000;
/** Of an unfinished line only so much is looked at again. */
const longestLine = 16 * 1024;
/** Room before the name in a prompt: user names, stars, slots, escape sequences. */
const longestPromptStart = 120;

/** Where one output ends and the next one begins. */
interface Boundary {
  readonly at: number;
  /** The same, or behind the prompt where the device does not echo. */
  readonly nextAt: number;
  readonly match: PromptMatch;
}

/** How the output of one command of a burst ended. */
type Ending =
  | ({ readonly kind: 'next' } & Boundary)
  | { readonly kind: 'prompt'; readonly match: PromptMatch }
  | { readonly kind: 'lost ahead'; readonly match: PromptMatch }
  | { readonly kind: 'pager' };

/**
 * Types several commands at once and cuts what comes into their outputs: one ends where a line has a prompt and the
 * echo of the next command, the last at a prompt with nothing behind it. `deliver` is called as the outputs come.
 *
 * Resolves with how many commands were answered. It is fewer than asked for when the device proved not to take what
 * is typed ahead: it lost it, or a pager ate it. The device then stands at its prompt, and the rest is to be asked
 * for one by one.
 */
export async function askAhead(
  line: CommandLine,
  commands: readonly string[],
  optionsOf: (index: number) => AskOptions,
  deliver: (index: number, answer: Answer) => void,
): Promise<number> {
  const { conversation } = line;
  conversation.inbox.take();
  let typed = 0;
  let inFlight = 0;
  /** Whether what is in the inbox begins with the line of the prompt and the echo. */
  let beginsWithPrompt = false;
  const typeAhead = (): void => {
    const from = typed;
    while (typed < commands.length && (typed === from || inFlight < inFlightBytes))
      inFlight += commands[typed++]!.length + line.newline.length;
    if (typed > from)
      conversation.write(
        commands
          .slice(from, typed)
          .map((one) => one + line.newline)
          .join(''),
      );
  };

  for (let at = 0; at < commands.length; at++) {
    if (typed <= at || (typed < commands.length && inFlight < inFlightBytes / 2)) typeAhead();
    const reading = line.startReading(commands[at]!);
    line.isAtPrompt = false;
    const options = optionsOf(at);
    const next = typed > at + 1 ? commands[at + 1] : undefined;
    const finder = next === undefined ? undefined : new BoundaryFinder(line, reading, next, beginsWithPrompt);
    const ending = await readToNext(line, reading, finder, options);
    inFlight -= commands[at]!.length + line.newline.length;
    if (ending.kind === 'next') {
      if (line.echoes === undefined) line.echoes = line.findEcho(reading);
      const raw = conversation.inbox.take(ending.at);
      conversation.inbox.take(ending.nextAt - ending.at);
      beginsWithPrompt = ending.nextAt === ending.at;
      line.arrive(ending.match);
      line.isConfirmed = true;
      deliver(at, line.toAnswer(reading, raw));
      continue;
    }
    if (ending.kind === 'pager') {
      await drainPager(line, reading, options);
      return at;
    }
    const isWhole = ending.kind === 'prompt' || (line.findEcho(reading) && !isPolluted(line));
    const answer = line.finish(reading, ending.match);
    if (isWhole) deliver(at, answer);
    if (ending.kind === 'lost ahead') {
      conversation.recorder.note('what was typed ahead was lost; going on one command at a time');
      return isWhole ? at + 1 : at;
    }
  }
  return commands.length;
}

function readToNext(
  line: CommandLine,
  reading: Reading,
  finder: BoundaryFinder | undefined,
  options: AskOptions,
): Promise<Ending> {
  const none = new Exchanges([]);
  const judge = (quietMs: number): Verdict<Ending> => {
    const boundary = finder?.find();
    if (boundary) return { value: { kind: 'next', ...boundary } };
    const lastLine = line.conversation.lastLine();
    if (!finder) {
      const question = line.answer(reading, none, options, lastLine, quietMs);
      if (question) return question.verdict;
      const verdict = line.judgePrompt(reading, lastLine, quietMs);
      return verdict && 'value' in verdict ? { value: { kind: 'prompt', match: verdict.value } } : verdict;
    }
    const question = line.answer(reading, none, options, lastLine, quietMs);
    if (question) return question.verdict ?? { value: { kind: 'pager' } };
    const match = line.matcher.match(lastLine);
    if (!match || (match.familiarity === 'other' && !line.mayRename(reading))) return undefined;
    return quietMs < lostAheadMs ? { quietMs: lostAheadMs } : { value: { kind: 'lost ahead', match } };
  };
  return line.conversation.watch(judge, {
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    doing: `during "${reading.command}"`,
    onTimeout: (lastLine) => line.timeout(reading.command, options.timeoutMs, lastLine),
  });
}

/**
 * Whether an output behind which the next echo never came holds more than itself: a pager that swallowed the first
 * key of what was typed ahead, or a command that came mutilated behind a prompt.
 */
function isPolluted(line: CommandLine): boolean {
  const { inbox } = line.conversation;
  const lines = inbox.slice(0, inbox.size).split('\n').slice(1, -1).map(shownLine);
  const known = line.prompt.line.trimEnd();
  return lines.some(
    (one) => (known !== '' && one.startsWith(known)) || line.platform.pagers?.some(({ see }) => see.test(one)),
  );
}

/** The pager took some of what was typed ahead for its answer: reads until the device has been at a prompt for a while. */
async function drainPager(line: CommandLine, reading: Reading, options: AskOptions): Promise<void> {
  line.conversation.recorder.note('a pager came into commands typed ahead; going on one command at a time');
  const none = new Exchanges([]);
  const match = await line.conversation.watch<PromptMatch>(
    (quietMs) => {
      const lastLine = line.conversation.lastLine();
      const question = line.answer(reading, none, options, lastLine, quietMs);
      if (question) return question.verdict;
      const found = line.matcher.match(lastLine);
      if (!found || found.familiarity === 'other') return undefined;
      return quietMs < lostAheadMs / 4 ? { quietMs: lostAheadMs / 4 } : { value: found };
    },
    {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      doing: `during "${reading.command}"`,
      onTimeout: (lastLine) => line.timeout(reading.command, options.timeoutMs, lastLine),
    },
  );
  line.conversation.inbox.take();
  line.arrive(match);
}

/** Looks through what came, each byte once, for the line on which the next command begins. */
class BoundaryFinder {
  readonly #line: CommandLine;
  readonly #reading: Reading;
  readonly #next: string;
  readonly #needles: readonly { readonly needle: string; readonly bytes: Buffer }[];
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
    this.#needles = [name, echo]
      .filter((needle) => needle !== '')
      .map((needle) => ({ needle, bytes: Buffer.from(needle, 'latin1') }));
  }

  find(): Boundary | undefined {
    const { inbox } = this.#line.conversation;
    if (inbox.size === this.#from) return undefined;
    if (this.#skipsFirstLine) {
      const first = inbox.slice(this.#from).indexOf('\n');
      if (first < 0) return undefined;
      this.#skipsFirstLine = false;
      this.#from += first + 1;
    }
    const found = this.#needles.some(({ bytes }) => inbox.includes(bytes, this.#from)) ? this.#search() : undefined;
    // A line without end is no prompt with an echo, and is not to be looked at again and again.
    if (!found) this.#from = Math.max(this.#from, inbox.lineStart(), inbox.size - longestLine);
    return found;
  }

  #search(): Boundary | undefined {
    const text = this.#line.conversation.inbox.slice(this.#from);
    for (const { needle } of this.#needles) {
      for (let hit = text.indexOf(needle); hit >= 0; hit = text.indexOf(needle, hit + 1)) {
        const end = text.indexOf('\n', hit);
        if (end < 0) break;
        const start = text.lastIndexOf('\n', hit) + 1;
        if (hit - start > longestPromptStart + this.#next.length) continue;
        const found = this.#boundary(text.slice(start, end));
        if (found) {
          const at = this.#from + start + found.at;
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
