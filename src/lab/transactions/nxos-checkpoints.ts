import { confirmedOf } from '../confirmed-commit.ts';
import type { SimulatedDevice } from '../device.ts';
import { patchLines } from '../negation.ts';
import type { PersonaCommand } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { diffTexts } from '../section-tree.ts';
import { volatile } from '../volatile.ts';
import { type FlashManners, flashCommands, flashRead, isRunning, isStartup } from './flash.ts';
import { replaceWith } from './whole-text.ts';

const mostCheckpoints = 10;
const schemes = ['atomic', 'best-effort', 'stop-at-first-failure'] as const;
type Scheme = (typeof schemes)[number];

interface Checkpoint {
  readonly text: string;
  readonly atMs: number;
  readonly user: string;
  readonly description: string;
}

interface LastRun {
  readonly name: string;
  readonly isReplace: boolean;
  readonly scheme: Scheme;
  readonly ok: boolean;
  readonly log: string;
}

class NxosCheckpoints {
  readonly kept = new Map<string, Checkpoint>();
  last: LastRun | undefined;
}

const makeCheckpoints = (): NxosCheckpoints => new NxosCheckpoints();
const checkpointsOf = (device: SimulatedDevice): NxosCheckpoints => device.part(makeCheckpoints);

/** A checkpoint as a file holds it: its own header, which no `show running-config` has. */
const asFile = (device: SimulatedDevice, text: string): string =>
  device.now(`\n!Command: Checkpoint cmd vdc 1\n!Time: ${volatile('ctime')}\n\n${text}\n`);

const withoutHeader = (text: string): string => text.replace(/^(?:\s*!.*\n|\s*\n)+/, '').replace(/\n+$/, '\n');

const manners: FlashManners = {
  modes: ['privileged'],
  copied: 'Copy complete, now saving to disk (please wait)...\nCopy complete.\n',
  saved:
    '[########################################] 100%\nCopy complete, now saving to disk (please wait)...\nCopy complete.\n',
  missing: () => 'No such file or directory\n',
  full: 'No space left on device\n',
  refused: ({ line }) => `Syntax error while parsing '${line}'\n\n`,
  listing: (device, names) =>
    `${names
      .map(
        (name) =>
          `${String(device.files.read(name)!.length).padStart(11)}    ${new Date(device.files.atMs(name)).toUTCString().slice(8, 11)} ${new Date(device.files.atMs(name)).toISOString().slice(8, 10)} ${new Date(device.files.atMs(name)).toISOString().slice(11, 19)} ${new Date(device.files.atMs(name)).getUTCFullYear()}  ${name}\n`,
      )
      .join(
        '',
      )}\nUsage for bootflash://sup-local\n${String(device.files.system.totalBytes - device.files.freeBytes).padStart(12)} bytes used\n${String(device.files.freeBytes).padStart(12)} bytes free\n${String(device.files.system.totalBytes).padStart(12)} bytes total\n`,
};

function save(device: SimulatedDevice, user: string, words: readonly string[]): Reply {
  const { kept } = checkpointsOf(device);
  const [first = '', ...rest] = words;
  if (first === 'file') {
    const name = rest[0] ?? '';
    return {
      text: device.files.write(name, asFile(device, device.running.text), device.time.now())
        ? 'Done\n'
        : 'ERROR: No space left on device\n',
    };
  }
  if (kept.has(first)) return { text: `ERROR: ${first}: checkpoint with this name already exists\n` };
  const own = [...kept.keys()];
  if (own.length >= mostCheckpoints) kept.delete(own[0]!);
  const description = rest[0] === 'description' ? rest.slice(1).join(' ') : '';
  kept.set(first, { text: device.running.text, atMs: device.time.now(), user, description });
  return { text: '..Done\n' };
}

/** `checkpoint X`, `file X`, `running-config`, `startup-config`, taken off the front of the words. */
function takeSource(device: SimulatedDevice, words: string[]): string | undefined {
  const kind = words.shift() ?? '';
  if (isRunning(kind)) return device.running.text;
  if (isStartup(kind)) return device.startup;
  const name = words.shift() ?? '';
  if (kind === 'checkpoint') return checkpointsOf(device).kept.get(name)?.text;
  if (kind !== 'file') return undefined;
  const file = device.files.text(name);
  return file === undefined ? undefined : device.marked(withoutHeader(file));
}

