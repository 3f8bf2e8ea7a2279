import { NetwrightError, type XmlElement, type XmlText } from '#core';
import type { NetconfCapabilities } from './capabilities.ts';
import type { NetconfExchange, NetconfOptions } from './exchange.ts';
import type { Framing } from './framing.ts';
import type {
  CommitOptions,
  ConfigSource,
  ConfigTarget,
  Datastore,
  EditConfigOptions,
  GetOptions,
  NetconfReply,
  NetconfSession,
  RpcOptions,
} from './netconf-session.ts';
import * as operations from './operations.ts';
import { refusal, rpcErrorsOf } from './rpc-error.ts';

const defaultRpcTimeoutMs = 60_000;
const defaultFarewellMs = 2000;

/** The operations of RFC 6241 over an exchange whose hellos are said. See {@link openNetconf}. */
export class ExchangeNetconfSession implements NetconfSession {
  readonly #exchange: NetconfExchange;
  readonly #options: NetconfOptions;
  readonly #ended = Promise.withResolvers<void>();
  #isClosing = false;

  constructor(exchange: NetconfExchange, options: NetconfOptions) {
    this.#exchange = exchange;
    this.#options = options;
  }

  get label(): string {
    return this.#exchange.label;
  }

  get sessionId(): number {
    return this.#exchange.sessionId;
  }

  get capabilities(): NetconfCapabilities {
    return this.#exchange.capabilities;
  }

  get framing(): Framing {
    return this.#exchange.framing;
  }

  get isOpen(): boolean {
    return this.#exchange.failure === undefined && !this.#isClosing;
  }

  async rpc(operation: XmlText | string, options?: RpcOptions): Promise<NetconfReply> {
    return await this.#do(await operations.anyOperation(operation), options);
  }

  async get(options: GetOptions = {}): Promise<XmlElement> {
    return this.#dataOf(await this.#do(operations.get(options), options), 'get');
  }

  async getConfig(source: ConfigTarget, options: GetOptions = {}): Promise<XmlElement> {
    return this.#dataOf(await this.#do(operations.getConfig(source, options), options), 'get-config');
  }

  async editConfig(
    target: Datastore,
    config: XmlText | string,
    options: EditConfigOptions = {},
  ): Promise<NetconfReply> {
    return await this.#do(await operations.editConfig(target, config, options), options);
  }

  async copyConfig(source: ConfigSource, target: ConfigTarget, options?: RpcOptions): Promise<NetconfReply> {
    return await this.#do(await operations.copyConfig(source, target), options);
  }

  async deleteConfig(target: ConfigTarget, options?: RpcOptions): Promise<NetconfReply> {
    return await this.#do(operations.deleteConfig(target), options);
  }

  async lock(target: Datastore, options?: RpcOptions): Promise<void> {
    await this.#do(operations.lock('lock', target), options);
  }

  async unlock(target: Datastore, options?: RpcOptions): Promise<void> {
    await this.#do(operations.lock('unlock', target), options);
  }

  async locked<T>(target: Datastore, work: () => Promise<T>, options?: RpcOptions): Promise<T> {
    await this.lock(target, options);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      // The error of the work is the one to tell; a session that is gone has no lock any more.
      if (this.isOpen) await this.unlock(target, { timeoutMs: this.#rpcTimeoutMs }).catch(() => this.destroy());
      throw error;
    }
    await this.unlock(target, { timeoutMs: this.#rpcTimeoutMs });
    return result;
  }

  async validate(source: ConfigSource, options?: RpcOptions): Promise<NetconfReply> {
    return await this.#do(await operations.validate(source), options);
  }

  async commit(options: CommitOptions = {}): Promise<NetconfReply> {
    return await this.#do(operations.commit(options), options);
  }

  async cancelCommit(options: RpcOptions & { readonly persistId?: string } = {}): Promise<NetconfReply> {
    return await this.#do(operations.cancelCommit(options.persistId), options);
  }

  async discardChanges(options?: RpcOptions): Promise<NetconfReply> {
    return await this.#do(operations.discardChanges, options);
  }

  async killSession(sessionId: number, options?: RpcOptions): Promise<void> {
    await this.#do(operations.killSession(sessionId), options);
  }

  async close(): Promise<void> {
    if (this.#isClosing) {
      await this.#ended.promise;
      return;
    }
    this.#isClosing = true;
    if (this.#exchange.failure === undefined) {
      const { name, xml } = operations.closeSession;
      const timeoutMs = this.#options.farewellMs ?? defaultFarewellMs;
      // Whether it answers or not, the connection ends now.
      await this.#exchange.request(name, xml, { timeoutMs }).catch(() => {});
    }
    await this.#exchange.close();
    this.#ended.resolve();
  }

  destroy(): void {
    this.#exchange.fail(new NetwrightError('NW_CONNECTION_LOST', `${this.label}: the session was given up`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #rpcTimeoutMs(): number {
    return this.#options.rpcTimeoutMs ?? defaultRpcTimeoutMs;
  }

  async #do(operation: operations.Operation, options?: RpcOptions): Promise<NetconfReply> {
    for (const need of operation.needs) this.#mustHave(need, operation.name);
    if (this.#isClosing) throw new NetwrightError('NW_CONNECTION_LOST', `${this.label}: the session is closed`);
    const call = { timeoutMs: this.#rpcTimeoutMs, ...options };
    const element = await this.#exchange.request(operation.name, operation.xml, call);
    const errors = rpcErrorsOf(element, this.#options.scrub);
    const refusals = errors.filter(({ severity }) => severity === 'error');
    if (refusals.length > 0) throw refusal(this.label, operation.name, refusals);
    return { element, warnings: errors };
  }

  #mustHave(need: string | readonly string[], operation: string): void {
    const names = typeof need === 'string' ? [need] : need;
    if (names.some((name) => this.capabilities.has(name))) return;
    throw new NetwrightError(
      'NW_NOT_SUPPORTED',
      `${this.label}: <${operation}> needs the capability ${names.join(' or ')}, which the device does not have`,
      {
        details: { capability: names[0] },
        hint: `\`netwright netconf ${this.label.split(' ', 1)[0]} capabilities\` lists what it has`,
      },
    );
  }

  #dataOf({ element }: NetconfReply, operation: string): XmlElement {
    const data = element.child('data');
    if (data) return data;
    throw new NetwrightError('NW_NETCONF_PROTOCOL', `${this.label}: the reply to <${operation}> has no <data>`);
  }
}
