import { encodeText } from '#core';
import { type Boundary, BoundaryFinder } from './boundary-finder.ts';
import type { Answer, AskOptions, CommandLine, Reading } from './command-line.ts';
import type { Verdict } from './conversation.ts';
import { shownLine } from './echo.ts';
import { Exchanges } from './exchanges.ts';
import type { PromptMatch } from './prompt-matcher.ts';

/** What may be under way to the device unread: more than the input buffer of a terminal line holds would be lost. */
const inFlightBytes = 1024;
/** A device that stands at its prompt for so long without the next echo has lost what was typed ahead, unless it is slow. */
const lostAheadMs = 4000;
const longestLostAheadMs = 20_000;
/** How the output of one command of a burst ended. */
type Ending =
  | ({ readonly kind: 'next' } & Boundary)
  | { readonly kind: 'prompt'; readonly match: PromptMatch }
  | { readonly kind: 'lost ahead'; readonly match: PromptMatch }
  | { readonly kind: 'no echo'; readonly match: PromptMatch }
  | { readonly kind: 'pager' };

/**
 * Types several commands at once and cuts what comes into their outputs: one begins behind its own echo and ends where a
 * line has a prompt and the echo of the next command, the last at a prompt with nothing behind it. `deliver` is called as
 * the outputs come.
 *
 * Resolves with how many commands were answered. It is fewer than asked for when the device proved not to take what
 * is typed ahead: it lost it, or a pager ate it. The device then stands at its prompt, and the rest is to be asked
 * for one by one. A device that does not echo must give exactly one prompt a command.
 *
 * @throws NetwrightError `NW_OUT_OF_STEP` when it cannot be told which output belongs to which command
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
    const finder = next === undefined ? undefined : new BoundaryFinder(line, reading, next);
    const ending = await readToNext(line, reading, finder, options);
    inFlight -= commands[at]!.length + line.newline.length;
    if (ending.kind === 'next') {
      const raw = conversation.inbox.borrow(ending.at);
      line.arrive(ending.match);
      line.isConfirmed = true;
      deliver(at, line.toAnswer(reading, raw));
      continue;
    }
    if (ending.kind === 'pager') {
      line.lostAhead = commands.slice(at, typed).map(bytesOf);
      await drainPager(line, reading, options);
      return at;
    }
    if (ending.kind === 'no echo') {
      if (at > 0) throw line.outOfStep(`the echo of "${line.shown(reading)}" did not come`);
      deliverUnechoed(line, commands.slice(0, typed), reading, ending.match, deliver);
      return typed;
    }
    const isWhole = ending.kind === 'prompt' || !isPolluted(line);
    const answer = line.finish(reading, ending.match);
    if (isWhole) deliver(at, answer);
    if (ending.kind === 'lost ahead') {
      line.lostAhead = commands.slice(at + 1, typed).map(bytesOf);
      conversation.recorder.note('what was typed ahead was lost; going on one command at a time');
      return isWhole ? at + 1 : at;
    }
  }
  return commands.length;
}

const bytesOf = (command: string): string => encodeText(command).toString('latin1').trimEnd();

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
    const kind = line.findEcho(reading) ? 'lost ahead' : 'no echo';
    // Without echoes only the number of the prompts tells: the last of them must have come.
    const leastMs = kind === 'no echo' ? 2 * lostAheadMs : lostAheadMs;
    const neededMs = Math.min(longestLostAheadMs, Math.max(leastMs, 3 * line.conversation.slowestMs));
    if (quietMs < neededMs) return { quietMs: neededMs };
    // Whoever echoes and has not yet is still busy with something else.
    return kind === 'no echo' && line.echoes === true ? undefined : { value: { kind, match } };
  };
  return line.conversation.watch(judge, {
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    doing: `during "${line.shown(reading)}"`,
    onTimeout: (lastLine) => line.timeout(reading, options.timeoutMs, lastLine),
  });
}

/**
 * Cuts what a device that does not echo gave for a burst: at each line that begins with the prompt.
 * @throws NetwrightError `NW_OUT_OF_STEP` unless there are as many prompts as commands
 */
function deliverUnechoed(
  line: CommandLine,
  commands: readonly string[],
  first: Reading,
  match: PromptMatch,
  deliver: (index: number, answer: Answer) => void,
): void {
  const { inbox } = line.conversation;
  const raw = inbox.take();
  const known = match.line.trimEnd();
  const text = raw.toString('latin1');
  /** Where prompts begin and end: nothing stands before them on their lines. */
  const prompts: { readonly at: number; readonly end: number }[] = [];
  for (let start = 0; start >= 0 && start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const bare = text.slice(start, newline < 0 ? text.length : newline);
    let at = shownLine(bare).startsWith(known) ? bare.indexOf(known) : -1;
    // A command without output may leave its prompt behind the one before. The blanks of a prompt are not those of an indented line.
    for (let from = start; at >= 0; at = bare.startsWith(known, from - start) ? from - start : -1) {
      const end = start + at + Math.min(match.line.length, bare.length - at);
      prompts.push({ at: from, end });
      from = end;
    }
    start = newline < 0 ? -1 : newline + 1;
  }
  line.arrive(match);
  line.isConfirmed = true;
  line.echoes = false;
  line.takesTypeAhead = false;
  if (known.length < 3 || prompts.length !== commands.length)
    throw line.outOfStep(
      `${prompts.length} prompts came for ${commands.length} commands, and the device does not echo`,
    );
  let from = 0;
  for (const [at, prompt] of prompts.entries()) {
    deliver(
      at,
      line.toAnswer(
        { ...line.startReading(commands[at]!), startedAtMs: first.startedAtMs },
        raw.subarray(from, prompt.at),
      ),
    );
    from = prompt.end;
  }
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
      doing: `during "${line.shown(reading)}"`,
      onTimeout: (lastLine) => line.timeout(reading, options.timeoutMs, lastLine),
    },
  );
  line.conversation.inbox.take();
  line.arrive(match);
}
