import { wordsOf } from './label.ts';

/** The name lists of a server's KEXINIT (RFC 4253 section 7.1). */
export interface KexLists {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipherToServer: readonly string[];
  readonly cipherToClient: readonly string[];
  readonly macToServer: readonly string[];
  readonly macToClient: readonly string[];
  readonly compressionToServer: readonly string[];
  readonly compressionToClient: readonly string[];
}

const kexInitMessage = 20;
/** RFC 4253 section 4.2. */
const longestIdentification = 255;
/** RFC 4251 section 6. */
const longestName = 64;
/** RFC 4253 section 6.1 obliges to 35,000 bytes a packet; lines before the identification are bounded by us. */
const largestHello = 64 * 1024;

/**
 * Listens in on the clear beginning of an SSH connection: the identification line, what a server says before it
 * (RFC 4253 section 4.2) and its KEXINIT. ssh2 tells neither list when it finds nothing in common, nor what a port
 * said that speaks no SSH.
 */
export class ServerHello {
  #bytes: Buffer = Buffer.alloc(0);
  #packetAt = -1;
  /** `SSH-2.0-OpenSSH_9.2p1 Debian-2`, undefined as long as none came. */
  identification: string | undefined;
  /** Lines before the identification, with their line ends. */
  preamble = '';
  lists: KexLists | undefined;
  /** Nothing more is to be learned: the KEXINIT is read, or it cannot be. */
  isComplete = false;

  /** The first bytes that came, for messages. */
  get raw(): Buffer {
    return this.#bytes;
  }

  feed(chunk: Buffer): void {
    if (this.isComplete) return;
    this.#bytes = this.#bytes.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#bytes, chunk]);
    if (this.identification === undefined) this.#readLines();
    if (this.identification !== undefined) this.#readPackets();
    if (this.#bytes.length > largestHello) this.isComplete = true;
  }

  #readLines(): void {
    let from = 0;
    for (;;) {
      const end = this.#bytes.indexOf(0x0a, from);
      if (end === -1) return;
      const line = this.#bytes.toString('latin1', from, end).replace(/\r$/, '');
      if (line.startsWith('SSH-')) {
        this.identification = wordsOf(line, longestIdentification);
        this.preamble = this.#bytes.toString('latin1', 0, from);
        this.#packetAt = end + 1;
        return;
      }
      from = end + 1;
    }
  }

  #readPackets(): void {
    while (!this.isComplete && this.#bytes.length >= this.#packetAt + 6) {
      const length = this.#bytes.readUInt32BE(this.#packetAt);
      if (length < 2 || length > 35_000) {
        this.isComplete = true;
        return;
      }
      const end = this.#packetAt + 4 + length;
      if (this.#bytes.length < end) return;
      const payload = this.#bytes.subarray(this.#packetAt + 5, end);
      if (payload[0] === kexInitMessage) {
        this.lists = readLists(payload);
        this.isComplete = true;
      }
      this.#packetAt = end;
    }
  }
}

function readLists(payload: Buffer): KexLists | undefined {
  const lists: string[][] = [];
  let at = 17;
  for (let index = 0; index < 8; index += 1) {
    if (at + 4 > payload.length) return undefined;
    const length = payload.readUInt32BE(at);
    if (at + 4 + length > payload.length) return undefined;
    lists.push(
      payload
        .toString('latin1', at + 4, at + 4 + length)
        .split(',')
        .filter(Boolean)
        .map((name) => wordsOf(name, longestName)),
    );
    at += 4 + length;
  }
  const [kex, serverHostKey, cipherToServer, cipherToClient, macToServer, macToClient] = lists as [
    string[],
    string[],
    string[],
    string[],
    string[],
    string[],
  ];
  return {
    kex,
    serverHostKey,
    cipherToServer,
    cipherToClient,
    macToServer,
    macToClient,
    compressionToServer: lists[6]!,
    compressionToClient: lists[7]!,
  };
}
