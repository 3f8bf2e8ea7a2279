import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { abortError, NetwrightError } from '#core';
import type { LabReply, LabRequest } from './control.ts';
import { type ControlCall, deviceControl } from './device-control.ts';
import type { DeviceSpec } from './fleet.ts';
import { LabHost, type PlainLabOptions, planLab, type StartedDevice } from './host.ts';
import { apiModelOf } from './http/api-server.ts';
import type { Lab, LabDevice, LabOptions } from './lab.ts';
import { netconfModelOf } from './netconf/models.ts';

const devicesPerProcess = 500;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A part of the lab: in this process or in one of its own. */
interface Part {
  start(options: PlainLabOptions, first: number, step: number): Promise<StartedDevice[]>;
  change(index: number): Promise<string>;
  runningConfig(index: number): Promise<string>;
  control(index: number, call: ControlCall): Promise<unknown>;
  stop(): Promise<void>;
}

function localPart(): Part {
  let host: LabHost | undefined;
  return {
    async start(options, first, step) {
      host = new LabHost(options, first, step);
      return await host.start();
    },
    change: async (index) => host!.change(index),
    runningConfig: async (index) => host!.runningConfig(index),
    control: async (index, call) => host!.control(index, call),
    stop: async () => await host?.stop(),
  };
}

/** A server process: ends when it is told to, or when this process ends however it may. */
class ProcessPart implements Part {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  #next = 0;
  #isGone = false;

  constructor() {
    const isSource = import.meta.url.endsWith('.ts');
    const entry = fileURLToPath(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url));
    // Inspector and test-runner flags of the parent are not for the child.
    const conditions = isSource
      ? ['--conditions=source']
      : process.execArgv.filter((flag) => flag.startsWith('--conditions'));
    this.#child = fork(entry, [], {
      execArgv: [...conditions, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { PATH: process.env['PATH'] ?? '' },
    });
    this.#child.on('message', (reply: LabReply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(new NetwrightError('NW_LAB_FAILED', reply.error));
      else waiting?.resolve(reply.ok);
    });
    const gone = (why: string): void => {
      this.#isGone = true;
      for (const { reject } of this.#waiting.values()) reject(new NetwrightError('NW_LAB_FAILED', why));
      this.#waiting.clear();
    };
    this.#child.on('exit', (code, signal) =>
      gone(`a server process of the lab ended (${signal ?? `exit code ${code}`})`),
    );
    this.#child.on('error', (error) => gone(`a server process of the lab could not start: ${error.message}`));
  }

  start(options: PlainLabOptions, first: number, step: number): Promise<StartedDevice[]> {
    return this.#ask({ ask: 'start', options, first, step }) as Promise<StartedDevice[]>;
  }

  change(index: number): Promise<string> {
    return this.#ask({ ask: 'change', index }) as Promise<string>;
  }

  runningConfig(index: number): Promise<string> {
    return this.#ask({ ask: 'config', index }) as Promise<string>;
  }

  control(index: number, call: ControlCall): Promise<unknown> {
    return this.#ask({ ask: 'control', index, call });
  }

  async stop(): Promise<void> {
    if (this.#isGone) return;
    const exited = once(this.#child, 'exit');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    this.#child.disconnect();
    await exited;
    clearTimeout(timer);
  }

  #ask(request: WithoutId<LabRequest>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isGone) {
        reject(new NetwrightError('NW_LAB_FAILED', 'a server process of the lab has ended'));
        return;
      }
      const id = this.#next;
      this.#next += 1;
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, ...request }, (error) => {
        if (error === null || !this.#waiting.delete(id)) return;
        reject(new NetwrightError('NW_LAB_FAILED', `a server process of the lab cannot be reached: ${error.message}`));
      });
    });
  }
}

/**
 * Starts simulated devices on 127.0.0.1, one free port each, over real SSH and Telnet. The same options and seed give
 * the same devices with the same configurations; ports differ.
 *
 * The lab ends with `stop()`, with `options.signal`, and with this process, however that ends.
 * @throws NetwrightError `NW_LAB_FAILED` when an option makes no sense or a server process fails; `NW_CANCELLED`.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const { signal, ...plain } = options;
  if (signal?.aborted) throw abortError(signal);
  const specs = await planLab(plain);
  const wanted = options.processes ?? Math.min(Math.ceil(specs.length / devicesPerProcess), availableParallelism());
  const count = Math.max(1, Math.min(wanted, specs.length));
  const parts: Part[] = Array.from({ length: count }, () =>
    options.processes === 0 ? localPart() : new ProcessPart(),
  );
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    signal?.removeEventListener('abort', onAbort);
    stopped ??= Promise.all(parts.map((part) => part.stop())).then(() => {});
    return stopped;
  };
  const onAbort = (): void => void stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  let served: Map<number, StartedDevice>;
  try {
    const started = await Promise.all(parts.map((part, first) => part.start(plain, first, count)));
    served = new Map(started.flat().map((device) => [device.index, device]));
  } catch (error) {
    await stop();
    throw signal?.aborted ? abortError(signal) : error;
  }
  if (signal?.aborted) {
    await stop();
    throw abortError(signal);
  }
  const byName = new Map(specs.map((spec) => [spec.name, spec.index]));
  const find = (name: string): number => {
    const index = byName.get(name);
    if (index === undefined) throw new NetwrightError('NW_DEVICE_UNKNOWN', `the lab has no device "${name}"`);
    return index;
  };
  return {
    devices: specs.map((spec) => labDevice(spec, served.get(spec.index), plain.apis === true)),
    change: async (name) => await parts[find(name) % count]!.change(find(name)),
    runningConfig: async (name) => await parts[find(name) % count]!.runningConfig(find(name)),
    device: (name) => {
      const index = find(name);
      return deviceControl(name, (call) => parts[index % count]!.control(index, call));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function labDevice(spec: DeviceSpec, served: StartedDevice | undefined, tellsApis: boolean): LabDevice {
  const { port = 0, apiPort } = served ?? {};
  const api = tellsApis ? apiOf(spec, port, apiPort) : undefined;
  const { name, platform, vendor, transport, site, role, user, password, enable, needsEnable, fault } = spec;
  return {
    name,
    platform,
    vendor,
    transport,
    host: '127.0.0.1',
    port,
    site,
    role,
    user,
    password,
    ...(needsEnable ? { enable } : {}),
    ...(fault === undefined ? {} : { fault }),
    ...(api === undefined ? {} : { api }),
  };
}

function apiOf({ platform, transport }: DeviceSpec, port: number, apiPort: number | undefined): LabDevice['api'] {
  const model = apiModelOf(platform);
  if (model !== undefined && apiPort !== undefined) return { protocol: model.protocol, port: apiPort };
  return transport === 'ssh' && netconfModelOf(platform) !== undefined ? { protocol: 'netconf', port } : undefined;
}
