import { Socket } from 'node:net';
import { NetwrightError, systemClock } from '#core';
import { performControl } from './control-device.ts';
import { DelayedSocket } from './delayed-socket.ts';
import { SimulatedDevice } from './device.ts';
import type { ControlCall } from './device-control.ts';
import { DialoguePlayer, loadDialogues } from './dialogue.ts';
import { type DeviceSpec, planFleet } from './fleet.ts';
import { ApiServer, apiModelOf } from './http/api-server.ts';
import type { LabOptions } from './lab.ts';
import { Listener } from './listener.ts';
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

/** What only simulated devices can be asked for. */
const ofSimulations = ['platforms', 'telnetShare', 'configBytes', 'faults', 'apis'] as const;

/** The plan of the whole lab, the same in every process. */
export async function planLab(options: PlainLabOptions): Promise<DeviceSpec[]> {
  if (options.dialogues === undefined) return planFleet(options);
  const asked = ofSimulations.filter((name) => options[name] !== undefined && options[name] !== false);
  if (asked.length > 0) {
    throw new NetwrightError(
      'NW_LAB_FAILED',
      `a dialogue is played as it was recorded: ${asked.join(', ')} cannot be had`,
      {
        hint: 'leave them out, or play simulated devices without `--dialogues`',
      },
    );
  }
  return (await loadDialogues(options.dialogues, options)).map((dialogue) => dialogue.spec);
}

/** Where one device of the plan is served. */
export interface StartedDevice {
  readonly index: number;
  readonly port: number;
  readonly apiPort?: number;
}

/** The devices that one process serves: every `step`th of the plan, from `first` on. */
export class LabHost {
  readonly #options: PlainLabOptions;
  readonly #first: number;
  readonly #step: number;
  readonly #players = new Map<number, Player>();
  readonly #listeners: Listener[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #ssh = new SshServers();
  #asked = 0;

  constructor(options: PlainLabOptions, first: number, step: number) {
    this.#options = options;
    this.#first = first;
    this.#step = step;
  }

  /** Listens for all its devices and resolves with the ports of each: of its command line, and of its API, if any. */
  async start(): Promise<StartedDevice[]> {
    const isMine = (spec: DeviceSpec): boolean => spec.index % this.#step === this.#first;
    const { dialogues, configBytes = 4_000 } = this.#options;
    if (dialogues !== undefined) {
      for (const loaded of await loadDialogues(dialogues, this.#options)) {
        if (isMine(loaded.spec)) this.#players.set(loaded.spec.index, new DialoguePlayer(loaded));
      }
    } else {
      for (const spec of planFleet(this.#options).filter(isMine)) {
        const device = new SimulatedDevice(spec, findPersona(spec.persona), configBytes, systemClock);
        this.#players.set(spec.index, new SimulatedPlayer(device));
      }
    }
    const mine = [...this.#players];
    const ports: StartedDevice[] = [];
    for (let at = 0; at < mine.length; at += startedAtOnce) {
      const batch = mine.slice(at, at + startedAtOnce).map(async ([index, player]): Promise<StartedDevice> => {
        const port = player.spec.fault === 'refused' ? await silentPort(index) : await this.#listen(player);
        const apiPort = await this.#listenForApi(index, player);
        return { index, port, ...(apiPort === undefined ? {} : { apiPort }) };
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

  control(index: number, call: ControlCall): unknown {
    return performControl(this.#device(index), call);
  }

  async stop(): Promise<void> {
    for (const player of this.#players.values()) player.device?.stop();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#listeners.map((listener) => listener.stop()));
    this.#listeners.length = 0;
    this.#players.clear();
  }

  #device(index: number): SimulatedDevice {
    const player = this.#players.get(index);
    if (player instanceof SimulatedPlayer) return player.device;
    throw new NetwrightError('NW_LAB_FAILED', 'a dialogue that is played has no configuration to show or change');
  }

  async #listen(player: Player): Promise<number> {
    const listener = new Listener(player.spec.name, (socket) => this.#accept(player, socket));
    this.#listeners.push(listener);
    const port = await listener.start(() => this.#nextPort());
    player.device?.whenReachable((isReachable) => listener.serve(isReachable));
    return port;
  }

  /** The port of the API of a device; undefined where its system has none, or nobody asked for them. */
  async #listenForApi(index: number, { device, spec }: Player): Promise<number | undefined> {
    const model = this.#options.apis === true ? apiModelOf(spec.platform) : undefined;
    if (device === undefined || model === undefined) return undefined;
    if (spec.fault === 'refused') return await silentPort(index + 1);
    const server = new ApiServer(device, model);
    const listener = new Listener(`${spec.name} (${model.protocol})`, (socket) => {
      this.#keep(socket);
      if (spec.fault === 'mute') socket.resume();
      else server.accept(socket);
    });
    this.#listeners.push(listener);
    const port = await listener.start(() => this.#nextPort());
    device.whenReachable((isReachable) => listener.serve(isReachable));
    return port;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
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
    this.#keep(socket);
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
