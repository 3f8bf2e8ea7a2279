import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type Algorithms, type Client, type ClientChannel } from 'ssh2';
import { type Logger, NetwrightError } from '#core';
import { Backlog } from './backlog.ts';
import { BorrowingSocket } from './borrowed-reads.ts';
import { forwardRefused, hopLostError } from './connect-errors.ts';
import type { Endpoint } from './endpoint.ts';
import { HostKeyTrust } from './host-key-trust.ts';
import type { KnownHostKey, KnownHosts } from './known-hosts.ts';
import { labelOf, wordsOf } from './label.ts';
import { LifeSigns } from './life-signs.ts';
import type { Identity } from './private-key.ts';
import { ServerHello } from './server-hello.ts';
import { type AlgorithmOffer, type AppliedPolicy, algorithmOffer } from './ssh-algorithms.ts';
import { type SshFacts, type SshPhase, sshClosedEarly, sshError } from './ssh-errors.ts';
import {
  channelNumber,
  ignoreHostKeyRotation,
  interceptInput,
  onChannelEnd,
  onDisconnect,
  onLoginRefused,
  openShell,
  pipelineServiceRequest,
  policeChannels,
  protocolOf,
  type ShellRequest,
  type SshProtocol,
  sendIgnore,
  signWithoutAsking,
  tameKeyExchanges,
} from './ssh-internals.ts';
import { SshLogin } from './ssh-login.ts';
import { keepsInput, prepareCiphers, writeInOnePiece } from './ssh-speed.ts';
import { turnBudget } from './turn-budget.ts';

const defaultKeepaliveMs = 15_000;
/** A peer that asks without end and takes no answers is read no further when so much waits for it. */
const mostUnsentBytes = 1024 * 1024;

/** Servers that read on while they answer the service request, so that the login needs not wait for that answer. */
const readsAhead = /^SSH-2\.0-(?:OpenSSH_|dropbear|ssh2js|Netwright)/;

export interface SshLinkOptions {
  readonly endpoint: Endpoint;
  readonly policy: AppliedPolicy;
  readonly knownHosts: KnownHosts;
  readonly logger: Logger;
  /** The private key of the login, unlocked. */
  readonly identity?: Identity | undefined;
  /** Path of the ssh-agent's socket. */
  readonly agentSocket?: string | undefined;
  /** Called when the shown host key is proven; the connection then ends without a login packet. */
  readonly probe?: (key: KnownHostKey) => void;
  /** Why the way to the server broke, where it did: a hop that is gone. */
  readonly lostBecause?: () => NetwrightError | undefined;
}

/**
 * One SSH connection over a stream (a socket, or a channel of a hop): handshake, login, then channels.
 * Every failure ends it as a whole; {@link SshLink.failure} then says why.
 */
export class SshLink {
  readonly label: string;
  readonly login: SshLogin;
  readonly hello = new ServerHello();
  readonly offer: AlgorithmOffer;
  /** Resolves when the keys are exchanged and the host key is proven and trusted. */
  readonly handshaken: Promise<void>;
  /** Resolves when the user is logged in. */
  readonly loggedIn: Promise<void>;
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;
  /** Why it ended; undefined as long as it lives and after an end in good order. */
  failure: NetwrightError | undefined;
  /** When the login began, on the clock of `performance.now()`. */
  handshakenAtMs = 0;
  /** Server's texts before the login (RFC 4252 section 5.4). */
  banner = '';
  isOpen = true;
  /** Somebody at this end closed or destroyed it. */
  isEndedByUs = false;

  readonly #client: Client = new ssh2.Client();
  readonly #protocol: SshProtocol;
  readonly #stream: Duplex;
  readonly #endedChannels = new Set<number>();
  readonly #lostBecause: () => NetwrightError | undefined;
  readonly #lifeSigns: LifeSigns;
  /** It carries connections to others. */
  #isHop = false;
  #isAcknowledging = false;
  #lastWords: string | undefined;
  readonly #backlog: Backlog;
  #phase: SshPhase = 'handshake';
  #handshake = Promise.withResolvers<void>();
  #ready = Promise.withResolvers<void>();
  #close = Promise.withResolvers<void>();

