import { createHmac, randomBytes } from 'node:crypto';
import { abortError, asNetwrightError, type Clock, type Logger, NetwrightError } from '#core';
import type { Endpoint } from './endpoint.ts';
import { labelOf } from './label.ts';
import type { SshLink } from './ssh-link.ts';

/** The use of a hop's connection. Whoever holds it calls `release()` once. */
export interface HopLease {
  readonly link: SshLink;
  release(): void;
}

export interface HopPoolOptions {
  /** Opens the connection to the last hop of a chain, over the one before it. */
  readonly connect: (hop: Endpoint, before: HopLease | undefined, signal: AbortSignal) => Promise<SshLink>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a connection that nobody uses is kept for the next device. */
  readonly idleMs: number;
}

interface Shared {
  readonly opening: Promise<SshLink>;
  readonly abort: AbortController;
  users: number;
  isOpened: boolean;
  idle: AbortController | undefined;
  isOver: boolean;
}

/** A hop that refused a login: asked again with the same, it would lock the account. */
interface Refusal {
  readonly error: NetwrightError;
  readonly untilMs: number;
}
/** Long enough for a crowd of devices behind one hop, short enough for whoever mends the account and tries again. */
const refusalMs = 30_000;

/**
 * One connection per chain of hops, shared by all devices behind it: a thousand devices behind a bastion are one
 * login there and a thousand channels, so that `MaxStartups` and the AAA server see nothing of the crowd.
 */
export class HopPool {
  readonly #options: HopPoolOptions;
  readonly #shared = new Map<string, Shared>();
  readonly #refusals = new Map<string, Refusal>();
  /** Chains are told apart by their secrets too, which must not stand in a map as they are. */
  readonly #salt = randomBytes(16);
  #isDisposed = false;

  constructor(options: HopPoolOptions) {
    this.#options = options;
  }

  /**
   * A lease on the connection to the last hop of the chain. The shared attempt goes on as long as anybody waits for it. A login that
   * a hop refused counts for those who come within half a minute too.
   * @throws NetwrightError `NW_JUMP_FAILED`, naming the hop that failed.
   */
  async acquire(chain: readonly Endpoint[], signal: AbortSignal): Promise<HopLease> {
    if (this.#isDisposed) throw new NetwrightError('NW_CANCELLED', 'the dialer is closed');
    if (signal.aborted) throw abortError(signal);
    const key = this.#keyOf(chain);
    const refusal = this.#refusals.get(key);
    if (refusal && this.#options.clock.now() < refusal.untilMs) throw refusal.error;
    this.#refusals.delete(key);
    const shared = this.#shared.get(key) ?? this.#open(key, chain);
    shared.users += 1;
    shared.idle?.abort();
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      this.#release(key, shared);
    };
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => aborted.reject(abortError(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const link = await Promise.race([shared.opening, aborted.promise]);
      return { link, release };
    } catch (error) {
      release();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #open(key: string, chain: readonly Endpoint[]): Shared {
    const abort = new AbortController();
    const opening = this.#connect(chain, abort.signal);
    const shared: Shared = { opening, abort, users: 0, isOpened: false, idle: undefined, isOver: false };
    this.#shared.set(key, shared);
    const forget = (): void => {
      shared.idle?.abort();
      this.#retire(key, shared);
    };
    opening.then(
      (link) => {
        shared.isOpened = true;
        return link.closed.then(forget);
      },
      (error: NetwrightError) => {
        forget();
        if (error.details['code'] !== 'NW_AUTH_FAILED') return;
        this.#refusals.set(key, { error, untilMs: this.#options.clock.now() + refusalMs });
      },
    );
    return shared;
  }

  async #connect(chain: readonly Endpoint[], signal: AbortSignal): Promise<SshLink> {
    const hop = chain.at(-1)!;
    const before = chain.length > 1 ? await this.acquire(chain.slice(0, -1), signal) : undefined;
    try {
      const link = await this.#options.connect(hop, before, signal);
      void link.closed.then(() => before?.release());
      return link;
    } catch (error) {
      before?.release();
      throw jumpError(hop, error);
    }
  }

  #release(key: string, shared: Shared): void {
    shared.users -= 1;
    if (shared.users > 0 || shared.isOver) return;
    if (shared.isOpened) {
      const idle = new AbortController();
      shared.idle = idle;
      void this.#idleOut(key, shared, idle.signal);
      return;
    }
    // An attempt that nobody waits for any more is given up; whoever comes now begins anew.
    this.#retire(key, shared);
    shared.abort.abort(new NetwrightError('NW_CANCELLED', 'nobody waits for the hop any more'));
  }

  async #idleOut(key: string, shared: Shared, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(this.#options.idleMs, signal);
    } catch {
      // Somebody took it up again, or it is over anyway.
      return;
    }
    this.#retire(key, shared);
    await (await shared.opening).close();
  }

  #retire(key: string, shared: Shared): void {
    shared.isOver = true;
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
  }

  #keyOf(chain: readonly Endpoint[]): string {
    const facts = chain.map(({ name, protocol, host, port, login, ssh }) => [
      name,
      protocol,
      host,
      port,
      login.user,
      login.agent ?? false,
      login.password?.reveal(),
      login.privateKey?.reveal(),
      login.passphrase?.reveal(),
      ssh?.hostKeys,
      ssh?.algorithms,
    ]);
    return createHmac('sha256', this.#salt).update(JSON.stringify(facts)).digest('base64');
  }

  /** Closes all connections, in good order where they answer within a second. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    const all = [...this.#shared.values()];
    this.#shared.clear();
    await Promise.all(
      all.map(async (shared) => {
        shared.isOver = true;
        shared.idle?.abort();
        shared.abort.abort(new NetwrightError('NW_CANCELLED', 'the dialer is closed'));
        const link = await shared.opening.catch(() => undefined);
        await link?.close();
      }),
    );
  }
}

/** The failure of a hop; the failure of an earlier hop stays what it is. */
function jumpError(hop: Endpoint, error: unknown): NetwrightError {
  const cause = asNetwrightError(error);
  if (cause.code === 'NW_JUMP_FAILED' || cause.code === 'NW_CANCELLED') return cause;
  return new NetwrightError('NW_JUMP_FAILED', `hop ${labelOf(hop)} could not be passed: ${cause.message}`, {
    cause,
    retryable: cause.retryable,
    hint: cause.hint,
    details: { hop: hop.name, code: cause.code },
  });
}