function patch(device: SimulatedDevice, words: readonly string[]): Reply {
  const rest = [...words];
  const [from, to] = [takeSource(device, rest), takeSource(device, rest)];
  if (from === undefined || to === undefined) return { text: 'ERROR: Could not open checkpoint or file\n' };
  const lines = patchLines(diffTexts(from, to, device.persona.edit), device.persona.edit);
  const shown = lines.length === 0 ? 'Rollback Patch is Empty\n' : `!!\n${lines.join('\n')}\n`;
  return { text: `Collecting Running-Config\n#Generating Rollback Patch\n${shown}` };
}

/** Brings the running configuration to another one, by a scheme. @returns what is printed, and whether it worked */
function run(device: SimulatedDevice, name: string, wanted: string, scheme: Scheme, isReplace: boolean): Reply {
  const word = isReplace ? 'Config Replace' : 'Rollback';
  const head = `ADVISORY: ${word} operation started...\nModifying running configuration from another VSH terminal in parallel\nis not recommended, as this may lead to ${word} failure.\n\nCollecting Running-Config\nGenerating Rollback patch for switch profile\nRollback Patch is Empty\nCollecting Running-Config\nGenerating Rollback Patch\n`;
  const before = device.running.text;
  const { text, refused } = replaceWith(device, withoutHeader(wanted));
  const isBroken = device.faults.has('rollback-fails');
  const note = (ok: boolean, log: string): void => {
    checkpointsOf(device).last = { name, isReplace, scheme, ok, log };
  };
  const changes = diffTexts(before, text, device.persona.edit);
  if (changes.length === 0 && refused.length === 0) {
    note(true, '');
    return {
      text: isReplace
        ? `${head}Rollback Patch is Empty\n\nConfigure replace completed successfully.\n`
        : `${head}Rollback Patch is Empty\n`,
    };
  }
  const failed = isBroken ? patchLines(changes, device.persona.edit).slice(-1) : refused.map(({ line }) => line);
  if (failed.length === 0) {
    device.running.set(text);
    note(true, patchLines(changes, device.persona.edit).join('\n'));
    const tail = isReplace
      ? "Configure replace completed successfully. Please run 'show config-replace log exec' to see if there is any configuration that requires reload to take effect.\n"
      : 'Rollback completed successfully.\n';
    return {
      text: `${head}Executing Rollback Patch\nDuring CR operation,will retain L3 configuration\nwhen vrf member change on interface\nGenerating Running-config for verification\nGenerating Rollback Patch\n\n${tail}`,
    };
  }
  const log = failed.map((line) => `Syntax error while parsing '${line}'`).join('\n');
  note(false, log);
  // Best effort goes on after a failure; the first failure ends the others, and atomic takes back what was done.
  if (scheme === 'best-effort' && !isBroken) device.running.set(text);
  const tail = isReplace
    ? "Configure replace failed. Use 'show config-replace log exec' to see reasons for failure\n"
    : "Rollback failed. Use 'show rollback log exec' to see reasons for failure\n";
  const undone = scheme === 'atomic' ? 'Rolling back to previous configuration is successful\n' : '';
  return { text: `${head}Executing Rollback Patch\n${log}\n\nRollback aborted\n${undone}\n${tail}` };
}

function rollback(device: SimulatedDevice, words: readonly string[]): Reply {
  const rest = [...words];
  const [kind = '', name = ''] = rest;
  const wanted = takeSource(device, rest);
  if (wanted === undefined)
    return {
      text: kind === 'checkpoint' ? `ERROR: Checkpoint ${name} does not exist\n` : 'ERROR: Could not open file\n',
    };
  const scheme = schemes.find((known) => rest.includes(known)) ?? 'atomic';
  return run(device, name, wanted, scheme, false);
}

