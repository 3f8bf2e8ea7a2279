import type { SimulatedDevice } from './device.ts';
import type { DeviceSpec } from './fleet.ts';
import type { Wire } from './tty.ts';

/** One open terminal. */
export interface Terminal {
  receive(bytes: Buffer): void;
  resize(rows: number): void;
  echoes: boolean;
  /** The connection is gone. */
  close(): void;
}

export interface TerminalOptions {
  readonly protocol: 'ssh' | 'telnet';
  readonly rows: number;
  readonly echoes: boolean;
  readonly isLoggedIn: boolean;
}

/** What answers on a port: a simulated device, or a dialogue that is played. */
export interface Player {
  /** The user, console options in the name removed, may log in with that password. */
  admits(user: string, password: string | undefined): boolean;
  readonly spec: DeviceSpec;
  readonly ssh: {
    readonly ident: string;
    readonly banner?: string;
    readonly methods?: readonly ('password' | 'keyboard-interactive')[];
    readonly forwards?: boolean;
  };
  /** FastIron's Telnet echoes only when the client asks it to. */
  readonly telnetEchoesWhenAsked: boolean;
  connections: number;
  open(wire: Wire, options: TerminalOptions): Terminal;
  /** One command without a terminal (SSH exec). */
  exec(line: string): { readonly bytes: Buffer; readonly exitCode: number };
  /** The device behind it, where one is simulated. */
  readonly device?: SimulatedDevice;
}
