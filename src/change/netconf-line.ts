import { NetwrightError } from '#core';
import type { InteractiveIo, Session } from '#device';
import type { Device } from '#inventory';
import type { Platform } from '#platforms';
import type { Connector } from '#runner';
import type { NetconfSession } from '#transport';

/**
 * A device that is changed over NETCONF, as a session: what only a command line tells (a ping, facts) goes to one that
 * is opened beside it when it is first asked, and is closed with it.
 */
export class NetconfLine implements Session {
  readonly device: string;
  readonly platform: Platform;
  readonly mode = 'netconf';
  readonly prompt = '';
  readonly netconf: NetconfSession;
  readonly #openCommandLine: () => Promise<Session>;
  #commandLine: Promise<Session> | undefined;
  #isOver = false;

  constructor(
    { name, platform }: { readonly name: string; readonly platform: Platform },
    netconf: NetconfSession,
    openCommandLine: () => Promise<Session>,
  ) {
    this.device = name;
    this.platform = platform;
    this.netconf = netconf;
    this.#openCommandLine = openCommandLine;
  }

  get hostname(): string {
    return this.device;
  }

  send: Session['send'] = async (...asked) => await (await this.#line()).send(...asked);
  sendAll: Session['sendAll'] = async (...asked) => await (await this.#line()).sendAll(...asked);
  enter: Session['enter'] = async (...asked) => await (await this.#line()).enter(...asked);
  dialogue: Session['dialogue'] = async (...asked) => await (await this.#line()).dialogue(...asked);
  configure: Session['configure'] = async (...asked) => await (await this.#line()).configure(...asked);
  put: Session['put'] = async (...asked) => await (await this.#line()).put(...asked);
  get: Session['get'] = async (...asked) => await (await this.#line()).get(...asked);

  async interact(io: InteractiveIo): Promise<void> {
    await (await this.#line()).interact(io);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    const line = await this.#commandLine?.catch(() => undefined);
    await Promise.all([line?.close(), this.netconf.close()]);
  }

  destroy(): void {
    this.#isOver = true;
    this.netconf.destroy();
    // One that is still being opened is gone as soon as it is there; that it never came is what its asker was told.
    this.#commandLine?.then(
      (line) => line.destroy(),
      () => undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #line(): Promise<Session> {
    if (this.#isOver) throw new NetwrightError('NW_CONNECTION_LOST', `${this.device}: the session is closed`);
    this.#commandLine ??= this.#openCommandLine();
    return await this.#commandLine;
  }
}

/** Opens one; the caller closes it. @throws as `Connector.netconf` does */
export async function openNetconfLine(
  connector: Connector,
  device: Device,
  platform: Platform,
  signal: AbortSignal,
): Promise<NetconfLine> {
  if (connector.netconf === undefined)
    throw new NetwrightError('NW_NOT_SUPPORTED', `${device.name}: nothing here speaks NETCONF`);
  const netconf = await connector.netconf(device, { signal });
  return new NetconfLine({ name: device.name, platform }, netconf, async () => {
    return await connector.connect(device, { signal });
  });
}

/** @throws NetwrightError `NW_INTERNAL` for a session of the command line */
export function netconfOf(session: Session): NetconfSession {
  if (session instanceof NetconfLine) return session.netconf;
  throw new NetwrightError('NW_INTERNAL', `${session.device}: expected a session over NETCONF`);
}
