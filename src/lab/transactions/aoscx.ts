import { canonicalText } from '../canonical.ts';
import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import { unifiedText } from '../line-diff.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';

const minuteMs = 60_000;
const mostCheckpoints = 32;
const done = 'Copying configuration: [Success]\n';
const failed = 'Copying configuration: [Failed]\n';

interface Checkpoint {
  readonly text: string;
  readonly atMs: number;
  readonly user: string;
  readonly kind: 'checkpoint' | 'auto';
}

class AoscxCheckpoints {
  readonly kept = new Map<string, Checkpoint>();
}

const makeCheckpoints = (): AoscxCheckpoints => new AoscxCheckpoints();
const keptOf = (device: SimulatedDevice): Map<string, Checkpoint> => device.part(makeCheckpoints).kept;

const isRunning = (name: string): boolean => name.length > 2 && 'running-config'.startsWith(name);
const isStartup = (name: string): boolean => name.length > 2 && 'startup-config'.startsWith(name);

function textOf(device: SimulatedDevice, name: string): string | undefined {
  if (isRunning(name)) return device.running.text;
  return isStartup(name) ? device.startup : keptOf(device).get(name)?.text;
}

function keep(device: SimulatedDevice, name: string, user: string, text: string, kind: Checkpoint['kind']): boolean {
  const kept = keptOf(device);
  if (kept.size >= mostCheckpoints && !kept.has(name)) return false;
  kept.set(name, { text, atMs: device.time.now(), user, kind });
  return true;
}

function copy(device: SimulatedDevice, user: string, words: readonly string[]): Reply {
  const rest = [...words];
  const take = (): { readonly isCheckpoint: boolean; readonly name: string } => {
    const first = rest.shift() ?? '';
    return first === 'checkpoint'
      ? { isCheckpoint: true, name: rest.shift() ?? '' }
      : { isCheckpoint: false, name: first };
  };
  const [from, to] = [take(), take()];
  const text = textOf(device, from.name);
  if (text === undefined) return { text: `Checkpoint ${from.name} does not exist.\n` };
  if (to.isCheckpoint) {
    if (keptOf(device).has(to.name)) return { text: `Checkpoint ${to.name} already exists.\n` };
    return {
      text: keep(device, to.name, user, text, 'checkpoint') ? done : 'Maximum number of checkpoints reached.\n',
    };
  }
  if (isStartup(to.name)) {
    device.startup = text;
    if (isRunning(from.name)) device.save();
    return { text: done };
  }
  if (!isRunning(to.name)) return { text: `Invalid input: ${to.name}\n` };
  return restore(device, text);
}

function restore(device: SimulatedDevice, text: string): Reply {
  if (device.faults.has('rollback-fails')) return { text: failed };
  device.running.set(canonicalText(device, text));
  return { text: done };
}

/** `checkpoint auto 5`: five minutes later the switch is as it is now, unless that is confirmed. */
function auto(device: SimulatedDevice, user: string, [typed = '']: readonly string[]): Reply {
  const confirmed = confirmedOf(device);
  if (typed === 'confirm') {
    if (!confirmed.confirm()) return { text: 'Auto checkpoint mode is not enabled.\n' };
    const name = `AUTO${new Date(device.time.now()).toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
    keep(device, name, user, device.running.text, 'auto');
    return { text: `checkpoint ${name} created\n` };
  }
  const minutes = Number(typed);
  if (!(minutes >= 1 && minutes <= 60)) return { text: `Invalid input: ${typed}\n` };
  if (confirmed.isPending) return { text: 'Auto checkpoint mode is already enabled.\n' };
  confirmed.start(device.running.text, minutes * minuteMs, () => {});
  return { text: `Auto checkpoint mode expires in ${minutes} minute(s)\n` };
}

function diff(device: SimulatedDevice, [one = '', other = '']: readonly string[]): Reply {
  const [older, newer] = [textOf(device, one), textOf(device, other)];
  if (older === undefined || newer === undefined)
    return { text: `Checkpoint ${older === undefined ? one : other} does not exist.\n` };
  const text = unifiedText(older, newer, `/tmp/chkpt1${one}`, `/tmp/chkpt2${other}`);
  return { text: text === '' ? 'No difference in configs.\n' : device.still(text) };
}

function list(device: SimulatedDevice): Reply {
  const rows = [...keptOf(device)].map(
    ([name, { kind, user, atMs }]) =>
      `${name.padEnd(40)} ${kind.padEnd(10)} ${user.padEnd(10)} ${new Date(atMs).toISOString().slice(0, 19)}Z  FL.10.10.1050\n`,
  );
  return {
    text: `NAME                                     TYPE       WRITER     DATE(YYYY/MM/DD)      IMAGE VERSION\n${rows.join('')}`,
  };
}

const inManager = ['manager'] as const;

/** Checkpoints of AOS-CX 10.10. */
export const aoscxCheckpoints: readonly PersonaCommand[] = [
  { words: 'copy *', in: inManager, run: ({ device, user }, words) => copy(device, user, words) },
  { words: 'checkpoint auto *', in: inManager, run: ({ device, user }, words) => auto(device, user, words) },
  { words: 'checkpoint diff *', in: inManager, run: ({ device }, words) => diff(device, words) },
  {
    words: 'checkpoint rollback *',
    in: inManager,
    run: ({ device }, [name = '']) => {
      const text = textOf(device, name);
      return text === undefined ? { text: `Checkpoint ${name} does not exist.\n` } : restore(device, text);
    },
  },
  {
    words: 'checkpoint rename *',
    in: inManager,
    run: ({ device }, [from = '', to = '']) => {
      const kept = keptOf(device);
      const found = kept.get(from);
      if (found === undefined || kept.has(to))
        return { text: `Checkpoint ${found === undefined ? `${from} does not exist` : `${to} already exists`}.\n` };
      kept.delete(from);
      kept.set(to, found);
      return {};
    },
  },
  {
    words: 'no checkpoint *',
    in: inManager,
    run: ({ device }, [name = '']) =>
      keptOf(device).delete(name) ? {} : { text: `Checkpoint ${name} does not exist.\n` },
  },
  {
    words: 'erase checkpoint *',
    in: inManager,
    run: ({ device }, [name = '']) =>
      keptOf(device).delete(name) ? {} : { text: `Checkpoint ${name} does not exist.\n` },
  },
  { words: 'show checkpoint', in: inManager, run: ({ device }) => list(device) },
  { words: 'show checkpoint list [all]', in: inManager, run: ({ device }) => list(device) },
  {
    words: 'show checkpoint *',
    in: inManager,
    run: ({ device }, [name = '']) => {
      const text = textOf(device, name);
      return text === undefined
        ? { text: `Checkpoint ${name} does not exist.\n` }
        : { text: `Checkpoint configuration:\n${text}`, isConfiguration: true };
    },
  },
  {
    words: 'show startup-config',
    in: inManager,
    run: ({ device }) => ({ text: `Startup configuration:\n${device.startup}`, isConfiguration: true }),
  },
  {
    words: 'boot system',
    in: inManager,
    run: ({ device }) => ({
      ask: {
        text: 'Continue (y/n)? ',
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
