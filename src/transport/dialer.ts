import type { Duplex } from 'node:stream';
import {
  abortError,
  type CallOptions,
  type Clock,
  type Logger,
  NetwrightError,
  silentLogger,
  systemClock,
  withDeadline,
} from '#core';
import type { Channel, Dialer } from './channel.ts';
import type { Endpoint, Login } from './endpoint.ts';
import { type HopLease, HopPool } from './hop-pool.ts';
import { fingerprint } from './host-key-check.ts';
import { type AlgorithmMemory, createAlgorithmMemory, type KnownHostKey, type KnownHosts } from './known-hosts.ts';
import { knownHostName, labelOf } from './label.ts';
import { withOpenSshConfig } from './open-ssh-config.ts';
import { loadIdentity } from './private-key.ts';
import { type AppliedPolicy, algorithmGaps, algorithmOffer } from './ssh-algorithms.ts';
import { SshChannel } from './ssh-channel.ts';
import type { ShellRequest } from './ssh-internals.ts';
import { SshLink } from './ssh-link.ts';
import { connectTcp, OpenSockets } from './tcp.ts';
import { TelnetChannel } from './telnet-channel.ts';
import { turnBudget } from './turn-budget.ts';

const defaultConnectTimeoutMs = 15_000;
const defaultAuthTimeoutMs = 20_000;
const defaultHopIdleMs = 3000;
/** About what it takes of the event loop to begin a connection, and to set up the SSH protocol on it. */
const connectCostMs = 0.2;
const linkCostMs = 0.5;
const defaultTerminal: ShellRequest = { columns: 511, rows: 1000, type: 'vt100' };

export interface DialerOptions {
  readonly knownHosts: KnownHosts;
  /** Default: one that lives as long as the dialer. */
  readonly algorithmMemory?: AlgorithmMemory;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** How long a hop without users stays connected; default 3,000. */
  readonly hopIdleMs?: number;
  /** The socket of the ssh-agent; default `SSH_AUTH_SOCK`. */
  readonly agentSocket?: string;
}

export interface ScannedHostKey extends KnownHostKey {
  /** `SHA256:…` */
  readonly fingerprint: string;
  /** The name under which {@link KnownHosts} keeps it. */
  readonly host: string;
}

/** A {@link Dialer} that can also look at a host key without logging in, for `inventory trust`. */
export interface SshDialer extends Dialer {
  /** The key that an endpoint shows and proves to own, whatever is known about it. Its hops are passed as usual. */
  scanHostKey(endpoint: Endpoint, options?: CallOptions): Promise<ScannedHostKey>;
  /**
   * Logs in as {@link Dialer.open} does and starts an SSH subsystem (`netconf`) instead of a shell: bytes without a
   * terminal, and what the server writes to stderr is left out.
   * @throws NetwrightError `NW_NOT_SUPPORTED` when the server has no such subsystem, otherwise as {@link Dialer.open}
   */
  openSubsystem(endpoint: Endpoint, subsystem: string, options?: CallOptions): Promise<Channel>;
  /** A TCP connection to the endpoint, through its hops, with nothing said on it yet: for HTTP. */
  openStream(endpoint: StreamEndpoint, options?: CallOptions): Promise<Duplex>;
}

/** What a bare connection needs: `protocol` is only for messages, the login for hops of an OpenSSH configuration. */
export type StreamEndpoint = Pick<Endpoint, 'name' | 'host' | 'port' | 'via' | 'connectTimeoutMs' | 'ssh'> & {
  readonly protocol: string;
  readonly login?: Login;
};

