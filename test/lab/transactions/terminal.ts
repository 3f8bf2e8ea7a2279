import { afterAll, beforeAll } from 'vitest';
import { type DeviceControl, type Lab, type LabDevice, startLab } from '../../../src/lab/index.ts';
import type { Conversation } from '../conversation.ts';
import { enter } from '../dialogues.ts';

/** A prompt or a question at the end of what came. */
const waits = /(?:^|[\r\n])[^\r\n]{0,400}(?:[#>$\]%] ?|[?:)] ?|password: ?)(?:\x1b\[[0-9;?]*[a-zA-Z])*$/i;

/** Somebody at a terminal: types a line, reads up to the next prompt or question. */
export interface Operator {
  /** The answer without the echo, line ends `\n`, the prompt at its end. */
  readonly ask: (line: string, until?: RegExp) => Promise<string>;
  /** Several lines one after the other; the last answer. */
  readonly all: (...lines: readonly string[]) => Promise<string>;
  /** A key without Enter. */
  readonly key: (key: string, until?: RegExp) => Promise<string>;
  readonly talk: Conversation;
}

export async function operator(device: LabDevice): Promise<Operator> {
  const talk = await enter(device, 5_000);
  const ask = async (line: string, until: RegExp = waits): Promise<string> => {
    talk.send(/^[\x03\x04\x18\x1a]$/.test(line) ? line : `${line}\n`);
    const text = (await talk.until(until))
      .replaceAll(/\x1b\[[0-9;?]*[a-zA-Z]|\x07/g, '')
      .replaceAll('\r\n', '\n')
      .replaceAll('\r', '');
    return text.startsWith(`${line}\n`) ? text.slice(line.length + 1) : text;
  };
  return {
    ask,
    all: async (...lines) => {
      let last = '';
      for (const line of lines) last = await ask(line);
      return last;
    },
    key: async (key, until = waits) => {
      talk.send(key);
      return await talk.until(until);
    },
    talk,
  };
}

export interface Bench {
  readonly lab: Lab;
  readonly device: LabDevice;
  readonly control: DeviceControl;
  /** Another terminal, whose connection is closed with the lab. */
  readonly login: () => Promise<Operator>;
}

/** One fresh device of a platform for each call of `fresh`, all in one lab that ends with the tests of the file. */
export function benchOf(platform: string, count = 12): () => Bench {
  let lab: Lab;
  let next = 0;
  beforeAll(async () => {
    lab = await startLab({ devices: count, processes: 0, platforms: [platform], telnetShare: 0 });
  });
  afterAll(async () => {
    await lab?.stop();
  });
  return () => {
    const device = lab.devices[next]!;
    next += 1;
    return { lab, device, control: lab.device(device.name), login: async () => await operator(device) };
  };
}
