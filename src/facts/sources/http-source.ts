import { NetwrightError } from '#core';
import type { Platform } from '#platforms';
import type { EapiClient, NxapiClient } from '#transport';
import type { XmlQuestion } from '../ask.ts';
import { CommandBatch } from './command-batch.ts';
import type { FactSource, SourceOptions } from './source.ts';

/**
 * Asks over eAPI or NX-API: commands as they are typed, answered as the text or the JSON of the system itself.
 * @param signal ends every question
 */
export class HttpSource implements FactSource {
  readonly device: string;
  readonly platform: Platform;
  readonly #text: CommandBatch;
  readonly #json: CommandBatch;

  constructor(client: EapiClient | NxapiClient, platform: Platform, signal?: AbortSignal) {
    this.device = client.session.endpoint.name;
    this.platform = platform;
    const batch = (format: 'text' | 'json'): CommandBatch =>
      new CommandBatch(async (commands, options) => {
        const signals = [signal, options.signal].filter((one) => one !== undefined);
        return await client.runEach(commands, format, {
          ...options,
          ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
        });
      });
    this.#text = batch('text');
    this.#json = batch('json');
  }

  async text(command: string, options: SourceOptions = {}): Promise<string> {
    try {
      return String(await this.#text.ask(command, options));
    } catch (error) {
      const line = error instanceof NetwrightError && error.code === 'NW_COMMAND_REJECTED' && error.details['line'];
      // What the command line prints as a refusal, an API answers as an error; to some questions it is the answer.
      if (typeof line === 'string' && options.isAnswer?.test(line) === true) return line;
      throw error;
    }
  }

  async json(command: string, options?: SourceOptions): Promise<unknown> {
    return await this.#json.ask(command, options);
  }

  async xml({ command }: XmlQuestion): Promise<string> {
    return await Promise.reject(
      new NetwrightError('NW_NOT_SUPPORTED', `${this.device}: "${command}": its API answers in JSON and text, not XML`),
    );
  }
}
