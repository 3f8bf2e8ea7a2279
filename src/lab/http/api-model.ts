import type { SimulatedDevice } from '../device.ts';
import { Interpreter } from '../interpreter.ts';

/** What an API answers: a status and what is sent as JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly content: unknown;
}

/** The API of one system. */
export interface ApiModel {
  readonly protocol: 'eapi' | 'nxapi';
  /** The one path that it answers. */
  readonly path: string;
  answer(device: SimulatedDevice, request: unknown): ApiAnswer;
}

/** What a command came to. */
export type CommandResult =
  | { readonly text: string }
  | { readonly error: string }
  /** The line is gone, the device hangs, or restarts: nobody is answered. */
  | { readonly lost: 'cut' | 'hang' };

/** The commands of one request, typed one after the other in one session: modes entered stay entered. */
export class ApiSession {
  readonly #device: SimulatedDevice;
  readonly #session: Interpreter;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    this.#session = new Interpreter(device, 'ssh');
    this.#session.skipEnable();
  }

  run(command: string, input?: string): CommandResult {
    this.#device.remember(command);
    const fate = this.#device.faults.onLine(command);
    if (fate.next === 'reboot') {
      this.#device.reboot(fate.downMs);
      return { lost: 'cut' };
    }
    if (fate.isLost === true) return { lost: fate.next === 'hang' ? 'hang' : 'cut' };
    let reply = this.#session.line(command);
    if (reply.ask !== undefined && input !== undefined) reply = reply.ask.answered(input);
    this.#session.keep();
    if (fate.next !== undefined) return { lost: fate.next === 'hang' ? 'hang' : 'cut' };
    if (reply.ask !== undefined) return { error: 'Command requires input' };
    const text = this.#device.now(reply.text ?? '').replaceAll('\r\n', '\n');
    // The caret of the command line stands above its complaint.
    const complaint = /^(?:\s*\^\s*\n)?(% ?\S.*)/.exec(text)?.[1];
    return complaint === undefined ? { text } : { error: complaint };
  }

  close(): void {
    this.#session.close();
  }
}

/** A request whose answer never comes. */
export class LostRequest extends Error {
  readonly how: 'cut' | 'hang';

  constructor(how: 'cut' | 'hang') {
    super(how);
    this.name = 'LostRequest';
    this.how = how;
  }
}

/** Steps into what a client sent. */
export function part(value: unknown, ...path: readonly (string | number)[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** A text in what a client sent; empty where there is none. */
export function textPart(value: unknown, ...path: readonly (string | number)[]): string {
  const found = part(value, ...path);
  return typeof found === 'string' ? found : '';
}
