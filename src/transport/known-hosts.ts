/** What is remembered of the host keys of endpoints. `host` is the OpenSSH form: `192.0.2.1` or `[192.0.2.1]:2222`. */
export interface KnownHosts {
  /** Keys known for that host, each as `{ type, key }` with the base64 of the public key blob; empty when unknown. */
  find(host: string): readonly KnownHostKey[];
  add(host: string, key: KnownHostKey): Promise<void>;
  /** Forgets the old keys of the host and remembers this one. */
  replace(host: string, key: KnownHostKey): Promise<void>;
}

export interface KnownHostKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, … */
  readonly type: string;
  readonly key: string;
}

/** Which endpoints were found to need legacy algorithms. */
export interface AlgorithmMemory {
  needsLegacy(host: string): boolean;
  remember(host: string): void;
}
