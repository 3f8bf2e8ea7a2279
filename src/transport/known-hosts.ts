/** What is remembered of the host keys of endpoints. `host` is the OpenSSH form: `192.0.2.1` or `[192.0.2.1]:2222`. */
export interface KnownHosts {
  /** Keys known for that host, each as `{ type, key }` with the base64 of the public key blob; empty when unknown. */
  find(host: string): readonly KnownHostKey[];
  add(host: string, key: KnownHostKey): Promise<void>;
  /** Forgets the old keys of the host and remembers this one. */
  replace(host: string, key: KnownHostKey): Promise<void>;
  /** Takes in what other programs changed since, and what is slow to find of that host: the dialer asks before each connection. */
  refresh?(host?: string): Promise<void>;
}

export interface KnownHostKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, … */
  readonly type: string;
  readonly key: string;
  /** Where it is written: `/etc/ssh/ssh_known_hosts:12`. */
  readonly source?: string;
  /** `@revoked` must not be accepted from anybody; `@cert-authority` signs host keys and is none itself. */
  readonly marker?: 'revoked' | 'cert-authority';
}

/** Which endpoints were found to need legacy algorithms. */
export interface AlgorithmMemory {
  needsLegacy(host: string): boolean;
  remember(host: string): void;
}

/** An {@link AlgorithmMemory} that lives as long as the process. */
export function createAlgorithmMemory(hosts: Iterable<string> = []): AlgorithmMemory {
  const legacy = new Set(hosts);
  return {
    needsLegacy: (host) => legacy.has(host),
    remember: (host) => {
      legacy.add(host);
    },
  };
}
