import type { Secret } from '#core';

export const protocols = ['ssh', 'telnet'] as const;
export type Protocol = (typeof protocols)[number];

/** Who logs in, with what. Values live here only between the opening of the secrets and the login. */
export interface Login {
  readonly user: string;
  readonly password?: Secret;
  /** For the privileged mode, where it differs from the password. */
  readonly enable?: Secret;
  /** PEM or OpenSSH format. */
  readonly privateKey?: Secret;
  readonly passphrase?: Secret;
  /** Use the ssh-agent of the environment (`SSH_AUTH_SOCK`). */
  readonly agent?: boolean;
}

export const hostKeyPolicies = ['accept-new', 'strict', 'ignore'] as const;
export type HostKeyPolicy = (typeof hostKeyPolicies)[number];

/**
 * `modern`: only what is safe today. `legacy`: also what old systems need (group1, sha1, cbc, ssh-rsa, ssh-dss).
 * `learn`: modern first, and legacy when the first attempt ends with no common algorithm; remembered per endpoint.
 */
export const algorithmPolicies = ['learn', 'modern', 'legacy'] as const;
export type AlgorithmPolicy = (typeof algorithmPolicies)[number];

export interface SshOptions {
  /** Default `accept-new`: trust on first use, refuse a changed key. */
  readonly hostKeys?: HostKeyPolicy;
  /** Default `learn`. */
  readonly algorithms?: AlgorithmPolicy;
  /** Path of an OpenSSH client configuration whose `Host`, `HostName`, `Port`, `User`, `IdentityFile`, `ProxyJump` count. */
  readonly configFile?: string;
  /** Default 15,000; 0 switches it off. */
  readonly keepaliveMs?: number;
}

/** One end of a conversation, with everything that a transport needs to open it. */
export interface Endpoint {
  /** The device's name, for errors and for what is remembered about it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Tried when `protocol` is refused or not spoken: `{ protocol: 'telnet', port: 23 }`. */
  readonly fallback?: { readonly protocol: Protocol; readonly port: number };
  readonly login: Login;
  /** Hops to pass first, in the order in which they are passed. */
  readonly via: readonly Endpoint[];
  readonly ssh?: SshOptions;
  /** TCP and, for SSH, the key exchange. Default 15,000. */
  readonly connectTimeoutMs?: number;
  /** From the first login packet to the shell (SSH). Default 20,000. */
  readonly authTimeoutMs?: number;
}
