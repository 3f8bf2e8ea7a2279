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

/** The plan of the whole lab, the same in every process. */
export async function planLab(options: PlainLabOptions): Promise<DeviceSpec[]> {
  if (options.dialogues === undefined) return planFleet(options);
  return (await loadDialogues(options.dialogues, options)).map((dialogue) => dialogue.spec);
}

async function players(options: PlainLabOptions): Promise<Player[]> {
  if (options.dialogues !== undefined) {
    return (await loadDialogues(options.dialogues, options)).map((dialogue) => new DialoguePlayer(dialogue));
  }
  const bytes = options.configBytes ?? 4_000;
  return planFleet(options).map(
    (spec) => new SimulatedPlayer(new SimulatedDevice(spec, findPersona(spec.platform), bytes, systemClock)),
  );
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

  constructor(options: PlainLabOptions, first: number, step: number) {
    this.#options = options;
    this.#first = first;
    this.#step = step;
  }

  /** Listens for all its devices and resolves with `[index, port]` of each. */
  async start(): Promise<[number, number][]> {
    const specs = await planLab(this.#options);
    const all = await players(this.#options);
    const mine = specs.filter((spec) => spec.index % this.#step === this.#first);
    const ports: [number, number][] = [];
    for (let at = 0; at < mine.length; at += startedAtOnce) {
      const batch = mine.slice(at, at + startedAtOnce).map(async (spec): Promise<[number, number]> => {
        const player = all[spec.index]!;
        this.#players.set(spec.index, player);
        return [spec.index, spec.fault === 'refused' ? await silentPort(spec.index) : await this.#listen(spec, player)];
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

  async #listen(spec: DeviceSpec, player: Player): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(spec, player, socket));
    this.#servers.add(server);
    await new Promise<void>((listening, failed) => {
      server.once('error', failed);
      // A burst of a thousand clients may arrive at one bastion.
      server.listen({ host: loopback, port: 0, backlog: 1024 }, listening);
    });
    server.on('error', () => {});
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new NetwrightError('NW_LAB_FAILED', `${spec.name}: no TCP port`);
    return address.port;
  }

  #accept(spec: DeviceSpec, player: Player, socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    if (spec.fault === 'mute') {
      socket.resume();
      return;
    }
    const latencyMs = this.#options.latencyMs ?? 0;
    const stream = latencyMs > 0 ? (new DelayedSocket(socket, latencyMs) as unknown as Socket) : socket;
    if (spec.transport === 'ssh') this.#ssh.accept(player, socket, stream);
    else serveTelnet(player, socket, stream);
  }
}

/**
 * A port on which nothing listens, below those that systems hand out by themselves (Linux from 32768, IANA from
 * 49152), so that nothing will.
 */
async function silentPort(index: number): Promise<number> {
  for (let tried = 0; tried < 200; tried += 1) {
    const port = 12_000 + ((index * 37 + tried * 613) % 18_000);
    if (await isSilent(port)) return port;
  }
  throw new NetwrightError('NW_LAB_FAILED', 'no free port for a device that refuses connections');
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
