import { encodeText, NetwrightError, type NetwrightErrorCode } from '#core';
import type { Exchange, Platform } from '#platforms';
import type { Login } from '#transport';
import { cleanLatin1, lastLineStart } from './clean-output.ts';
import { afterLastNewline, type Conversation, type Verdict } from './conversation.ts';
import { echoReach, endOfEcho, endOfStrangeEcho, isConsoleMessage, shownLine, startOfLateEcho } from './echo.ts';
import { answerText, Exchanges } from './exchanges.ts';
import { type PromptMatch, PromptMatcher } from './prompt-matcher.ts';
import { withoutPromptPrelude, withoutRepaintedPrompts } from './prompt-prelude.ts';
import { mayRename, settle, settleMs, unechoedMs } from './settle.ts';
import { type PagerMark, paintLine, withoutEndCr } from './terminal-line.ts';

export interface CommandLineOptions {
  readonly conversation: Conversation;
  readonly platform: Platform;
  readonly login: Login;
}

export interface AskOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly dialogue?: readonly Exchange[] | undefined;
  /** Code of the error when a secret is refused or missing. */
  readonly refused?: NetwrightErrorCode;
}

/** What a command gave, before failure patterns are looked for. */
export interface Answer {
  /** One character a byte, as all that is read from a conversation. */
  readonly latin1: string;
  readonly durationMs: number;
}

/** The state of one segment of output while it is read. */
export interface Reading {
  readonly command: string;
  /** The command, or its first line, as bytes stand for it. */
  readonly typed: string;
  /** The last line of a command of several lines. */
  readonly typedLast: string | undefined;
  readonly startedAtMs: number;
  readonly marks: PagerMark[];
  /** Offset behind the last answered question: older text asks nothing any more. */
  answeredAt: number;
  /** Offset behind the echo of the command; undefined until it was seen. */
  echoEnd: number | undefined;
  /** Whether Enter was pressed to have the prompt painted again. */
  isNudged: boolean;
}

/**
 * A device at its prompt: types commands, recognises their ends, answers pagers and questions, and knows the mode
 * and the name of the device from the last prompt.
 */
export class CommandLine {
  readonly conversation: Conversation;
  readonly platform: Platform;
  readonly login: Login;
  readonly matcher: PromptMatcher;
  readonly newline: string;
  prompt: PromptMatch = { mode: '', line: '', host: undefined, familiarity: 'unknown' };
  /** Whether the device echoes what is typed; undefined until it was seen to do so or not. */
  echoes: boolean | undefined;
  /** False once the device proved to lose what is typed before its prompt came back, whatever the platform says. */
  takesTypeAhead = true;
  /** What was typed ahead and seems to be lost, as bytes stand for it: a slow device may answer it after all. */
  lostAhead: readonly string[] = [];
  /**
   * Whether a prompt came behind a command. Until then the learned name may be that of a banner line such as
   * `Welcome to core1#` that stood there for a moment.
   */
  isConfirmed = false;
  /** Whether everything typed was answered by a prompt: only then may something else be typed. */
  isAtPrompt = false;

  constructor({ conversation, platform, login }: CommandLineOptions) {
    this.conversation = conversation;
    this.platform = platform;
    this.login = login;
    this.matcher = new PromptMatcher(platform);
    conversation.secrets = platform.backup.secrets;
    this.newline = platform.newline ?? (conversation.channel.protocol === 'telnet' ? '\r\n' : '\n');
  }

  /** Accepts a prompt: the session is in its mode now. */
  arrive(match: PromptMatch): void {
    this.matcher.learn(match);
    this.prompt = match;
    this.isAtPrompt = true;
  }

  /** Whether a text, as shown, is a prompt of this very device. */
  readonly isPrompt = (text: string): boolean => {
    const match = this.matcher.match(text);
    return match !== undefined && match.familiarity !== 'other';
  };

  /** Whether the prompt behind a command may show another name than before. */
  mayRename(reading: Reading): boolean {
    return !this.isConfirmed || mayRename(reading.command);
  }

