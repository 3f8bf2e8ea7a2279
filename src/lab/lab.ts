import type { DeviceControl } from './device-control.ts';

/** What a simulated device does wrong. */
export const faultKinds = [
  'slow', // answers a line every 100 ms
  'cut', // closes in the middle of the configuration
  'truncated', // leaves the end of the configuration out, then prompts as if all were well
  'wrong-password', // refuses every login
  'changed-key', // another host key from the second connection on
  'endless', // the configuration never stops
  'garbage', // random bytes instead of answers
  'no-prompt', // accepts the login, then says nothing
  'reset', // resets the connection after the login
  'mute', // accepts TCP and says nothing at all
  'refused', // nothing listens on its port
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface LabDevice {
  readonly name: string;
  readonly platform: string;
  readonly vendor: string;
  readonly transport: 'ssh' | 'telnet';
  readonly host: string;
  readonly port: number;
  readonly site: string;
  /** `edge`, `core`, `pe`, `access`, `distribution`, `datacenter`, `firewall`, `server`. */
  readonly role: string;
  readonly user: string;
  readonly password: string;
  readonly enable?: string;
  readonly fault?: FaultKind;
  /** The API that it serves, where the lab was asked for them: eAPI and NX-API on a port of their own, NETCONF on that of SSH. */
  readonly api?: { readonly protocol: 'eapi' | 'nxapi' | 'netconf'; readonly port: number };
}

export interface LabOptions {
  /** How many devices. Default 24. */
  readonly devices?: number;
  /** Platform ids to draw from, in turn. Default: all that the lab can play. */
  readonly platforms?: readonly string[];
  /** Share of devices that speak Telnet, 0 to 1. Default 0.2 of those whose platform can. */
  readonly telnetShare?: number;
  /** Delay before each answer, one way. Default 0. */
  readonly latencyMs?: number;
  /** Size of the configurations, roughly. Default 4,000 bytes; up to 1,000,000. */
  readonly configBytes?: number;
  /** `{ cut: 0.02, mute: 0.01 }`: share of devices with that fault. */
  readonly faults?: Partial<Record<FaultKind, number>>;
  readonly seed?: number;
  /** Serve eAPI and NX-API over HTTPS too, and say so and of NETCONF in the inventory. Default false. */
  readonly apis?: boolean;
  /** Server processes; default one per 500 devices, at most the number of cores. 0: in this process (tests). */
  readonly processes?: number;
  /** A folder of YAML dialogue files, one device each, in place of `devices`/`platforms`. */
  readonly dialogues?: string;
  readonly signal?: AbortSignal;
}

export interface Lab extends AsyncDisposable {
  readonly devices: readonly LabDevice[];
  /** Changes the running configuration of a device, as somebody at its console would; returns a sentence of what changed. */
  change(device: string): Promise<string>;
  /** The running configuration as the device would print it now. */
  runningConfig(device: string): Promise<string>;
  /** What a test may see and do of one device. @throws NetwrightError `NW_DEVICE_UNKNOWN` */
  device(name: string): DeviceControl;
  stop(): Promise<void>;
}
