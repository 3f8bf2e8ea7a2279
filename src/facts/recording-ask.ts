import { NetwrightError, type NetwrightErrorCode, systemClock } from '#core';
import { applySecrets, incompleteness, type Platform } from '#platforms';
import type { Ask, AskOptions, FactWarning, XmlQuestion } from './ask.ts';
import type { FactSource, SourceOptions } from './sources/source.ts';

const mostWarnings = 50;
const longestLine = 200;

/** What an optional question may be answered with instead of an answer. */
const refusals: readonly NetwrightErrorCode[] = ['NW_COMMAND_REJECTED', 'NW_NOT_SUPPORTED', 'NW_FACTS_INVALID'];

export interface AskedCommand {
  readonly command: string;
  /** The device does not know it; what it would have told came from elsewhere, or is not known. */
  readonly refused?: true;
}

/** An answer in text that nobody said to have understood. */
interface Unread {
  readonly lines: number;
  readonly first: string;
}

/** Hands questions on and keeps what was asked and what was not understood. */
export class RecordingAsk implements Ask {
  readonly sources: AskedCommand[] = [];
  readonly notes: string[] = [];
  readonly warnings: FactWarning[] = [];
  readonly nowMs: number;
  readonly #source: FactSource;
  readonly #unread = new Map<string, Unread>();
  #more = 0;

  constructor(source: FactSource) {
    this.#source = source;
    this.nowMs = (source.clock ?? systemClock).now();
  }

  get device(): string {
    return this.#source.device;
  }

  get platform(): Platform {
    return this.#source.platform;
  }

  readonly text = (async (command: string, options: AskOptions = {}) => {
    const answer = await this.#asked(command, options, async (rest) => await this.#source.text(command, rest));
    if (answer !== undefined) {
      this.#keepUnread(command, answer);
      this.#checkWhole(command, answer);
    }
    return answer;
  }) as Ask['text'];

  readonly json = async (command: string, options: AskOptions = {}): Promise<unknown> =>
    await this.#asked(command, options, async (rest) => await this.#source.json(command, rest));

  readonly xml = (async (question: XmlQuestion, options: AskOptions = {}) =>
    await this.#asked(question.command, options, async (rest) => await this.#source.xml(question, rest))) as Ask['xml'];

  readonly warn = (warning: FactWarning): void => {
    if (this.warnings.length >= mostWarnings) {
      this.#more += 1;
      return;
    }
    const { line } = warning;
    this.warnings.push(line === undefined ? warning : { ...warning, line: this.#shown(line) });
  };

  readonly understood = (command: string): void => {
    this.#unread.delete(command);
  };

  /** Said once, although each VRF or address family may have its own answer of it. */
  readonly note = (note: string): void => {
    if (!this.notes.includes(note)) this.notes.push(note);
  };

  /** Ends the record: an empty value needs a reason, and warnings beyond the limit are at least counted. */
  finish(isEmpty: boolean): void {
    if (isEmpty && this.notes.length === 0 && this.warnings.length === 0) {
      // What was refused although it could be done without: with nothing else to go by, it was needed after all.
      for (const { command, refused } of this.sources) {
        if (refused && !this.sources.some((one) => !one.refused)) this.warn({ command, reason: 'was refused' });
      }
      for (const [command, { lines, first }] of this.#unread) {
        this.warn({
          command,
          line: first,
          number: 1,
          reason: `nothing was understood of ${lines} ${lines === 1 ? 'line' : 'lines'}`,
        });
      }
    }
    if (this.#more > 0) this.warnings.push({ command: '', reason: `and ${this.#more} more` });
  }

  async #asked<T>(
    command: string,
    { optional, ...rest }: AskOptions,
    ask: (options: SourceOptions) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      const answer = await ask(rest);
      this.sources.push({ command });
      return answer;
    } catch (error) {
      if (!optional || !(error instanceof NetwrightError) || !refusals.includes(error.code)) throw error;
      this.sources.push({ command, refused: true });
      return undefined;
    }
  }

  /** Of half a configuration, what is not there is not known: whoever reads it shall not take it for absent. */
  #checkWhole(command: string, answer: string): void {
    const { commands, complete } = this.platform.backup;
    const [configuration, ...others] = commands.filter(({ as }) => as === 'configuration');
    if (configuration?.run !== command || others.length > 0) return;
    const missing = incompleteness(answer, complete);
    if (missing === undefined) return;
    // The line that is quoted may hold a secret.
    const [why = ''] = missing.split(/, the (?:last|first) line is /);
    this.warn({ command, reason: `the configuration is incomplete: ${why}` });
  }

  #keepUnread(command: string, answer: string): void {
    const first = /\S.*/.exec(answer)?.[0];
    if (first === undefined) return;
    let lines = 1;
    for (let at = answer.indexOf('\n'); at !== -1; at = answer.indexOf('\n', at + 1)) lines += 1;
    this.#unread.set(command, { lines, first });
  }

  #shown(line: string): string {
    const open = applySecrets(line, this.platform.backup.secrets, () => '<secret>');
    return open.length > longestLine ? `${open.slice(0, longestLine)}…` : open;
  }
}
