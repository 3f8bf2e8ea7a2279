import type { Exchange, Platform, Step } from '#platforms';
import type { DialogueFile } from './samples.ts';

/** Plays a `session.yaml` against a declaration without any transport: what the device room does, in thirty lines. */
export class DialoguePlayer {
  readonly #platform: Platform;
  readonly #dialogue: DialogueFile;
  /** What came last, and the mode that its last line is the prompt of; undefined while a question is open. */
  last: string;

  constructor(platform: Platform, dialogue: DialogueFile) {
    this.#platform = platform;
    this.#dialogue = dialogue;
    this.last = unescaped(dialogue.init_prompt);
  }

  get mode(): string | undefined {
    const prompt = promptOf(this.last);
    return Object.entries(this.#platform.modes).find(
      ([, mode]) => mode.prompt.test(prompt) && !mode.not?.some((not) => not.test(prompt)),
    )?.[0];
  }

  /** Answers what is asked before the first prompt. */
  logIn(): void {
    this.#converse(this.#platform.login ?? []);
  }

  /** Types a step and holds its dialogue; returns all that was printed, without echo and prompt. */
  type(step: Step): string {
    const { send, dialogue = [] } = typeof step === 'string' ? { send: step } : step;
    this.#say(send);
    const text = this.#converse([...dialogue, ...(this.#platform.pagers ?? [])]);
    const lines = text.split('\n');
    return lines.slice(1, -1).join('\n');
  }

  #converse(exchanges: readonly Exchange[]): string {
    let all = this.last;
    for (let turn = 0; this.mode === undefined; turn += 1) {
      const exchange = exchanges.find(({ see }) => see.test(this.last));
      if (exchange === undefined || turn > 20) {
        throw new Error(`${this.#platform.id}: neither prompt nor question: ${JSON.stringify(this.last.slice(-80))}`);
      }
      const { answer } = exchange;
      const text = typeof answer === 'string' ? answer : (this.#dialogue.credential[answer.secret] ?? '');
      this.#say(text, exchange.newline ?? true);
      all += this.last;
    }
    return all;
  }

  #say(text: string, newline = true): void {
    const key = newline ? `${text}\n` : text;
    const { commands } = this.#dialogue;
    const answer = (Array.isArray(commands) ? commands : [commands]).find((one) => key in one)?.[key];
    if (answer === undefined)
      throw new Error(`${this.#platform.id}: session.yaml has no answer to ${JSON.stringify(key)}`);
    this.last = unescaped(answer);
  }

  get answers(): readonly string[] {
    const { commands } = this.#dialogue;
    return (Array.isArray(commands) ? commands : [commands])
      .flatMap((one) => Object.values<string>(one))
      .map(unescaped);
  }
}

/** `\r`, `\n`, `\t`, `\e`, `\xNN`, `\"` and `\\` as the dialogue files write them. */
function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([\\"ernt0b]))/g, (_whole, hex: string | undefined, letter: string) =>
    hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (letters[letter] ?? letter),
  );
}

const letters: Readonly<Record<string, string>> = { e: '\x1b', r: '\r', n: '\n', t: '\t', b: '\b', '0': '\0' };

/** The last line as a prompt pattern sees it: no ANSI, no NUL, nothing before a carriage return. */
function promptOf(text: string): string {
  const last = text.slice(text.lastIndexOf('\n') + 1).replace(/\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])/g, '');
  return last.slice(last.lastIndexOf('\r') + 1).replace(/\0/g, '');
}
