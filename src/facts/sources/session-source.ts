import { NetwrightError } from '#core';
import type { CommandOutput, Session } from '#device';
import type { XmlQuestion } from '../ask.ts';
import type { FactSource, SourceOptions } from './source.ts';
import { jsonCommand, readJson, xmlCommand } from './structured.ts';

interface Question {
  readonly command: string;
  readonly options: SourceOptions;
  readonly answer: (output: CommandOutput) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Asks at the command line. Questions that are asked in one turn go out in one burst; those that come while it runs
 * wait for the next.
 * @param signal ends every question
 */
export class SessionSource implements FactSource {
  readonly #session: Session;
  readonly #signal: AbortSignal | undefined;
  #waiting: Question[] = [];
  #isAsking = false;

  constructor(session: Session, signal?: AbortSignal) {
    this.#session = session;
    this.#signal = signal;
  }

  get device(): string {
    return this.#session.device;
  }

  get platform(): Session['platform'] {
    return this.#session.platform;
  }

  get hostname(): string {
    return this.#session.hostname;
  }

  async text(command: string, options: SourceOptions = {}): Promise<string> {
    const { text, failure } = await this.#ask(command, options);
    if (failure === undefined || options.isAnswer?.test(failure)) return text;
    throw new NetwrightError(
      'NW_COMMAND_REJECTED',
      `${this.device} (${this.platform.id}): "${command}" was refused: "${failure}"`,
      { details: { command, line: failure } },
    );
  }

  async json(command: string, options?: SourceOptions): Promise<unknown> {
    const asked = jsonCommand(this.platform.id, command);
    return readJson(this.device, asked, await this.text(asked, options));
  }

  async xml({ command }: XmlQuestion, options?: SourceOptions): Promise<string> {
    return await this.text(xmlCommand(this.platform.id, command), options);
  }

  async #ask(command: string, options: SourceOptions): Promise<CommandOutput> {
    const { promise, resolve, reject } = Promise.withResolvers<CommandOutput>();
    this.#waiting.push({ command, options, answer: resolve, fail: reject });
    if (!this.#isAsking) {
      this.#isAsking = true;
      queueMicrotask(() => void this.#askAll());
    }
    return await promise;
  }

  async #askAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const questions = this.#waiting;
      this.#waiting = [];
      try {
        const outputs = await this.#session.sendAll(
          questions.map(({ command }) => command),
          { rejectFailures: false, ...this.#limitsOf(questions) },
        );
        for (const [index, question] of questions.entries()) {
          const output = outputs[index];
          if (output !== undefined) question.answer(output);
          else
            question.fail(new NetwrightError('NW_OUT_OF_STEP', `${this.device}: no answer to "${question.command}"`));
        }
      } catch (error) {
        for (const { fail } of questions) fail(error);
      }
    }
    this.#isAsking = false;
  }

  #limitsOf(questions: readonly Question[]) {
    const timeouts = new Map(questions.map(({ command, options }) => [command, options.timeoutMs]));
    const signals = [this.#signal, ...questions.map(({ options }) => options.signal)].filter(
      (one) => one !== undefined,
    );
    return {
      timeoutMsOf: (command: string) => timeouts.get(command),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    };
  }
}
