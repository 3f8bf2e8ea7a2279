import { NetwrightError } from '#core';
import type { Exchange } from '#platforms';
import { type CommandLine, paintRecent } from './command-line.ts';
import { afterLastNewline, type Verdict } from './conversation.ts';
import { answerText, Exchanges } from './exchanges.ts';
import type { PromptMatch } from './prompt-matcher.ts';
import { settleMs } from './settle.ts';

const userQuestion = /(?:^|[^a-z])(?:log ?in(?: as| name)?|user(?: ?name|[ -]?id)?|account)[ \t]{0,4}:[ \t]{0,4}$/i;
const passwordQuestion =
  /(?:^|[^a-z])(?:pass(?:word|code|phrase)|pwd)(?: for [^:\n]{1,80}| ?\([^)\n]{1,40}\))?[ \t]{0,4}:[ \t]{0,4}$/i;
/** A line that says so is believed at once, without waiting for the login prompt or the end that follow. */
const refusal =
  /^(?:%|error:|login:)? ?(?:login (?:incorrect|invalid|failed|failure)|(?:user )?authentication (?:failed|failure)|access denied|permission denied|(?:bad|invalid|incorrect|wrong) (?:password|passwords|login|credentials?|user ?name|username or password|user ?name\/password|secrets)|login (?:attempt )?(?:is )?(?:rejected|denied))\b/i;
const newPasswordQuestion =
  /(?:new|change) password(?: again)?[ \t]{0,4}:[ \t]{0,4}$|(?:enter|type) (?:a |your )?new password/i;
const expiry = /password (?:has |is )?expired|you (?:must|are required to) change your password/i;

/** What stands between a connection and the first prompt on many systems, beyond user and password. */
const notices: readonly Exchange[] = [
  {
    see: /press (?:any key|(?:the )?(?:return|enter)(?: key)?)(?: to (?:continue|get started|begin|start))?[^\n]{0,40}$/i,
    answer: '',
    times: 3,
  },
  { see: /hit (?:any key|return|enter)[^\n]{0,40}$/i, answer: '', times: 3 },
  { see: /\(a\)ccept|press 'a' to accept|\ba(?:ccept)? to accept/i, answer: 'a', newline: false, times: 1 },
  {
    see: /(?:do you (?:accept|agree)|accept (?:the |this )?(?:terms|licen[sc]e|agreement))[^\n]{0,60}(?:\(?y(?:es)?\/no?\)?|\[y(?:es)?\/no?\])[^\n]{0,10}$/i,
    answer: 'yes',
    times: 1,
  },
  { see: /do you want to see the software license\? \[y\/n\] ?:? ?$/i, answer: 'n', times: 1 },
  { see: /--\s?more\s?--[^\n]{0,30}$/i, answer: ' ', newline: false, times: 200 },
];

/**
 * Silence after which Enter is pressed, each time counted from what came last: terminal servers and consoles show nothing
 * before that. The shell of an SSH server nearly never needs it.
 */
const nudgeAfterMs = { telnet: [4000, 9000, 15_000], ssh: [8000, 16_000] } as const;
/** The same where something stands there that is no question that anybody knows. */
const nudgeTextAfterMs = 10_000;
/** What answers an Enter may come so much later than the slowest answer so far. */
const answerMarginMs = 1000;
/** Silence before an Enter is no measure of how long answers take. */
const longestAnswerMs = 5000;

export interface LoginOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Holds whatever dialogue stands between the connection and the first prompt, and resolves with the text before it.
 *
 * @throws NetwrightError `NW_AUTH_FAILED` (refused, asked again, expired password), `NW_AUTH_TIMEOUT`,
 * `NW_PROMPT_NOT_FOUND` with the last line, `NW_CONNECTION_LOST`
 */
export async function logIn(line: CommandLine, options: LoginOptions): Promise<string> {
  const dialogue = new LoginDialogue(line);
  const match = await line.conversation
    .watch((quietMs) => dialogue.judge(quietMs), {
      ...options,
      doing: 'before the first prompt',
      onTimeout: (lastLine) => dialogue.timeout(options.timeoutMs, lastLine),
    })
    .catch((error: unknown) => {
      throw dialogue.explain(error);
    });
  const greeting = paintRecent(line.conversation.inbox.recent(8192));
  line.conversation.inbox.take();
  line.arrive(match);
  return greeting.slice(0, Math.max(0, greeting.lastIndexOf('\n')));
}