/** Opens SSH and Telnet channels, over any chain of hops. Dispose of it to close the hops. */
export function createDialer(options: DialerOptions): SshDialer {
  const {
    knownHosts,
    algorithmMemory = createAlgorithmMemory(),
    logger = silentLogger,
    clock = systemClock,
    hopIdleMs = defaultHopIdleMs,
    agentSocket = process.env['SSH_AUTH_SOCK'],
  } = options;
  const sockets = new OpenSockets();
  const disposal = new AbortController();
  const hops = new HopPool({
    connect: (hop, before, signal) => connectLink(hop, before, signal),
    clock,
    logger,
    idleMs: hopIdleMs,
  });

  /** A stream to the endpoint: a socket, or a channel of the hop before it. */
  async function openStream(
    endpoint: StreamEndpoint,
    hop: HopLease | undefined,
    signal: AbortSignal,
    lendsReads = false,
  ): Promise<Duplex> {
    const label = labelOf(endpoint);
    if (!hop) return connectTcp({ host: endpoint.host, port: endpoint.port, label }, sockets, signal, lendsReads);
    const forwarding = hop.link.forward(endpoint.host, endpoint.port, label);
    // A channel that opens after everybody has gone is closed again.
    forwarding.then(
      (channel) => signal.aborted && channel.destroy(),
      () => {},
    );
    return forwarding;
  }

  /** Runs a phase under what is left of a deadline; whatever goes wrong, `link` is destroyed at once. */
  async function guarded<T>(
    link: SshLink,
    timeoutMs: number,
    signal: AbortSignal,
    late: () => NetwrightError,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await withDeadline({ timeoutMs, signal }, late, work);
    } catch (error) {
      link.destroy(error instanceof NetwrightError ? error : undefined);
      throw error;
    }
  }

  /** Connects and exchanges keys, without logging in further than the server lets run ahead. */
  async function handshake(
    endpoint: Endpoint,
    hop: HopLease | undefined,
    policy: AppliedPolicy,
    signal: AbortSignal,
    hosts: KnownHosts,
    probe?: (key: KnownHostKey) => void,
  ): Promise<SshLink> {
    const label = labelOf(endpoint);
    const timeoutMs = endpoint.connectTimeoutMs ?? defaultConnectTimeoutMs;
    const { privateKey, passphrase } = endpoint.login;
    const identity = privateKey && (await loadIdentity(privateKey, passphrase, label, signal));
    await turnBudget.room(connectCostMs);
    const startedAt = performance.now();
    const stream = await withDeadline(
      { timeoutMs, signal },
      () => new NetwrightError('NW_CONNECT_TIMEOUT', `${label}: no TCP connection within ${timeoutMs} ms`),
      (inner) => openStream(endpoint, hop, inner, true),
    );
    const overdue = (): NetwrightError =>
      new NetwrightError('NW_SSH_TIMEOUT', `${label}: TCP was accepted, but no SSH handshake within ${timeoutMs} ms`);
    await turnBudget.room(linkCostMs);
    if (signal.aborted) {
      stream.destroy();
      throw abortError(signal);
    }
    const link = new SshLink(stream, {
      endpoint,
      policy,
      knownHosts: hosts,
      logger,
      agentSocket,
      identity,
      ...(probe ? { probe } : {}),
      ...(hop ? { lostBecause: () => hop.link.failure } : {}),
    });
    const leftMs = Math.max(1, timeoutMs - (performance.now() - startedAt));
    await guarded(link, leftMs, signal, overdue, () => link.handshaken);
    return link;
  }

  /** A connection with the algorithms that the endpoint's policy allows, logged in. */
  async function connectLink(endpoint: Endpoint, hop: HopLease | undefined, signal: AbortSignal): Promise<SshLink> {
    if (endpoint.protocol !== 'ssh') {
      throw new NetwrightError('NW_NOT_SUPPORTED', `${labelOf(endpoint)}: only SSH hosts can be hops`);
    }
    const host = knownHostName(endpoint.host, endpoint.port);
    for (const name of new Set([host, knownHostName(endpoint.host, 22)])) await knownHosts.refresh?.(name);
    const policy = endpoint.ssh?.algorithms ?? 'learn';
    const isKnownLegacy = policy === 'learn' && algorithmMemory.needsLegacy(host);
    const first: AppliedPolicy = policy === 'legacy' || isKnownLegacy ? 'legacy' : 'modern';
    let link: SshLink;
    try {
      link = await handshake(endpoint, hop, first, signal, knownHosts);
    } catch (error) {
      if (policy !== 'learn' || first === 'legacy' || !mayNeedLegacy(error)) throw error;
      logger.info({ endpoint: endpoint.name, host }, 'no common algorithm, trying the legacy ones');
      link = await handshake(endpoint, hop, 'legacy', signal, knownHosts);
      // A server that was only too busy to show its lists needs nothing legacy, and must not be given it from now on.
      const isLegacy = !link.hello.lists || algorithmGaps(algorithmOffer('modern', []), link.hello.lists).length > 0;
      if (isLegacy) algorithmMemory.remember(host);
    }
    const timeoutMs = endpoint.authTimeoutMs ?? defaultAuthTimeoutMs;
    await guarded(
      link,
      timeoutMs,
      signal,
      () =>
        new NetwrightError(
          'NW_AUTH_TIMEOUT',
          `${link.label}: the login did not finish within ${timeoutMs} ms${link.login.waitsFor}`,
        ),
      () => link.loggedIn,
    );
    return link;
  }

  async function openSsh(
    endpoint: Endpoint,
    hop: HopLease | undefined,
    asked: ShellRequest | string,
    signal: AbortSignal,
  ): Promise<Channel> {
    const isSubsystem = typeof asked === 'string';
    const what = isSubsystem ? `subsystem ${asked}` : 'shell';
    const startedAt = performance.now();
    const link = await connectLink(endpoint, hop, signal);
    const timeoutMs = endpoint.authTimeoutMs ?? defaultAuthTimeoutMs;
    const leftMs = Math.max(1, timeoutMs - (performance.now() - link.handshakenAtMs));
    const shell = await guarded(
      link,
      leftMs,
      signal,
      () => new NetwrightError('NW_AUTH_TIMEOUT', `${link.label}: logged in, but no ${what} within ${timeoutMs} ms`),
      () => (isSubsystem ? link.subsystem(asked) : link.shell(asked)),
    );
    logger.debug({ endpoint: endpoint.name, ms: Math.round(performance.now() - startedAt) }, `${what} open`);
    if (hop) void link.closed.then(() => hop.release());
    return new SshChannel(link, shell, {
      mergesErrors: !isSubsystem,
      another: (again) => connectLink(endpoint, hop, again),
    });
  }

  async function openTelnet(
    endpoint: Endpoint,
    hop: HopLease | undefined,
    terminal: ShellRequest,
    signal: AbortSignal,
  ): Promise<Channel> {
    const stream = await openBare(endpoint, hop, signal);
    return new TelnetChannel(stream, labelOf(endpoint), terminal, () => hop?.link.failure);
  }

  async function openBare(endpoint: StreamEndpoint, hop: HopLease | undefined, signal: AbortSignal): Promise<Duplex> {
    const timeoutMs = endpoint.connectTimeoutMs ?? defaultConnectTimeoutMs;
    const stream = await withDeadline(
      { timeoutMs, signal },
      () => new NetwrightError('NW_CONNECT_TIMEOUT', `${labelOf(endpoint)}: no TCP connection within ${timeoutMs} ms`),
      (inner) => openStream(endpoint, hop, inner),
    );
    if (hop) stream.once('close', () => hop.release());
    return stream;
  }

  /** The lease on the last hop, where there is one. */
  async function passHops(endpoint: Pick<Endpoint, 'via'>, signal: AbortSignal): Promise<HopLease | undefined> {
    return endpoint.via.length > 0 ? hops.acquire(endpoint.via, signal) : undefined;
  }

  async function openOne(endpoint: Endpoint, terminal: ShellRequest, signal: AbortSignal): Promise<Channel> {
    const hop = await passHops(endpoint, signal);
    try {
      const open = endpoint.protocol === 'ssh' ? openSsh : openTelnet;
      return await open(endpoint, hop, terminal, signal);
    } catch (error) {
      hop?.release();
      throw error;
    }
  }

  return {
    get openSockets() {
      return sockets.size;
    },

    async open(asked, { terminal, ...call } = {}) {
      const endpoint = await withOpenSshConfig(asked);
      const shell: ShellRequest = { ...defaultTerminal, ...terminal };
      return underBoth(endpoint, call, disposal.signal, async (signal) => {
        try {
          return await openOne(endpoint, shell, signal);
        } catch (error) {
          const { fallback } = endpoint;
          if (!fallback || !speaksSomethingElse(error)) throw error;
          logger.info({ endpoint: endpoint.name, to: fallback.protocol }, 'falling back to the other protocol');
          return await openOne({ ...endpoint, ...fallback }, shell, signal);
        }
      });
    },

    async openSubsystem(asked, subsystem, call = {}) {
      const endpoint = await withOpenSshConfig(asked);
      return underBoth(endpoint, call, disposal.signal, async (signal) => {
        const hop = await passHops(endpoint, signal);
        try {
          return await openSsh(endpoint, hop, subsystem, signal);
        } catch (error) {
          hop?.release();
          throw error;
        }
      });
    },

    async openStream(asked, call = {}) {
      const { host, via } = await withOpenSshConfig({ ...asked, protocol: 'ssh', login: asked.login ?? { user: '' } });
      const endpoint: StreamEndpoint = { ...asked, host, via };
      return underBoth(endpoint, call, disposal.signal, async (signal) => {
        const hop = await passHops(endpoint, signal);
        try {
          return await openBare(endpoint, hop, signal);
        } catch (error) {
          hop?.release();
          throw error;
        }
      });
    },

    async scanHostKey(asked, call = {}) {
      const endpoint = await withOpenSshConfig(asked);
      return underBoth(endpoint, call, disposal.signal, async (signal) => {
        const hop = await passHops(endpoint, signal);
        try {
          return await scan(endpoint, hop, signal);
        } finally {
          hop?.release();
        }
      });
    },

    async [Symbol.asyncDispose]() {
      disposal.abort(new NetwrightError('NW_CANCELLED', 'the dialer is closed'));
      await hops.dispose();
      sockets.destroyAll();
    },
  };

  async function scan(endpoint: Endpoint, hop: HopLease | undefined, signal: AbortSignal): Promise<ScannedHostKey> {
    let shown: KnownHostKey | undefined;
    // Nothing known is looked at, no secret is at hand, and the connection ends before a login.
    const bare: Endpoint = {
      ...endpoint,
      login: { user: endpoint.login.user },
      ssh: { ...endpoint.ssh, hostKeys: 'ignore' },
    };
    const keep = (key: KnownHostKey): void => {
      shown = key;
    };
    let link: SshLink;
    try {
      link = await handshake(bare, hop, 'modern', signal, knownHosts, keep);
    } catch (error) {
      if (endpoint.ssh?.algorithms === 'modern' || !mayNeedLegacy(error)) throw error;
      link = await handshake(bare, hop, 'legacy', signal, knownHosts, keep);
    }
    if (!shown) throw new NetwrightError('NW_SSH_PROTOCOL', `${link.label}: the server showed no host key`);
    return { ...shown, fingerprint: fingerprint(shown.key), host: knownHostName(endpoint.host, endpoint.port) };
  }
}

/** Work that ends with the caller's signal, with its deadline, or with the dialer. */
async function underBoth<T>(
  endpoint: StreamEndpoint,
  call: CallOptions,
  disposal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withDeadline(
    call,
    () => new NetwrightError('NW_CONNECT_TIMEOUT', `${labelOf(endpoint)}: not open within ${call.timeoutMs} ms`),
    work,
    disposal,
  );
}

/**
 * Whether the legacy algorithms are worth a second attempt. Some old servers wait for our lists and close without
 * showing theirs when they find nothing in them.
 */
function mayNeedLegacy(error: unknown): boolean {
  if (!(error instanceof NetwrightError)) return false;
  return error.code === 'NW_SSH_NO_COMMON_ALGORITHM' || error.details['isBeforeLists'] === true;
}

/**
 * Whether the port, rather than the device or the login, is what was wrong. Who shows an SSH identification speaks it,
 * however badly: that is no reason to send a password in clear.
 */
function speaksSomethingElse(error: unknown): boolean {
  if (!(error instanceof NetwrightError)) return false;
  const { code, details } = error;
  return code === 'NW_CONNECT_REFUSED' || (code === 'NW_SSH_PROTOCOL' && details['identification'] === undefined);
}
