import type { SimulatedDevice } from './device.ts';
import type { Player, Terminal, TerminalOptions } from './player.ts';
import { Shell } from './shell.ts';
import type { Wire } from './tty.ts';

/** A simulated device on a port. */
export class SimulatedPlayer implements Player {
  readonly device: SimulatedDevice;
  connections = 0;

  constructor(device: SimulatedDevice) {
    this.device = device;
  }

  admits(user: string, password: string | undefined): boolean {
    return this.device.admits(user, password);
  }

  get spec(): Player['spec'] {
    return this.device.spec;
  }

  get ssh(): Player['ssh'] {
    return this.device.persona.ssh;
  }

  get telnetEchoesWhenAsked(): boolean {
    return this.device.persona.telnet?.echo === 'when asked';
  }

  open(wire: Wire, options: TerminalOptions): Terminal {
    return new Shell(this.device, wire, options);
  }

  exec(line: string): ReturnType<Player['exec']> {
    return Shell.run(this.device, line);
  }
}