function replace(device: SimulatedDevice, words: readonly string[]): Reply {
  const [name = '', ...options] = words;
  if (name === 'commit') {
    const isPending = confirmedOf(device).confirm();
    return { text: isPending ? '' : 'ERROR: No config replace operation is pending commit\n' };
  }
  const file = flashRead(device, name, manners);
  if (file === undefined) return { text: 'ERROR: Could not open file\n' };
  const wanted = withoutHeader(device.marked(file));
  if (!/^version /m.test(wanted))
    return { text: 'ERROR: Version mismatch between user file and running configuration\n' };
  const { refused } = replaceWith(device, wanted);
  if (options.includes('verify-only')) {
    return {
      text:
        refused.length === 0
          ? 'Patch validation completed successful\n'
          : `${refused.map(({ line }) => `Syntax error while parsing '${line}'\n`).join('')}Patch validation failed\n`,
    };
  }
  const at = options.indexOf('commit-timeout');
  const seconds = at < 0 ? undefined : Number(options[at + 1]);
  if (seconds !== undefined && !(seconds >= 30 && seconds <= 3_600))
    return { text: "% Invalid number, range is (30:3600) at '^' marker.\n" };
  const before = device.running.text;
  const checks = 'Version match between user file and running configuration.\nPre-check for User config PASSED\n';
  const reply = run(device, name, wanted, options.includes('best-effort') ? 'best-effort' : 'atomic', true);
  if (seconds !== undefined && checkpointsOf(device).last?.ok === true)
    confirmedOf(device).start(before, seconds * 1_000, () => {});
  return { ...reply, text: `${checks}${reply.text ?? ''}` };
}

function showLast(device: SimulatedDevice, isLog: boolean): Reply {
  const { last } = checkpointsOf(device);
  if (last === undefined) return { text: isLog ? 'ERROR: Log Not Available\n' : 'No rollback operation performed\n' };
  return {
    text: `Operation            : ${last.isReplace ? 'Config-replace to user config' : `Rollback to Checkpoint`}\nCheckpoint file name : ${last.name}\nScheme               : ${last.scheme}\n${isLog ? `\n${last.log}\n` : ''}Status               : ${last.ok ? 'Success' : 'Failed'}\n`,
  };
}

function showCheckpoints(device: SimulatedDevice, name?: string): Reply {
  const { kept } = checkpointsOf(device);
  if (name !== undefined) {
    const found = kept.get(name);
    if (found === undefined) return { text: `ERROR: Checkpoint ${name} does not exist\n` };
    return { text: `${'-'.repeat(80)}\nName: ${name}\n${asFile(device, found.text)}` };
  }
  const rows = [...kept].map(
    ([own, { text, atMs, user, description }], nth) =>
      `${nth + 1}) ${own}:\nCreated by ${user}\nCreated at ${new Date(atMs).toUTCString()}\nSize is ${text.length} bytes\nUser Checkpoint Summary\nDescription: ${description === '' ? 'None' : description}\n`,
  );
  return { text: rows.length === 0 ? '' : `User Checkpoint Summary\n${'-'.repeat(80)}\n${rows.join('\n')}` };
}

/** Checkpoints, rollbacks and `configure replace` of NX-OS 9.3. */
export const nxosCheckpoints: readonly PersonaCommand[] = [
  ...flashCommands(manners),
  { words: 'checkpoint *', run: ({ device, user }, words) => save(device, user, words) },
  {
    words: 'no checkpoint *',
    run: ({ device }, [name = '']) =>
      checkpointsOf(device).kept.delete(name) ? {} : { text: `ERROR: Checkpoint ${name} does not exist\n` },
  },
  {
    words: 'clear checkpoint database',
    run: ({ device }) => {
      checkpointsOf(device).kept.clear();
      return { text: '.Done\n' };
    },
  },
  { words: 'show checkpoint', run: ({ device }) => showCheckpoints(device) },
  { words: 'show checkpoint summary', run: ({ device }) => showCheckpoints(device) },
  { words: 'show checkpoint *', run: ({ device }, [name]) => showCheckpoints(device, name) },
  { words: 'rollback running-config *', run: ({ device }, words) => rollback(device, words) },
  { words: 'show diff rollback-patch *', run: ({ device }, words) => patch(device, words) },
  { words: 'configure replace *', in: ['privileged'], run: ({ device }, words) => replace(device, words) },
  { words: 'show rollback log exec', run: ({ device }) => showLast(device, true) },
  { words: 'show rollback status', run: ({ device }) => showLast(device, false) },
  { words: 'show config-replace log exec', run: ({ device }) => showLast(device, true) },
  { words: 'show config-replace status', run: ({ device }) => showLast(device, false) },
  {
    words: 'reload',
    in: ['privileged'],
    run: ({ device }) => ({
      ask: {
        text: 'This command will reboot the system. (y/n)?  [n] ',
        answered: (answer) => {
          if (!/^y/i.test(answer)) return {};
          device.reboot();
          return { isSilent: true };
        },
      },
    }),
  },
];