  startReading(command: string): Reading {
    const lines = encodeText(command).toString('latin1').split('\n');
    const first = Math.max(0, lines.findIndex(isEchoable));
    const typed = lines[first]!;
    const typedLast = lines.slice(first + 1).findLast(isEchoable);
    const startedAtMs = performance.now();
    return { command, typed, typedLast, startedAtMs, marks: [], answeredAt: 0, echoEnd: undefined, isNudged: false };
  }

  /**
   * Types one command, answers what it asks, and resolves with its output when a prompt stands at the end of it.
   * @throws NetwrightError `NW_COMMAND_TIMEOUT`, `NW_OUT_OF_STEP`, `NW_OUTPUT_TOO_LARGE`, `NW_CONNECTION_LOST`, `NW_CANCELLED`
   */
  async ask(command: string, options: AskOptions): Promise<Answer> {
    this.takeUnasked();
    const reading = this.startReading(command);
    this.isAtPrompt = false;
    this.conversation.write(command.replaceAll('\n', this.newline) + this.newline);
    const match = await this.readToPrompt(reading, options);
    return this.finish(reading, match);
  }

  /**
   * Drops what came unasked since the last prompt: console messages, a prompt painted again. On a device that does not echo,
   * other text there may be the answer to the last command, behind a prompt that was none of its own.
   * @throws NetwrightError `NW_OUT_OF_STEP`
   */
  takeUnasked(): void {
    const unasked = this.conversation.inbox.take();
    if (this.echoes !== false) return;
    const lines = unasked.toString('latin1').split('\n').map(shownLine);
    const at = lines.findIndex((line) => line.trim() !== '' && !this.isPrompt(line) && !isConsoleMessage(line));
    if (at < 0) return;
    // More of the last one may be on its way.
    const stray =
      at < lines.length - 1 ? this.conversation.forMessage(lines[at]!) : this.conversation.endForMessage(lines[at]!);
    throw this.outOfStep(`"${stray.trim()}" came when nothing was asked`);
  }

  /**
   * Waits until nothing comes any more from a device that does not echo: what comes late shows that the outputs before it were
   * taken for those of other commands.
   * @throws NetwrightError `NW_OUT_OF_STEP`
   */
  async confirmSilence(options: AskOptions): Promise<void> {
    const { conversation } = this;
    if (this.echoes !== false || conversation.isEnded) return;
    const neededMs = unechoedMs(false, true, conversation.slowestMs);
    const sinceMs = performance.now();
    await conversation.watch<true>(
      () => {
        const quietMs = performance.now() - Math.max(sinceMs, conversation.inbox.lastAtMs);
        return quietMs < neededMs ? { quietMs: neededMs } : { value: true };
      },
      {
        timeoutMs: options.timeoutMs,
        signal: options.signal,
        doing: 'after the last command',
        onTimeout: (lastLine) => this.outOfStep(`it does not stop printing: "${lastLine}"`),
      },
    );
    this.takeUnasked();
  }

  /** Its command, as a message may show it. */
  shown(reading: Reading): string {
    return this.conversation.forMessage(reading.command);
  }

  /** The error for a device whose outputs cannot be told apart for sure. The session cannot go on. */
  outOfStep(reason: string): NetwrightError {
    this.isAtPrompt = false;
    const { channel } = this.conversation;
    return new NetwrightError('NW_OUT_OF_STEP', `${channel.label} (${this.platform.id}): out of step: ${reason}`);
  }

