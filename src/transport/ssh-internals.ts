import type { KeyObject } from 'node:crypto';
import type { Client, ClientChannel } from 'ssh2';
import { type DiffieHellmanSide, groupExchangeSide } from './diffie-hellman.ts';

/**
 * The parts of ssh2 1.17 below its public API that we lean on, all in this file. Its API waits for each answer before
 * the next request and computes group exchanges with a primality test; both can only be mended from inside.
 * `test/transport/ssh-internals.test.ts` fails when a new version of ssh2 no longer has them.
 */
export interface SshProtocol {
  parse(chunk: Buffer, from: number, to: number): void;
  _kex: KeyExchange | undefined;
  _cipher: { _onWrite: (data: Uint8Array) => void; encrypt(packet: Buffer): void } | undefined;
  /** Our KEXINIT, as long as an exchange of keys is under way. */
  readonly _kexinit: Buffer | undefined;
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(payloadBytes: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  _decipher: object | undefined;
  _onWrite: (data: Uint8Array) => void;
  _onHandshakeComplete: (negotiated: unknown) => void;
  _debug: ((message: string) => void) | undefined;
  readonly _handlers: Record<string, (protocol: unknown, ...args: never[]) => void>;
  service(name: string): void;
  authPK(user: string, key: { getPublicSSH(): Buffer }, algorithm?: string, sign?: SignRequest): void;
  session(localChannel: number, window: number, packetSize: number): void;
  pty(
    remoteChannel: number,
    rows: number,
    columns: number,
    height: number,
    width: number,
    terminal: string,
    modes: Record<string, number> | null,
    wantReply: boolean,
  ): void;
  shell(remoteChannel: number, wantReply: boolean): void;
}

type SignRequest = (data: Buffer, done: (signature: Buffer) => void) => void;

interface KeyExchange {
  readonly type: string;
  readonly negotiated: { readonly kex: string };
  /** Those of curve25519. */
  _keys?: { readonly publicKey: KeyObject } | null;
  getPublicKey(): Buffer;
  _dh: DiffieHellmanSide | null;
  _public: Buffer | null;
  _prime: Buffer | null;
  _generator: Buffer | null;
  _minBits: number;
  _prefBits: number;
  generateKeys(): void;
}

interface ChannelInternals {
  readonly outgoing: { readonly id: number };
  readonly _callbacks: ((failed: boolean | Error) => void)[];
  subtype?: string;
}

interface ClientInternals {
  readonly _protocol: SshProtocol;
  readonly _chanMgr: {
    add(opened: ChannelOpened & { type: string }): number;
    /** Undefined where there is no such channel; one that is being opened has no window yet. */
    get(local: number): { readonly incoming?: { window: number } } | undefined;
  };
  /** Begins the counting of unanswered keep-alives anew. */
  readonly _resetKA: () => void;
}
type ChannelOpened = (error: Error | undefined, channel: ClientChannel) => void;

/** ssh2's own figures: a window of 2 MB, which RouterOS needs (its SSH server stalls on small ones), 32 KB a packet. */
const windowBytes = 2 * 1024 * 1024;
const packetBytes = 32 * 1024;

/** The protocol object of a client after `connect()`. */
export const protocolOf = (client: Client): SshProtocol => (client as unknown as ClientInternals)._protocol;

/**
 * Puts our arithmetic under the group exchanges of a connection, and asks for groups that the far end can compute. The public key of
 * curve25519 is taken out of its key object once and raw, where ssh2 has OpenSSL write it as DER twice.
 */
export function tameKeyExchanges(protocol: SshProtocol, group: { minimumBits: number; preferredBits: number }): void {
  let exchange = protocol._kex;
  Object.defineProperty(protocol, '_kex', {
    configurable: true,
    get: () => exchange,
    set(next: KeyExchange | undefined) {
      exchange = next;
      if (next?.type === '25519') readPublicKeyOnce(next);
      if (next?.type !== 'groupex') return;
      next._minBits = group.minimumBits;
      next._prefBits = Math.min(next._prefBits, group.preferredBits);
      next.generateKeys = function generateKeys(this: KeyExchange): void {
        if (this._dh || !this._prime || !this._generator) return;
        this._dh = groupExchangeSide(this._prime, this._generator, group.minimumBits);
        this._public = this._dh.generateKeys();
      };
    },
  });
}

function readPublicKeyOnce(exchange: KeyExchange): void {
  let publicKey: Buffer | undefined;
  exchange.getPublicKey = function getPublicKey(this: KeyExchange): Buffer {
    this.generateKeys();
    publicKey ??= Buffer.from(this._keys!.publicKey.export({ format: 'jwk' }).x!, 'base64url');
    return publicKey;
  };
}

/**
 * Sends an SSH_MSG_IGNORE (RFC 4253 section 11.2), which every server understands, for the acknowledgement that goes with it. OpenSSH
 * leaves Nagle's algorithm on where it only forwards: the second packet of an answer waits there for the acknowledgement of
 * the first, which Linux delays by 40 ms as long as there is nothing to send.
 */
export function sendIgnore(protocol: SshProtocol): void {
  // Between the two KEXINIT of a new key exchange nothing else may be sent.
  if (protocol._kexinit !== undefined || !protocol._cipher) return;
  const { write } = protocol._packetRW;
  const at = write.allocStart;
  const packet = write.alloc(1 + 4);
  packet[at] = 2;
  packet.writeUInt32BE(0, at + 1);
  protocol._cipher.encrypt(write.finalize(packet));
}

/**
 * What came is a sign of life as good as an answer to a keep-alive, which some servers never give; ssh2 counts answers alone.
 * It declares no types of what is inside: hence the cast, and a test that fails when it changes.
 */
export const countAsAlive = (client: Client): void => (client as unknown as ClientInternals)._resetKA();

/** Passes what comes in through `take`, which calls `parse`, now or later, in the same order. */
export function interceptInput(protocol: SshProtocol, take: (parse: () => void) => void): void {
  const parse = protocol.parse.bind(protocol);
  protocol.parse = (chunk, from, to) => take(() => parse(chunk, from, to));
}

/**
 * Sends the first login packet together with the service request instead of a round trip later. A server answers
 * both in order (RFC 4252 section 4); only for servers that are known to read on.
 */
export function pipelineServiceRequest(protocol: SshProtocol): void {
  const accept = protocol._handlers['SERVICE_ACCEPT']!;
  const request = protocol.service.bind(protocol);
  protocol.service = (name) => {
    request(name);
    protocol._handlers['SERVICE_ACCEPT'] = () => {};
    accept(protocol, ...([name] as never[]));
  };
}

/** Signs at once for keys that `signer` owns, instead of asking first whether the server would take the key. */
export function signWithoutAsking(
  protocol: SshProtocol,
  signer: { owns(publicKey: Buffer): boolean; sign(data: Buffer, algorithm: string): Promise<Buffer> },
  onError: (error: Error) => void,
): void {
  const send = protocol.authPK.bind(protocol);
  protocol.authPK = (user, key, algorithm, sign) => {
    const publicKey = key.getPublicSSH();
    if (sign || !signer.owns(publicKey)) {
      send(user, key, algorithm, sign);
      return;
    }
    const type = algorithm ?? publicKey.toString('latin1', 4, 4 + publicKey.readUInt32BE(0));
    send(user, key, algorithm, (data, done) => {
      // `done` throws when the connection ended while the thread pool was signing; that end is reported by itself.
      signer.sign(data, type).then(done).catch(onError);
    });
  };
}

/** OpenSSH shows all its host keys after the login; ssh2 would have each one proven, 1 ms of CPU a login for nothing. */
export function ignoreHostKeyRotation(protocol: SshProtocol & { requestSuccess?(): void }): void {
  const handle = protocol._handlers['GLOBAL_REQUEST'] as (
    p: unknown,
    name: string,
    reply: boolean,
    data: unknown,
  ) => void;
  protocol._handlers['GLOBAL_REQUEST'] = ((p: unknown, name: string, wantReply: boolean, data: unknown) => {
    if (name !== 'hostkeys-00@openssh.com') handle(p, name, wantReply, data);
    else if (wantReply) protocol.requestSuccess?.();
  }) as never;
}

/** Calls back with each refusal; ssh2 forgets the list of methods that comes with the refusal of an agent's key. */
export function onLoginRefused(
  protocol: SshProtocol,
  refused: (offered: readonly string[], isPartial: boolean) => void,
): void {
  const handle = protocol._handlers['USERAUTH_FAILURE'] as (p: unknown, methods: string[], partial: boolean) => void;
  protocol._handlers['USERAUTH_FAILURE'] = ((p: unknown, methods: string[], partial: boolean) => {
    refused(methods, partial);
    handle(p, methods, partial);
  }) as never;
}

/** Calls back with what the server says when it ends the connection; of an end `BY_APPLICATION` ssh2 tells nothing. */
export function onDisconnect(protocol: SshProtocol, ended: (description: string) => void): void {
  // ssh2 declares no types of its handlers; a test fails when they change.
  const handle = protocol._handlers['DISCONNECT'] as (p: unknown, reason: number, description: string) => void;
  protocol._handlers['DISCONNECT'] = ((p: unknown, reason: number, description: string) => {
    ended(description);
    handle(p, reason, description);
  }) as never;
}

/** Calls back when the far end closes a channel in order, before ssh2 tears the stream down. */
export function onChannelEnd(protocol: SshProtocol, ended: (localChannel: number) => void): void {
  for (const message of ['CHANNEL_EOF', 'CHANNEL_CLOSE']) {
    const handle = protocol._handlers[message] as (p: unknown, channel: number) => void;
    protocol._handlers[message] = ((p: unknown, channel: number) => {
      ended(channel);
      handle(p, channel);
    }) as never;
  }
}

/**
 * Ends a connection whose far end breaks the rules of channels (RFC 4254 section 5.2) in ways that ssh2 does not look for: packets
 * of no bytes, in which it would write for ever; and far more data than the window allows, which it would hold in memory while
 * nobody reads. A little more is let pass, and none of it dropped: ssh2 leaves out what comes at a window of exactly 0, and
 * a configuration would lack its middle.
 */
export function policeChannels(client: Client, broken: (why: string) => void): void {
  // ssh2 declares no types of its handlers and channels, here and below; a test fails when they change.
  const { _protocol: protocol, _chanMgr: channels } = client as unknown as ClientInternals;
  const confirm = protocol._handlers['CHANNEL_OPEN_CONFIRMATION'] as (p: unknown, info: { packetSize: number }) => void;
  protocol._handlers['CHANNEL_OPEN_CONFIRMATION'] = ((p: unknown, info: { packetSize: number }) => {
    if (info.packetSize > 0) confirm(p, info);
    else broken('it allows packets of 0 bytes on a channel');
  }) as never;
  for (const message of ['CHANNEL_DATA', 'CHANNEL_EXTENDED_DATA']) {
    const handle = protocol._handlers[message] as (p: unknown, local: number, data: Buffer, type?: number) => void;
    protocol._handlers[message] = ((p: unknown, local: number, data: Buffer, type?: number) => {
      const incoming = channels.get(local)?.incoming;
      if (incoming && incoming.window - data.length < -windowBytes) {
        broken(`it sent ${data.length - incoming.window} bytes more than the window of a channel allows`);
        return;
      }
      if (incoming?.window === 0) incoming.window = -1;
      handle(p, local, data, type);
    }) as never;
  }
}

export interface ShellRequest {
  readonly columns: number;
  readonly rows: number;
  readonly type: string;
}

/**
 * Opens a session channel and asks for terminal and shell in one go; ssh2's own `shell()` waits a round trip between
 * the two. A refused terminal is no failure: some systems give a shell without one.
 */
export function openShell(
  client: Client,
  terminal: ShellRequest,
  onShell: (error: Error | undefined, channel?: ClientChannel) => void,
): void {
  const internals = client as unknown as ClientInternals;
  const protocol = internals._protocol;
  const opened: ChannelOpened = (error, channel) => {
    if (error) {
      onShell(error);
      return;
    }
    const inside = channel as unknown as ChannelInternals;
    const remote = inside.outgoing.id;
    inside._callbacks.push(() => {});
    protocol.pty(remote, terminal.rows, terminal.columns, 0, 0, terminal.type, null, true);
    inside._callbacks.push((failed) => {
      if (failed) onShell(failed instanceof Error ? failed : new Error('the server refused to start a shell'));
      else {
        inside.subtype = 'shell';
        onShell(undefined, channel);
      }
    });
    protocol.shell(remote, true);
  };
  const local = internals._chanMgr.add(Object.assign(opened, { type: 'session' }));
  protocol.session(local, windowBytes, packetBytes);
}

/** Our number of a channel, as {@link onChannelEnd} calls it. */
export const channelNumber = (channel: ClientChannel): number =>
  (channel as unknown as { incoming: { id: number } }).incoming.id;
