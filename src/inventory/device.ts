import type { AlgorithmPolicy, HostKeyPolicy, Protocol } from '#transport';

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