  constructor(stream: Duplex, options: SshLinkOptions) {
    const { endpoint, policy, knownHosts, identity } = options;
    this.label = labelOf(endpoint);
    this.login = new SshLogin(endpoint.login, identity, options.agentSocket);
    this.#stream = stream;
    this.#backlog = new Backlog(stream, mostUnsentBytes, () => this.#flow());
    this.#lostBecause = options.lostBecause ?? (() => undefined);
    const keepaliveMs = endpoint.ssh?.keepaliveMs ?? defaultKeepaliveMs;
    this.#lifeSigns = new LifeSigns(this.#client, keepaliveMs);
    this.handshaken = this.#handshake.promise;
    this.loggedIn = this.#ready.promise;
    this.closed = this.#close.promise;
    // Whoever does not wait for one of them learns of the failure from the other.
    this.handshaken.catch(() => {});
    this.loggedIn.catch(() => {});

    const trust = new HostKeyTrust(endpoint, knownHosts, options.logger);
    this.offer = algorithmOffer(policy, trust.known);

    const client = this.#client;
    client.on('error', (error) => this.#fail(error));
    client.on('close', () => this.#onClosed());
    client.on('end', () => this.#onClosed());
    client.on('banner', (text) => {
      this.banner += text.slice(0, 65_536 - this.banner.length);
    });
    client.on('handshake', () => {
      if (this.#phase !== 'handshake') return;
      this.#phase = 'login';
      this.handshakenAtMs = performance.now();
      const hostKey = trust.proven();
      this.#handshake.resolve();
      if (hostKey && options.probe) {
        options.probe(hostKey);
        this.destroy();
      }
    });
    client.on('ready', () => {
      this.#phase = 'open';
      this.login.close();
      this.#ready.resolve();
    });
    client.on('change password', () => {
      this.#fail(this.login.failure(this.label, 'the password has expired and must be changed'));
    });

    // The stream stays paused until ssh2 listens too, so nothing is missed and nothing comes twice.
    stream.pause();
    if (stream instanceof BorrowingSocket) stream.onBytes = (bytes) => this.#onBytes(bytes);
    else {
      const listenIn = (chunk: Buffer): void => {
        this.hello.feed(chunk);
        if (this.hello.isComplete) stream.off('data', listenIn);
      };
      stream.on('data', listenIn);
    }
    // Before ssh2 hears of the end: what waits for its turn came before it.
    stream.on('end', () => turnBudget.flush(this));

    client.connect({
      sock: stream,
      username: endpoint.login.user,
      // @types/ssh2 wants mutable lists of its own literals; ours are read-only lists of names.
      algorithms: this.offer as unknown as Algorithms,
      readyTimeout: 0,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: 3,
      authHandler: (() => this.login.next()) as never,
      hostVerifier: (blob: Buffer) => {
        const verdict = trust.judge(blob);
        if (verdict instanceof NetwrightError) this.#fail(verdict);
        return verdict === true;
      },
    });
    const protocol = protocolOf(client);
    this.#protocol = protocol;
    writeInOnePiece(protocol, stream);
    prepareCiphers(protocol);
    tameKeyExchanges(
      protocol,
      policy === 'modern'
        ? { minimumBits: 2048, preferredBits: 4096 }
        : // Old systems know no larger groups, and would compute for half a minute if they did.
          { minimumBits: 1024, preferredBits: 2048 },
    );
    interceptInput(protocol, (parse) => this.#take(parse));
    ignoreHostKeyRotation(protocol);
    policeChannels(client, (why) => {
      const { identification } = this.hello;
      const message = `${this.label}: the server (${identification}) breaks the rules of SSH: ${why}`;
      this.#fail(new NetwrightError('NW_SSH_PROTOCOL', message, { details: { identification } }));
    });
    onLoginRefused(protocol, (offered, isPartial) => this.login.refused(offered, isPartial));
    onDisconnect(protocol, (description) => {
      this.#lastWords = description;
    });
    onChannelEnd(protocol, (channel) => this.#endedChannels.add(channel));
    if (identity) {
      signWithoutAsking(
        protocol,
        { owns: (key) => key.equals(identity.publicKey), sign: (data, algorithm) => identity.sign(data, algorithm) },
        (error) => this.#fail(error),
      );
    }
    client.once('handshake', () => {
      // With RSA keys the server's signature algorithms must be known first, and they come with its answer.
      const needsExtensions = identity?.type === 'ssh-rsa' || endpoint.login.agent === true;
      if (!needsExtensions && readsAhead.test(this.hello.identification ?? '')) pipelineServiceRequest(protocol);
    });
  }

  /** The identification line and banners, for telling the platform. */
  get greeting(): string {
    return [this.hello.preamble, this.hello.identification ?? '', this.banner].filter(Boolean).join('\n');
  }

  /** Whether the far end itself ended this channel, rather than the connection under it breaking away. */
  hasEnded(channel: ClientChannel): boolean {
    return this.#endedChannels.has(channelNumber(channel));
  }

  /** Asks for an interactive shell; rejects when the server refuses one. */
  shell(terminal: ShellRequest): Promise<ClientChannel> {
    return this.#request('a shell', (done) => openShell(this.#client, terminal, done));
  }

  /** @param opened called at once with the channel, because its exit status may come with the same packet */
  exec(command: string, opened: (channel: ClientChannel) => void): Promise<ClientChannel> {
    return this.#request('to run a command', (done) => {
      this.#client.exec(command, (error, channel) => {
        if (!error) opened(channel);
        done(error, channel);
      });
    });
  }

  /** Starts a subsystem (RFC 4254 section 6.5); `NW_NOT_SUPPORTED` when the server has none of that name. */
  subsystem(name: string): Promise<ClientChannel> {
    return this.#request(`the subsystem ${name}`, (done) => this.#client.subsys(name, done));
  }

  sftp(): Promise<ssh2.SFTPWrapper> {
    return this.#request('SFTP', (done) => this.#client.sftp(done));
  }

  /**
   * A TCP connection from the far end to somewhere else (RFC 4254 section 7.2).
   * @throws NetwrightError in the name of `target` when it cannot be reached, `NW_JUMP_FAILED` when the server
   * forwards nothing.
   */
  async forward(host: string, port: number, target: string): Promise<ClientChannel> {
    if (!this.isOpen) throw hopLostError(target, this.#goneError(), false);
    this.#isHop = true;
    // ssh2 answers what is still open when the connection ends.
    return new Promise((resolve, reject) => {
      this.#client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        if (!error) resolve(channel);
        else if (!this.isOpen) reject(hopLostError(target, this.#goneError(), false));
        else reject(forwardRefused(error, target, this.label));
      });
    });
  }

  async #request<T>(what: string, ask: (done: (error: Error | undefined, channel?: T) => void) => void): Promise<T> {
    this.#assertOpen();
    return new Promise<T>((resolve, reject) => {
      ask((error, channel) => {
        if (!error) resolve(channel as T);
        else if (!this.isOpen) reject(this.#goneError());
        else {
          const message = `${this.label}: the server refused ${what}: ${wordsOf(error.message)}`;
          reject(new NetwrightError('NW_NOT_SUPPORTED', message, { cause: error }));
        }
      });
    });
  }

  #assertOpen(): void {
    if (!this.isOpen) throw this.#goneError();
  }

  #goneError(): NetwrightError {
    return this.failure ?? new NetwrightError('NW_CONNECTION_LOST', `${this.label}: the connection was closed`);
  }

  /** Says goodbye and resolves when the far end has closed too, or after a second without it. Never rejects. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isEndedByUs = true;
    this.#client.end();
    const timer = setTimeout(() => this.destroy(), 1000);
    await this.closed;
    clearTimeout(timer);
  }

  /** Ends the connection at once; what waits on it rejects with `reason`. */
  destroy(reason?: NetwrightError): void {
    this.isEndedByUs = true;
    if (reason) this.failure ??= reason;
    this.#onClosed();
  }

  /** Takes bytes that are good only until it returns. */
  #onBytes(bytes: Buffer): void {
    if (!this.hello.isComplete) this.hello.feed(bytes);
    const isRead = turnBudget.hasRoom && !keepsInput(this.#protocol);
    const chunk = isRead ? bytes : Buffer.from(bytes);
    // `parse` takes its turn itself: within another one, the same time would count twice.
    this.#protocol.parse(chunk, 0, chunk.length);
  }

  /** Works on bytes that came, in this turn of the event loop or, in a crowd, in a later one. */
  #take(parse: () => void): void {
    const isDone = turnBudget.run(this, () => this.#parse(parse));
    if (isDone) return;
    // One chunk waits, the rest stays with the kernel.
    this.#stream.pause();
    turnBudget.run(this, () => this.#flow());
  }

  #flow(): void {
    if (!this.#backlog.isFull) this.#stream.resume();
  }

  /** Once a turn: what came from a hop is acknowledged at once. */
  #acknowledge(): void {
    if (this.#isAcknowledging) return;
    this.#isAcknowledging = true;
    setImmediate(() => {
      this.#isAcknowledging = false;
      if (this.isOpen && !this.#backlog.isFull) sendIgnore(this.#protocol);
    });
  }

  #parse(parse: () => void): void {
    if (!this.isOpen) return;
    try {
      parse();
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    if (this.#phase === 'open') this.#lifeSigns.note();
    this.#backlog.look();
    if (this.#isHop) this.#acknowledge();
  }

  /** What ends with a hop is the hop's failure, whatever it looks like from here. */
  #hopGone(): NetwrightError | undefined {
    const cause = this.#lostBecause();
    return cause && hopLostError(this.label, cause, this.#phase === 'open');
  }

  #facts(): SshFacts {
    return {
      label: this.label,
      phase: this.#phase,
      hello: this.hello,
      offer: this.offer,
      login: this.login,
      lastWords: this.#lastWords,
    };
  }

  #fail(error: Error & { level?: string }): void {
    // An agent that does not answer is no end: ssh2 goes on with the next method.
    if (error.level === 'agent') {
      this.login.notes.push(`ssh-agent: ${error.message}`);
      return;
    }
    if (!this.isOpen) return;
    if (!this.isEndedByUs) this.failure ??= this.#hopGone() ?? sshError(error, this.#facts());
    this.#onClosed();
  }

  #onClosed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (!this.isEndedByUs) this.failure ??= this.#hopGone() ?? sshClosedEarly(this.#facts());
    this.login.close();
    this.#stream.destroy();
    // A channel of a hop says `close` only when the far end confirms, which nobody waits for; ssh2's keep-alive timer
    // and its open channels end with that event.
    if (!(this.#stream instanceof Socket)) this.#stream.emit('close');
    if (this.#phase !== 'open') {
      const gone = this.#goneError();
      this.#handshake.reject(gone);
      this.#ready.reject(gone);
    }
    this.#close.resolve();
  }
}
