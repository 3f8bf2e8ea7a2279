import { hash } from 'node:crypto';
import type { KnownHostKey } from './known-hosts.ts';
import { turnBudget } from './turn-budget.ts';

interface HashedLine {
  readonly salt: Buffer;
  readonly digest: string;
  readonly key: KnownHostKey;
}

const blockBytes = 64;
/** About 2.5 microseconds a line. */
const linesPerShare = 400;
const shareCostMs = 1;
/** Longer names are none; RFC 1035 allows 255 bytes, brackets and a port come on top. */
const longestHost = 512;
const nothing: readonly KnownHostKey[] = [];

/**
 * The lines of a `known_hosts` file whose hosts are hashed (`HashKnownHosts`, the default of Debian's OpenSSH). Which host a line
 * means can only be tried out, line by line: 20,000 of them take 50 ms, so that it is done in shares before a connection is
 * made, and once for each host.
 */
export class HashedHosts {
  readonly #lines: HashedLine[] = [];
  readonly #found = new Map<string, readonly KnownHostKey[]>();
  readonly #inner = Buffer.alloc(blockBytes + longestHost);
  readonly #outer = Buffer.alloc(blockBytes + 20);

  /** Takes a line with a field `|1|salt|digest`; other versions mean nobody. */
  add(field: string, key: KnownHostKey): void {
    const [, version, salt, digest] = field.split('|');
    if (version !== '1' || !salt || !digest) return;
    const bytes = Buffer.from(salt, 'base64');
    if (bytes.length > blockBytes) return;
    this.#lines.push({ salt: bytes, digest, key });
    this.#found.clear();
  }

  /** Tries a host out in shares, so that {@link find} knows it. */
  async lookUp(host: string): Promise<void> {
    if (this.#found.has(host)) return;
    const lineCount = this.#lines.length;
    const found: KnownHostKey[] = [];
    for (let from = 0; from < lineCount; from += linesPerShare) {
      await turnBudget.room(shareCostMs);
      this.#tryOut(host, from, Math.min(lineCount, from + linesPerShare), found);
    }
    if (this.#lines.length === lineCount) this.#keep(host, found);
  }

  find(host: string): readonly KnownHostKey[] {
    const known = this.#found.get(host);
    if (known) return known;
    const found: KnownHostKey[] = [];
    this.#tryOut(host, 0, this.#lines.length, found);
    return this.#keep(host, found);
  }

  #keep(host: string, found: readonly KnownHostKey[]): readonly KnownHostKey[] {
    const kept = found.length > 0 ? found : nothing;
    this.#found.set(host, kept);
    return kept;
  }

  #tryOut(host: string, from: number, to: number, found: KnownHostKey[]): void {
    if (host.length > longestHost) return;
    const textEnd = blockBytes + this.#inner.write(host, blockBytes, 'latin1');
    const inner = this.#inner.subarray(0, textEnd);
    for (let at = from; at < to; at += 1) {
      const { salt, digest, key } = this.#lines[at]!;
      pad(inner, salt, 0x36);
      pad(this.#outer, salt, 0x5c);
      this.#outer.set(hash('sha1', inner, 'buffer'), blockBytes);
      if (hash('sha1', this.#outer, 'base64') === digest) found.push(key);
    }
  }
}

function pad(block: Buffer, salt: Buffer, by: number): void {
  block.fill(by, salt.length, blockBytes);
  for (let at = 0; at < salt.length; at += 1) block[at] = salt[at]! ^ by;
}
