import { encodeText, NetwrightError, type NetwrightErrorCode } from '#core';
import type { Exchange, Platform } from '#platforms';
import type { Login } from '#transport';
import { cleanOutput, lastLineStart } from './clean-output.ts';
import { afterLastNewline, type Conversation, type Verdict } from './conversation.ts';
import { echoReach, endOfEcho, startOfLateEcho } from './echo.ts';
import { answerText, Exchanges } from './exchanges.ts';
import { type PromptMatch, PromptMatcher } from './prompt-matcher.ts';
import { withoutPromptPrelude } from './prompt-prelude.ts';
import { mayRename, settle, settleMs } from './settle.ts';
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
  readonly text: string;
  readonly durationMs: number;
}

/** The state of one segment of output while it is read. */
export interface Reading {
  readonly command: string;
  /** The command as bytes stand for it. */
  readonly typed: string;
  readonly startedAtMs: number;
  readonly marks: PagerMark[];
  /** Offset behind the last answered question: older text asks nothing any more. */
  answeredAt: number;
  hasEcho: boolean;
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
    const typed = encodeText(command).toString('latin1');
    return { command, typed, startedAtMs: performance.now(), marks: [], answeredAt: 0, hasEcho: false };
  }

  /**
   * Types one command, answers what it asks, and resolves with its output when a prompt stands at the end of it.
   * @throws NetwrightError `NW_COMMAND_TIMEOUT`, `NW_OUTPUT_TOO_LARGE`, `NW_CONNECTION_LOST`, `NW_CANCELLED`
   */
  async ask(command: string, options: AskOptions): Promise<Answer> {
    const { inbox } = this.conversation;
    // What came unasked since the last prompt (console messages, a prompt painted again) belongs to no command.
    inbox.take();
    const reading = this.startReading(command);
    this.isAtPrompt = false;
    this.conversation.write(command.replaceAll('\n', this.newline) + this.newline);
    const match = await this.readToPrompt(reading, options);
    return this.finish(reading, match);
  }

  /** Reads until a prompt ends the output of the command of `reading`. */
  readToPrompt(reading: Reading, options: AskOptions): Promise<PromptMatch> {
    const dialogue = new Exchanges(options.dialogue ?? []);
    return this.conversation.watch((quietMs) => this.#judge(reading, dialogue, options, quietMs), {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      doing: `during "${reading.command}"`,
      onTimeout: (lastLine) => this.timeout(reading.command, options.timeoutMs, lastLine),
    });
  }

  timeout(command: string, timeoutMs: number, lastLine: string): NetwrightError {
    const shown = this.conversation.recorder.redactor.redact(command);
    return new NetwrightError(
      'NW_COMMAND_TIMEOUT',
      `${this.conversation.channel.label} (${this.platform.id}): "${shown}" did not end within ${timeoutMs} ms, last line "${lastLine}"`,
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
      throw new NetwrightError(code, `${channel.label}: the device asks again after "${reading.command}": "${line}"`);
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
    const neededMs = settle({
      match,
      isGlued: match.line !== lastLine,
      lacksEcho: this.echoes !== false && !this.findEcho(reading),
      isEchoSure: this.echoes === true,
      mayRename: this.mayRename(reading),
    });
    if (quietMs < neededMs) return { quietMs: neededMs };
    return { value: match };
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
    if (at < 0 || at === lines.length - 1) return undefined;
    if (!lines.slice(at + 1).every((line) => line.trim() === '' || consoleMessage.test(line))) return undefined;
    reading.answeredAt = inbox.size;
    this.conversation.write(this.newline);
    return undefined;
  }

  findEcho(reading: Reading): boolean {
    if (reading.hasEcho) return true;
    if (reading.typed.trim() === '') return true;
    const { inbox } = this.conversation;
    reading.hasEcho = endOfEcho(inbox.head(echoReach(reading.typed)), reading.typed, this.isPrompt) > 0;
    if (!reading.hasEcho && this.echoes === true) {
      // Something else came first: output that belongs to nothing that is waited for any more. It goes.
      const start = startOfLateEcho(inbox.slice(0), reading.typed, this.isPrompt);
      if (start > 0) {
        inbox.take(start);
        reading.marks.length = 0;
        reading.answeredAt = Math.max(0, reading.answeredAt - start);
        reading.hasEcho = true;
      }
    }
    if (reading.hasEcho) this.echoes = true;
    return reading.hasEcho;
  }

  /** Takes everything up to the prompt as the output of the command, and stands at that prompt. */
  finish(reading: Reading, match: PromptMatch): Answer {
    if (this.echoes === undefined && reading.typed.trim() !== '') this.echoes = this.findEcho(reading);
    const raw = this.conversation.inbox.take();
    const promptAt = lastLineStart(raw);
    const glued = this.#gluedOutput(raw, promptAt, match);
    this.arrive(match);
    this.isConfirmed = true;
    return this.toAnswer(reading, glued ?? raw.subarray(0, promptAt));
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
    const head = raw.toString('latin1', 0, Math.min(raw.length, echoReach(reading.typed)));
    const from = endOfEcho(head, reading.typed, this.isPrompt);
    const marks = reading.marks.map(({ at, width }) => ({ at: at - from, width })).filter(({ at }) => at >= 0);
    const text = withoutPromptPrelude(withoutNewlinesAtEnd(cleanOutput(raw.subarray(from), marks)));
    return { text, durationMs: performance.now() - reading.startedAtMs };
  }
}

/** `*Mar  1 00:00:01.123: %SYS-5-CONFIG_I: …`, `RP/0/RSP0/CPU0:Mar 1 …: %MGBL-…`, `%LINK-3-UPDOWN: …`, `<189>…`. */
const consoleMessage = /^\s*(?:<\d{1,3}>|%[\w-]+-\d-|\*|[\w/:.]{0,40}\s?[A-Z][a-z]{2}\s+\d{1,2}[ :]).*/;

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
