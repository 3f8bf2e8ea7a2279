import { Secret } from '#core';
import type { Channel, Endpoint, KnownHostKey, KnownHosts } from '#transport';

/** Known hosts without a file. */
export function memoryKnownHosts(): KnownHosts & { readonly hosts: Map<string, KnownHostKey[]> } {
  const hosts = new Map<string, KnownHostKey[]>();
  return {
    hosts,
    find: (host) => hosts.get(host) ?? [],
    async add(host, key) {
      hosts.set(host, [...(hosts.get(host) ?? []), key]);
    },
    async replace(host, key) {
      hosts.set(host, [key]);
    },
  };
}

export function endpoint(port: number, more: Partial<Endpoint> = {}): Endpoint {
  return {
    name: 'r1',
    host: '127.0.0.1',
    port,
    protocol: 'ssh',
    login: { user: 'admin', password: new Secret('secret') },
    via: [],
    ...more,
  };
}

/** What a channel says, to be waited for. */
export class Conversation {
  text = '';
  bytes = 0;
  readonly ended: Promise<Error | undefined>;
  readonly channel: Channel;
  #waiting: (() => void) | undefined;

  constructor(channel: Channel) {
    this.channel = channel;
    this.ended = new Promise((resolve) => {
      channel.listen({
        data: (chunk) => {
          this.bytes += chunk.length;
          this.text += chunk.toString('latin1');
          this.#waiting?.();
        },
        end: (error) => {
          resolve(error);
          this.#waiting?.();
        },
      });
    });
  }

  /** Resolves with all that was said as soon as it matches. */
  async until(pattern: RegExp, timeoutMs = 15_000): Promise<string> {
    const deadline = Date.now() + timeoutMs;
    while (!pattern.test(this.text)) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new Error(`nothing matched ${pattern} in ${JSON.stringify(this.text.slice(-500))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.text;
  }
}

/** Lets the event loop turn so many times: what the kernel had then was taken. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when `claim` is true, rejects after the time. */
export async function eventually(claim: () => boolean, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!claim()) {
    if (Date.now() > deadline) throw new Error(`still not: ${String(claim)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The error that a promise rejects with. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<Error & { code: string; details: Record<string, unknown> }> {
  try {
    await promise;
  } catch (error) {
    return error as Error & { code: string; details: Record<string, unknown> };
  }
  throw new Error('it did not fail');
}
