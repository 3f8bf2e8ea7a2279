import { createServer, type Server, Socket } from 'node:net';
import { NetwrightError, systemClock } from '#core';
import { DelayedSocket } from './delayed-socket.ts';
import { SimulatedDevice } from './device.ts';
import { DialoguePlayer, loadDialogues } from './dialogue.ts';
import { type DeviceSpec, planFleet } from './fleet.ts';
import type { LabOptions } from './lab.ts';
import { findPersona } from './personas/index.ts';
import type { Player } from './player.ts';
import { SimulatedPlayer } from './simulated-player.ts';
import { SshServers } from './ssh-server.ts';
import { serveTelnet } from './telnet-server.ts';

/** What can be said between processes. */
export type PlainLabOptions = Omit<LabOptions, 'signal'>;

const loopback = '127.0.0.1';
const startedAtOnce = 250;
/** Linux looks for a free port ever longer when thousands listen: 0.03 ms each for the first 4,000, 0.6 ms at 10,000. */
const quickFreePorts = 4_000;
/** Below the ports that systems hand out by themselves (Linux from 32768, IANA from 49152). */
const numberedPorts = [10_000, 30_000] as const;
/** Where nothing listens, and nothing will. */
const silentPorts = [30_000, 32_700] as const;

/** The plan of the whole lab, the same in every process. */
export async function planLab(options: PlainLabOptions): Promise<DeviceSpec[]> {
  if (options.dialogues === undefined) return planFleet(options);
  return (await loadDialogues(options.dialogues, options)).map((dialogue) => dialogue.spec);
}

/** The devices that one process serves: every `step`th of the plan, from `first` on. */
export class LabHost {
  readonly #options: PlainLabOptions;
  readonly #first: number;
  readonly #step: number;
  readonly #players = new Map<number, Player>();
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();
  readonly #ssh = new SshServers();
  #asked = 0;

  constructor(options: PlainLabOptions, first: number, step: number) {
    this.#options = options;
    this.#first = first;
    this.#step = step;
  }

  /** Listens for all its devices and resolves with `[index, port]` of each. */
  async start(): Promise<[number, number][]> {
    const isMine = (spec: DeviceSpec): boolean => spec.index % this.#step === this.#first;
    const { dialogues, configBytes = 4_000 } = this.#options;
    if (dialogues !== undefined) {
      for (const loaded of await loadDialogues(dialogues, this.#options)) {
        if (isMine(loaded.spec)) this.#players.set(loaded.spec.index, new DialoguePlayer(loaded));
      }
    } else {
      for (const spec of planFleet(this.#options).filter(isMine)) {
        const device = new SimulatedDevice(spec, findPersona(spec.platform), configBytes, systemClock);
        this.#players.set(spec.index, new SimulatedPlayer(device));
      }
    }
    const mine = [...this.#players];
    const ports: [number, number][] = [];
    for (let at = 0; at < mine.length; at += startedAtOnce) {
      const batch = mine.slice(at, at + startedAtOnce).map(async ([index, player]): Promise<[number, number]> => {
        return [index, player.spec.fault === 'refused' ? await silentPort(index) : await this.#listen(player)];
      });
      ports.push(...(await Promise.all(batch)));
    }
    return ports;
  }

  change(index: number): string {
    return this.#device(index).change();
  }

  runningConfig(index: number): string {
    const device = this.#device(index);
    return device.now(device.show(device.persona.shown));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([...this.#servers].map((server) => new Promise<void>((closed) => server.close(() => closed()))));
    this.#servers.clear();
    this.#players.clear();
  }

  #device(index: number): SimulatedDevice {
    const player = this.#players.get(index);
    if (player instanceof SimulatedPlayer) return player.device;
    throw new NetwrightError('NW_LAB_FAILED', 'a dialogue that is played has no configuration to show or change');
  }

  async #listen(player: Player): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(player, socket));
    for (;;) {
      const port = this.#nextPort();
      try {
        await listenOn(server, port);
        break;
      } catch (error) {
        if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
          throw new NetwrightError('NW_LAB_FAILED', `${player.spec.name} cannot listen: ${(error as Error).message}`, {
            cause: error,
          });
        }
      }
    }
    this.#servers.add(server);
    // A listening socket fails only where one cannot accept; the client sees that by itself.
    server.on('error', () => {});
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new NetwrightError('NW_LAB_FAILED', `${player.spec.name}: no TCP port`);
    return address.port;
  }

  /** 0, whichever is free, until that gets slow; then one after the other, each process in a range of its own. */
  #nextPort(): number {
    this.#asked += 1;
    if (this.#asked * this.#step <= quickFreePorts) return 0;
    const span = Math.floor((numberedPorts[1] - numberedPorts[0]) / this.#step);
    const nth = this.#asked - Math.floor(quickFreePorts / this.#step);
    return nth < span ? numberedPorts[0] + this.#first * span + nth : 0;
  }

  #accept(player: Player, socket: Socket): void {
    const { spec } = player;
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    if (spec.fault === 'mute') {
      socket.resume();
      return;
    }
    const latencyMs = this.#options.latencyMs ?? 0;
    // ssh2 and the Telnet server use of a socket only what every duplex stream has.
    const stream = latencyMs > 0 ? (new DelayedSocket(socket, latencyMs) as unknown as Socket) : socket;
    if (spec.transport === 'ssh') this.#ssh.accept(player, socket, stream);
    else serveTelnet(player, socket, stream);
  }
}

/** A port on which nothing listens. */
async function silentPort(index: number): Promise<number> {
  const span = silentPorts[1] - silentPorts[0];
  for (let tried = 0; tried < 200; tried += 1) {
    const port = silentPorts[0] + ((index * 37 + tried * 613) % span);
    if (await isSilent(port)) return port;
  }
  throw new NetwrightError('NW_LAB_FAILED', 'no free port for a device that refuses connections');
}

// A burst of a thousand clients may arrive at one bastion.
function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error): void => {
      server.removeListener('listening', done);
      server.removeListener('error', done);
      if (error === undefined) resolve();
      else reject(error);
    };
    server.once('listening', done);
    server.once('error', done);
    server.listen({ host: loopback, port, backlog: 1024 });
  });
}

function isSilent(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = new Socket();
    socket.once('error', () => answer(true));
    socket.connect({ host: loopback, port }, () => {
      socket.destroy();
      answer(false);
    });
  });
}