  /** Reads until a prompt ends the output of the command of `reading`. */
  readToPrompt(reading: Reading, options: AskOptions): Promise<PromptMatch> {
    const dialogue = new Exchanges(options.dialogue ?? []);
    return this.conversation.watch((quietMs) => this.#judge(reading, dialogue, options, quietMs), {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      doing: `during "${this.shown(reading)}"`,
      onTimeout: (lastLine) => this.timeout(reading, options.timeoutMs, lastLine),
    });
  }

  timeout(reading: Reading, timeoutMs: number, lastLine: string): NetwrightError {
    const shown = this.shown(reading);
    const echo = this.echoes === true && !this.findEcho(reading) ? ', its echo did not come' : '';
    return new NetwrightError(
      'NW_COMMAND_TIMEOUT',
      `${this.conversation.channel.label} (${this.platform.id}): "${shown}" did not end within ${timeoutMs} ms${echo}, last line "${lastLine}"`,
      { details: { command: shown, lastLine } },
    );
  }

  #judge(reading: Reading, dialogue: Exchanges, options: AskOptions, quietMs: number): Verdict<PromptMatch> {
    const lastLine = this.conversation.lastLine();
    const question = this.answer(reading, dialogue, options, lastLine, quietMs);
    if (question) return question.verdict;
    return this.judgePrompt(reading, lastLine, quietMs);
  }

  /** Answers a pager or a question of the dialogue that stands at the end; undefined when there is none. */
  answer(
    reading: Reading,
    dialogue: Exchanges,
    options: AskOptions,
    lastLine: string,
    quietMs: number,
  ): { readonly verdict: Verdict<never> } | undefined {
    const { inbox, channel } = this.conversation;
    if (inbox.size === reading.answeredAt) return undefined;
    const pager = lastLine === '' ? undefined : this.platform.pagers?.find(({ see }) => see.test(lastLine));
    if (!pager && dialogue.isEmpty) return undefined;
    const news = paintRecent(inbox.slice(Math.max(reading.answeredAt, inbox.size - 1024)));
    if (news.trim() === '') return undefined;
    if (pager) {
      if (quietMs < settleMs.familiar) return { verdict: { quietMs: settleMs.familiar } };
      this.#type(pager, options);
      reading.marks.push({ at: inbox.size, width: lastLine.length - (pager.see.exec(lastLine)?.index ?? 0) });
      reading.answeredAt = inbox.size;
      return { verdict: undefined };
    }
    const exchange = dialogue.find(afterLastNewline(news), news);
    if (!exchange) return undefined;
    if (quietMs < settleMs.question) return { verdict: { quietMs: settleMs.question } };
    if (dialogue.isTooOften(exchange)) {
      const code =
        typeof exchange.answer === 'string' ? 'NW_COMMAND_REJECTED' : (options.refused ?? 'NW_COMMAND_REJECTED');
      const line = this.conversation.lastLineForMessage();
      throw new NetwrightError(
        code,
        `${channel.label}: the device asks again after "${this.shown(reading)}": "${line}"`,
      );
    }
    this.#type(exchange, options);
    reading.answeredAt = inbox.size;
    return { verdict: undefined };
  }

  #type(exchange: Exchange, options: AskOptions): void {
    const { text, isSecret } = answerText(
      exchange,
      this.login,
      this.conversation.channel.label,
      options.refused ?? 'NW_COMMAND_REJECTED',
    );
    this.conversation.write(exchange.newline === false ? text : text + this.newline, isSecret);
  }

  /** Whether a prompt ends what came, and for how long it must stand there to be believed. */
  judgePrompt(reading: Reading, lastLine: string, quietMs: number): Verdict<PromptMatch> {
    if (lastLine.trim() === '') return this.#judgeDisturbedPrompt(reading, quietMs);
    const match = this.matcher.match(lastLine) ?? this.#promptBehindOutput(lastLine);
    if (!match) return undefined;
    let neededMs = settle({
      match,
      isGlued: match.line !== lastLine,
      isNudged: reading.isNudged,
      mayRename: this.mayRename(reading),
    });
    if (!this.findEcho(reading)) {
      // Whoever echoes and has not yet is still busy with something else: such a prompt is never the end of this command.
      if (this.echoes === true) {
        if (quietMs < settleMs.echoOverdue) return { quietMs: settleMs.echoOverdue };
        if (!this.#findStrangeEcho(reading)) return undefined;
      } else neededMs = Math.max(neededMs, unechoedMs(this.echoes, this.isBare(), this.conversation.slowestMs));
    }
    if (quietMs < neededMs) return { quietMs: neededMs };
    return { value: match };
  }

  /** Whether nothing but prompts and blank lines came. */
  isBare(): boolean {
    const { inbox } = this.conversation;
    if (inbox.size > 4096) return false;
    const lines = inbox.slice(0).split('\n').map(shownLine);
    return lines.every((line) => line.trim() === '' || this.isPrompt(line));
  }

  /** The known prompt behind output that ends without a newline, such as that of `cat`. */
  #promptBehindOutput(lastLine: string): PromptMatch | undefined {
    const known = this.prompt.line;
    if (known.trim().length < 3 || lastLine.length <= known.length) return undefined;
    return lastLine.endsWith(known) ? { ...this.prompt, familiarity: 'same' } : undefined;
  }

  /**
   * A console message that came behind the prompt (`r1#` and then `*Mar 1 00:01: %SYS-5-CONFIG_I: …` on lines of
   * its own) leaves no prompt at the end. Enter makes the device paint it again.
   */
  #judgeDisturbedPrompt(reading: Reading, quietMs: number): Verdict<PromptMatch> {
    const known = this.prompt.line.trim();
    const { inbox } = this.conversation;
    if (known === '' || inbox.size === reading.answeredAt) return undefined;
    if (quietMs < settleMs.disturbed) return { quietMs: settleMs.disturbed };
    const lines = inbox.recent(1024).split('\n').slice(1, -1);
    const at = lines.findLastIndex((line) => this.isPrompt(paintLine(withoutEndCr(line))));
    if (at < 0) return undefined;
    // A single line end behind the prompt may as well be a line of output that looks like it.
    if (at === lines.length - 1 && quietMs < 2 * settleMs.disturbed) return { quietMs: 2 * settleMs.disturbed };
    if (!lines.slice(at + 1).every((line) => line.trim() === '' || isConsoleMessage(line))) return undefined;
    reading.answeredAt = inbox.size;
    reading.isNudged = true;
    this.conversation.write(this.newline);
    return undefined;
  }

  /**
   * Whether the echo of the command was seen, of all its lines. Then, and only then, a prompt behind it can be its end: what was
   * printed before (a second prompt, an answer to Enter, console messages) belongs to nothing that is waited for, and goes.
   */
  findEcho(reading: Reading): boolean {
    const { inbox } = this.conversation;
    if (reading.echoEnd === undefined) {
      if (!isEchoable(reading.typed)) return this.echoes !== false;
      const isPrompt = this.#isPromptBeforeEcho(reading);
      let end = endOfEcho(inbox.head(echoReach(reading.typed)), reading.typed, isPrompt);
      if (end === 0 && this.echoes !== false) {
        const start = startOfLateEcho(inbox.slice(0, lateEchoReach), reading.typed, isPrompt);
        if (start > 0) {
          inbox.take(start);
          reading.marks.length = 0;
          reading.answeredAt = Math.max(0, reading.answeredAt - start);
          end = endOfEcho(inbox.head(echoReach(reading.typed)), reading.typed, isPrompt);
        }
      }
      if (end === 0) return false;
      reading.echoEnd = end;
      this.echoes = true;
    }
    return reading.typedLast === undefined || this.#hasLastLine(reading.typedLast, inbox.slice(reading.echoEnd));
  }

  #findStrangeEcho(reading: Reading): boolean {
    const head = this.conversation.inbox.head(echoReach(reading.typed));
    const end = endOfStrangeEcho(head, reading.typed, this.#isPromptBeforeEcho(reading));
    if (end === 0 || reading.typedLast !== undefined) return false;
    reading.echoEnd = end;
    return true;
  }

  #hasLastLine(typedLast: string, text: string): boolean {
    return text.split('\n').some((line) => shownLine(line).trimEnd().endsWith(typedLast.trimEnd()));
  }

  /** The learned name may be wrong, or may just have changed. */
  #isPromptBeforeEcho(reading: Reading): (text: string) => boolean {
    return this.mayRename(reading) ? (text) => this.matcher.match(text) !== undefined : this.isPrompt;
  }

  /** Takes everything up to the prompt as the output of the command, and stands at that prompt. */
  finish(reading: Reading, match: PromptMatch): Answer {
    if (this.echoes === undefined && isEchoable(reading.typed)) this.echoes = reading.echoEnd !== undefined;
    const raw = this.conversation.inbox.borrow();
    const promptAt = lastLineStart(raw);
    const glued = this.#gluedOutput(raw, promptAt, match);
    const output = glued ?? raw.subarray(0, promptAt);
    if (this.echoes === false) this.#refuseTwoPrompts(reading, output);
    else if (this.lostAhead.length > 0) this.#refuseLateAnswers(reading, output);
    this.arrive(match);
    this.isConfirmed = true;
    return this.toAnswer(reading, output);
  }

  /** What was typed twice, because it seemed to be lost, may be answered twice. */
  #refuseLateAnswers(reading: Reading, output: Buffer): void {
    const lines = output
      .toString('latin1', reading.echoEnd ?? 0)
      .split('\n')
      .map(shownLine);
    const isAnswered = (line: string): boolean =>
      this.lostAhead.some((lost) => line.endsWith(lost) && this.isPrompt(line.slice(0, line.length - lost.length)));
    const late = lines.find((line) => isAnswered(line.trimEnd()));
    if (late !== undefined)
      throw this.outOfStep(
        `"${this.conversation.forMessage(late.trim())}" came late, within the output of "${this.shown(reading)}"`,
      );
  }

  /** Without echoes nothing tells on which side of a prompt that nobody asked for the output of a command stands. */
  #refuseTwoPrompts(reading: Reading, output: Buffer): void {
    const known = this.prompt.line.trimEnd();
    const lines = known.length < 3 ? [] : output.toString('latin1').split('\n').map(shownLine);
    if (lines.some((line) => line.startsWith(known)))
      throw this.outOfStep(`more than one prompt came for "${this.shown(reading)}", and the device does not echo`);
  }

  /** Output that stands on the line of the prompt, before it. */
  #gluedOutput(raw: Buffer, promptAt: number, match: PromptMatch): Buffer | undefined {
    const line = raw.toString('latin1', promptAt);
    const at = line.lastIndexOf(match.line);
    const shown = afterLastNewline(paintLine(line));
    return shown !== match.line && at > 0 ? raw.subarray(0, promptAt + at) : undefined;
  }

  /** @param raw everything from the typing of the command up to the line of the prompt */
  toAnswer(reading: Reading, raw: Buffer): Answer {
    // Once more, because more of a repeated echo may have come since it was seen first.
    const head = raw.toString('latin1', 0, Math.min(raw.length, echoReach(reading.typed)));
    const from = endOfEcho(head, reading.typed, this.#isPromptBeforeEcho(reading)) || (reading.echoEnd ?? 0);
    const marks = reading.marks.map(({ at, width }) => ({ at: at - from, width })).filter(({ at }) => at >= 0);
    const bare = withoutNewlinesAtEnd(cleanLatin1(raw.subarray(from), marks));
    const latin1 = withoutPromptPrelude(withoutRepaintedPrompts(bare, this.prompt.line.trim()));
    return { latin1, durationMs: performance.now() - reading.startedAtMs };
  }
}

/** How far behind other text the echo of a command is looked for. */
const lateEchoReach = 1024 * 1024;

/** Whether a line has anything to echo that can be told from what a device prints by itself. */
const isEchoable = (typed: string): boolean => /[\x21-\x7e\x80-\xff]/.test(typed);

function withoutNewlinesAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end--;
  return text.slice(0, end);
}

/** The last lines as a terminal shows them. */
export function paintRecent(raw: string): string {
  return raw
    .split('\n')
    .map((line) => paintLine(withoutEndCr(line)))
    .join('\n');
}
