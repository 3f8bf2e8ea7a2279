import type { Logger, NetwrightError } from '#core';
import type { Endpoint } from './endpoint.ts';
import { checkHostKey, hostKeyOf } from './host-key-check.ts';
import type { KnownHostKey, KnownHosts } from './known-hosts.ts';
import { knownHostName, labelOf } from './label.ts';

const usualPort = 22;

/** The host key of one connection: what is known of the server, what it shows, and what is remembered once that is proven. */
export class HostKeyTrust {
  /** Keys that the server is known by. */
  readonly known: readonly KnownHostKey[];
  readonly #host: string;
  readonly #knownHosts: KnownHosts;
  readonly #logger: Logger;
  readonly #facts: Parameters<typeof checkHostKey>[2];
  #shown: KnownHostKey | undefined;
  #isNew = false;

  constructor(endpoint: Endpoint, knownHosts: KnownHosts, logger: Logger) {
    const policy = endpoint.ssh?.hostKeys ?? 'accept-new';
    this.#host = knownHostName(endpoint.host, endpoint.port);
    this.#knownHosts = knownHosts;
    this.#logger = logger;
    this.known = policy === 'ignore' ? [] : knownHosts.find(this.#host);
    const isElsewhere = endpoint.port !== usualPort && policy !== 'ignore';
    const atUsualPort = isElsewhere ? knownHosts.find(knownHostName(endpoint.host, usualPort)) : [];
    this.#facts = { label: labelOf(endpoint), name: endpoint.name, policy, atUsualPort };
  }

  /** Whether the server may go on with the key that it shows; false for what is no key or another one than before. */
  judge(blob: Buffer): boolean | NetwrightError {
    // Keys are exchanged anew on long connections; the server must stay the same.
    if (this.#shown) return blob.toString('base64') === this.#shown.key;
    const shown = hostKeyOf(blob);
    if (!shown) return false;
    const verdict = checkHostKey(shown, this.known, this.#facts);
    if (!verdict.isTrusted) return verdict.error;
    this.#shown = shown;
    this.#isNew = verdict.isNew;
    return true;
  }

  /** The key that was shown. To be called when it is proven that the server owns it, for only then it is remembered. */
  proven(): KnownHostKey | undefined {
    if (this.#shown && this.#isNew) {
      this.#knownHosts.add(this.#host, this.#shown).catch((error: unknown) => {
        this.#logger.warn({ host: this.#host, error: String(error) }, 'the new host key could not be remembered');
      });
    }
    return this.#shown;
  }
}
