import { asNetwrightError, NetwrightError, writeXml, type XmlElement, xml } from '#core';
import type { Platform } from '#platforms';
import type { NetconfSession, RpcError } from '#transport';
import type { XmlQuestion } from '../ask.ts';
import type { FactSource, SourceOptions } from './source.ts';
import { readJson } from './structured.ts';

/**
 * Asks over NETCONF. Junos also runs commands there (`<command format="text">`); what another system is only told at
 * its command line goes there, over a session that is opened when it is first needed.
 * @param signal ends every question
 */
export class NetconfSource implements FactSource {
  readonly device: string;
  readonly platform: Platform;
  readonly #session: NetconfSession;
  readonly #commandLine: () => Promise<FactSource>;
  readonly #signal: AbortSignal | undefined;
  readonly #runsCommands: boolean;

  constructor(
    session: NetconfSession,
    {
      device,
      platform,
      commandLine,
      signal,
    }: {
      readonly device: string;
      readonly platform: Platform;
      readonly commandLine: () => Promise<FactSource>;
      readonly signal?: AbortSignal;
    },
  ) {
    this.device = device;
    this.platform = platform;
    this.#session = session;
    this.#commandLine = commandLine;
    this.#signal = signal;
    this.#runsCommands = session.capabilities.uris.some((uri) =>
      uri.startsWith('http://xml.juniper.net/netconf/junos'),
    );
  }

  async text(command: string, options: SourceOptions = {}): Promise<string> {
    if (!this.#runs(command)) return await (await this.#commandLine()).text(command, options);
    const reply = await this.#rpc(command, xml`<command format="text">${command}</command>`.toString(), options);
    return outputOf(reply);
  }

  async json(command: string, options: SourceOptions = {}): Promise<unknown> {
    if (!this.#runs(command)) return await (await this.#commandLine()).json(command, options);
    const reply = await this.#rpc(command, xml`<command format="json">${command}</command>`.toString(), options);
    return readJson(this.device, command, outputOf(reply));
  }

  async xml({ command, rpc }: XmlQuestion, options: SourceOptions = {}): Promise<string> {
    return await writeXml(await this.#rpc(command, rpc, options), options.signal ? { signal: options.signal } : {});
  }

  /** Pipes belong to the command line of Junos; its RPC does not know them. */
  #runs(command: string): boolean {
    return this.#runsCommands && !command.includes('|');
  }

  async #rpc(command: string, rpc: string, { timeoutMs, signal }: SourceOptions): Promise<XmlElement> {
    const signals = [this.#signal, signal].filter((one) => one !== undefined);
    try {
      const { element } = await this.#session.rpc(rpc, {
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      });
      return element;
    } catch (thrown) {
      const error = asNetwrightError(thrown);
      if (error.code !== 'NW_RPC_REFUSED') throw error;
      const errors = (error.details['errors'] ?? []) as readonly RpcError[];
      const line = errors[0]?.message ?? errors[0]?.tag ?? error.message;
      throw new NetwrightError(
        'NW_COMMAND_REJECTED',
        `${this.device} (${this.platform.id}): "${command}" was refused over NETCONF: "${line}"`,
        { cause: error, details: { command, line, errors } },
      );
    }
  }
}

/** `<output>`, `<configuration-text>`, or the text of the reply itself. */
function outputOf(reply: XmlElement): string {
  const texts = [...reply.descendants('output'), ...reply.descendants('configuration-text')];
  return texts.length > 0 ? texts.map(({ text }) => text.replace(/^\n/, '')).join('\n') : reply.text.trim();
}