class LoginDialogue {
  readonly #line: CommandLine;
  readonly #platformExchanges: Exchanges;
  readonly #notices = new Exchanges(notices);
  #answeredAt = 0;
  #userTyped = 0;
  #passwordTyped = 0;
  #nudges = 0;
  /** Until then an answer to an Enter may come: a second prompt, or the same question once more. */
  #nudgeDueAtMs = 0;
  #nudgedAtMs: number | undefined;
  /** Something was typed that may have an Enter too many, such as the CR LF for "press any key". */
  #mayOwePrompt = false;
  /** From then on silence is the device thinking, and Enter could answer its next question. */
  #hasAnswered = false;
  /** The last thing typed was a password, and nothing to speak of came since. */
  #waitsForVerdict = false;

  constructor(line: CommandLine) {
    this.#line = line;
    this.#platformExchanges = new Exchanges([
      ...(line.platform.login ?? []),
      ...(line.platform.pagers ?? []).map(paged),
    ]);
  }

  judge(quietMs: number): Verdict<PromptMatch> {
    const { inbox } = this.#line.conversation;
    const shown = paintRecent(inbox.slice(Math.max(this.#answeredAt, inbox.size - 2048)));
    if (shown.trim() === '') return this.#nudge(quietMs, 0);
    const lastLine = afterLastNewline(shown);
    const said = this.#passwordTyped > 0 ? refusalLine(shown) : undefined;
    if (said !== undefined) throw this.#refused(said);
    const wanted = this.#wanted(shown, lastLine);
    if (wanted) {
      const neededMs = Math.max(settleMs.question, this.#owedMs(quietMs));
      if (quietMs < neededMs) return { quietMs: neededMs };
      wanted();
      this.#answeredAt = inbox.size;
      return undefined;
    }
    if (asksForNewPassword(shown, lastLine)) {
      if (quietMs < settleMs.first) return { quietMs: settleMs.first };
      throw this.#error('NW_AUTH_FAILED', 'the password has expired and the device wants a new one');
    }
    const match = this.#line.matcher.match(this.#line.conversation.lastLine()) ?? this.#line.matcher.match(lastLine);
    if (match) {
      const settledMs = this.#mayOwePrompt ? settleMs.nudged : settleMs.first;
      const neededMs = Math.max(settledMs, this.#owedMs(quietMs));
      return quietMs < neededMs ? { quietMs: neededMs } : { value: match };
    }
    return this.#nudge(quietMs, nudgeTextAfterMs);
  }

  /**
   * How long it must be quiet before what stands there is believed after an Enter: the Enter has an answer of its own, which
   * comes behind the one that came by itself. Typing before would take it for the answer to what is typed.
   */
  #owedMs(quietMs: number): number {
    if (this.#nudgedAtMs !== undefined) {
      const answerMs = Math.min(longestAnswerMs, this.#line.conversation.slowestMs);
      this.#nudgeDueAtMs = this.#nudgedAtMs + answerMs + answerMarginMs;
      this.#nudgedAtMs = undefined;
    }
    return quietMs + Math.max(0, this.#nudgeDueAtMs - performance.now());
  }

  /** What is to be typed for a question at the end of what came; undefined when there is none. */
  #wanted(shown: string, lastLine: string): (() => void) | undefined {
    const own = this.#platformExchanges.find(lastLine, shown);
    if (own) return () => this.#answer(own, this.#platformExchanges);
    const isQuestion = lastLine.trim() !== '' && !/last log ?in:/i.test(lastLine);
    if (isQuestion && passwordQuestion.test(lastLine) && !asksForNewPassword(shown, lastLine))
      return () => this.#typePassword();
    if (isQuestion && userQuestion.test(lastLine)) return () => this.#typeUser();
    const notice = this.#notices.find(lastLine, shown);
    return notice && (() => this.#answer(notice, this.#notices));
  }

  #answer(exchange: Exchange, exchanges: Exchanges): void {
    const { conversation, login, newline } = this.#line;
    if (exchanges.isTooOften(exchange))
      throw this.#error('NW_AUTH_FAILED', `the login asks again and again: "${conversation.lastLineForMessage()}"`);
    const { text, isSecret } = answerText(exchange, login, conversation.channel.label, 'NW_AUTH_FAILED');
    conversation.write(exchange.newline === false ? text : text + newline, isSecret);
    this.#waitsForVerdict = isSecret;
    this.#hasAnswered = true;
    this.#mayOwePrompt ||= !isSecret && text === '';
    if (isSecret) this.#passwordTyped += 1;
  }

  #typeUser(): void {
    // Some systems ask twice before the first password, because what woke them up was taken for a user name.
    if (this.#passwordTyped > 0) throw this.#refused('');
    if (this.#userTyped >= 3) throw this.#error('NW_AUTH_FAILED', 'the device keeps asking for the user name');
    this.#userTyped += 1;
    this.#hasAnswered = true;
    this.#line.conversation.write(this.#line.login.user + this.#line.newline);
  }

  #typePassword(): void {
    if (this.#passwordTyped > 0) throw this.#refused('');
    const { password } = this.#line.login;
    if (password === undefined)
      throw this.#error('NW_AUTH_FAILED', 'the device asks for a password, and the credential has none');
    this.#passwordTyped += 1;
    this.#hasAnswered = true;
    this.#waitsForVerdict = true;
    this.#line.conversation.write(password.reveal() + this.#line.newline, true);
  }

  /** Nothing that can be answered stands there: after long silence, and only before anything was answered, Enter. */
  #nudge(quietMs: number, leastMs: number): Verdict<PromptMatch> {
    const afterMs = nudgeAfterMs[this.#line.conversation.channel.protocol][this.#nudges];
    if (afterMs === undefined || this.#hasAnswered) return undefined;
    const neededMs = Math.max(afterMs, leastMs);
    if (quietMs < neededMs) return { quietMs: neededMs };
    this.#nudges += 1;
    this.#nudgedAtMs = performance.now();
    this.#line.conversation.write(this.#line.newline);
    // Counted from the last chunk, so the next silence is longer.
    return this.#nudge(quietMs, leastMs);
  }

  timeout(timeoutMs: number, lastLine: string): NetwrightError {
    if (this.#waitsForVerdict && this.#line.conversation.inbox.size === this.#answeredAt)
      return this.#error('NW_AUTH_TIMEOUT', `no answer to the password within ${timeoutMs} ms`);
    const { channel } = this.#line.conversation;
    const expected = Object.keys(this.#line.platform.modes).join(', ');
    return new NetwrightError(
      'NW_PROMPT_NOT_FOUND',
      `${channel.label} (${this.#line.platform.id}): no prompt of the modes ${expected} within ${timeoutMs} ms, ${lastLine === '' ? 'nothing came' : `last line "${lastLine}"`}`,
      { details: { lastLine } },
    );
  }

  /** A device that hangs up in good order on a password refuses it. */
  explain(error: unknown): unknown {
    const isHangUp =
      error instanceof NetwrightError && error.code === 'NW_CONNECTION_LOST' && error.cause === undefined;
    return isHangUp && this.#waitsForVerdict ? this.#refused('', error) : error;
  }

  #refused(said: string, cause?: Error): NetwrightError {
    const { user } = this.#line.login;
    const words = said === '' ? (cause ? 'it closed the connection' : 'it asks again') : `it said "${said}"`;
    return this.#error('NW_AUTH_FAILED', `the device refused the login of "${user}": ${words}`, cause);
  }

  #error(code: 'NW_AUTH_FAILED' | 'NW_AUTH_TIMEOUT', message: string, cause?: Error): NetwrightError {
    const { channel, recorder } = this.#line.conversation;
    const text = recorder.redactor.redact(`${channel.label} (${this.#line.platform.id}): ${message}`);
    return new NetwrightError(code, text, cause ? { cause } : {});
  }
}

const refusalLine = (shown: string): string | undefined =>
  shown
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line.length <= 120 && refusal.test(line));

/** Either in so many words, or by a question behind the news that the old one has expired. */
const asksForNewPassword = (shown: string, lastLine: string): boolean =>
  newPasswordQuestion.test(lastLine) || (expiry.test(shown) && /[:?][ \t]{0,4}$/.test(lastLine));

/** Banners may be paged as well, however long they are. */
const paged = (pager: Exchange): Exchange => ({ ...pager, times: pager.times ?? 200 });
