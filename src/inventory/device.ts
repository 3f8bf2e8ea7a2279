import type { AlgorithmPolicy, CertificatePolicy, HostKeyPolicy, Protocol } from '#transport';

/** How a device is reached, beyond address and port. Every key may stand in a device, a group or the defaults. */
export interface ConnectionOptions {
  readonly connectTimeoutMs?: number;
  readonly authTimeoutMs?: number;
  readonly promptTimeoutMs?: number;
  readonly commandTimeoutMs?: number;
  readonly maxOutputBytes?: number;
  readonly keepaliveMs?: number;
  readonly hostKeys?: HostKeyPolicy;
  readonly algorithms?: AlgorithmPolicy;
  /** Path of an OpenSSH client configuration to honour. */
  readonly sshConfig?: string;
  /** Tried when `transport` is refused: `telnet`. Port 23 unless `fallbackPort` says otherwise. */
  readonly fallback?: Protocol;
  readonly fallbackPort?: number;
}

/** Ways to ask a device as a program does, besides its command line. */
export const apiProtocols = ['netconf', 'eapi', 'nxapi', 'restconf'] as const;
export type ApiProtocol = (typeof apiProtocols)[number];

/** How the API of a device is reached. Every key may stand in a device, a group or the defaults. */
export interface ApiOptions {
  /** The API that facts are asked of. Without it they are asked at the command line. */
  readonly protocol?: ApiProtocol;
  /** Default 830, then the SSH port, for netconf; 443 for the others, 80 without TLS. */
  readonly port?: number;
  /** False for HTTP in the clear. Default true. */
  readonly tls?: boolean;
  /** What to do about the certificate. Default `accept-new`: trust on first use, refuse a changed one. */
  readonly certificates?: CertificatePolicy;
  /** The one certificate to accept: `SHA256:AB:CD:…`. */
  readonly fingerprint?: string;
  /** How NX-API is spoken. Default `json-rpc`. */
  readonly dialect?: 'json-rpc' | 'ins_api';
}

/** A device with everything that its groups and the defaults give it, resolved. */
export interface Device {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Canonical platform id, or `auto`. */
  readonly platform: string;
  readonly transport: Protocol;
  readonly credential?: string;
  /** Names of the devices to pass, in order. Hops of hops are not followed: the list is the whole way. */
  readonly jump: readonly string[];
  readonly site?: string;
  readonly role?: string;
  readonly tags: readonly string[];
  /** All groups, depth-first, the nearest first. */
  readonly groups: readonly string[];
  /** Whole job of this device; absent: the run's own. */
  readonly timeoutMs?: number;
  /** False: a backup leaves it out, and does not take it for one that is gone. */
  readonly backup?: boolean;
  readonly connection: ConnectionOptions;
  readonly api?: ApiOptions;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where it was written, for messages. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** A mistake in a file, or something doubtful. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Inventory {
  readonly devices: ReadonlyMap<string, Device>;
  readonly problems: readonly Problem[];
  /** @throws NetwrightError `NW_DEVICE_UNKNOWN` with a suggestion. */
  get(name: string): Device;
  /** Devices that the expression matches, in the order of the inventory. @throws `NW_SELECT_INVALID`, `NW_SELECT_EMPTY`. */
  select(expression?: string): readonly Device[];
}
