import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import type { Connector } from '#runner';

export const fakeDevice = (name: string, rest: Partial<Device> = {}): Device => ({
  name,
  address: '192.0.2.1',
  port: 22,
  platform: 'linux',
  transport: 'ssh',
  jump: [],
  tags: [],
  groups: [],
  connection: {},
  variables: {},
  ...rest,
});

/** Sessions that only count: how many are open, closed in good order, destroyed. */
export class CountingConnector implements Connector {
  open = 0;
  closed = 0;
  destroyed = 0;
  readonly opened: string[] = [];
  readonly kept: string[] = [];
  readonly #delayMs: () => number;

  constructor(delayMs: () => number = () => 0) {
    this.#delayMs = delayMs;
  }

  get openSockets(): number {
    return this.open;
  }

  connect(device: Device, options: { readonly signal?: AbortSignal } = {}): Promise<Session> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        options.signal?.removeEventListener('abort', onAbort);
        this.opened.push(device.name);
        this.open += 1;
        resolve(this.#session(device));
      }, this.#delayMs());
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(new NetwrightError('NW_CANCELLED', 'cancelled'));
      };
      options.signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  async keepTranscript(session: Session): Promise<string> {
    this.kept.push(session.device);
    return `t-${session.device}`;
  }

  #session(device: Device): Session {
    let ended = false;
    const end = (): boolean => {
      if (ended) return false;
      ended = true;
      this.open -= 1;
      return true;
    };
    const session: Partial<Session> = {
      device: device.name,
      close: async () => {
        if (end()) this.closed += 1;
      },
      destroy: () => {
        if (end()) this.destroyed += 1;
      },
    };
    return session as Session;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
