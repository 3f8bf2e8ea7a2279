import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { didYouMean, NetwrightError, parseDurationMs } from '#core';
import type { FaultKind } from '#lab';
import { example } from '../example.ts';
import { checkLabFolder, makeLabWorkspace } from '../lab-workspace.ts';
import { argument, count } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { counted, table } from '../table.ts';
import { untilAborted } from '../until-aborted.ts';

export function labCommand(runtime: Runtime) {
  return new Command('lab')
    .description('Simulated devices on this machine, over real SSH and Telnet.')
    .addCommand(upCommand(runtime))
    .addCommand(listCommand(runtime))
    .addCommand(recordCommand(runtime));
}

function upCommand(runtime: Runtime) {
  return new Command('up')
    .description('Bring simulated devices up on loopback until Ctrl-C, with a workspace for them when wanted.')
    .addOption(new Option('-n, --devices <count>', 'how many').argParser(count).default(24))
    .option('--platforms <ids>', 'which platforms, separated by commas (default: all that the lab can play)', list)
    .option('--vendors <names>', 'all platforms of these vendors, separated by commas; --platforms adds to them', list)
    .addOption(
      new Option('--latency <time>', 'delay before each answer, such as 50ms').argParser(argument(parseDurationMs)),
    )
    .addOption(new Option('--telnet <share>', 'share of devices that speak Telnet, 0 to 1').argParser(share))
    .addOption(new Option('--config-bytes <count>', 'size of the configurations').argParser(count))
    .addOption(new Option('--faults <kinds>', 'share of devices with a fault: cut=0.02,mute=0.01').argParser(list))
    .addOption(new Option('--seed <number>', 'the same number gives the same devices').argParser(Number))
    .option('--apis', 'serve eAPI and NX-API over HTTPS too, and say so, and of NETCONF, in the inventory')
    .option('--dialogues <path>', 'play the YAML dialogue files there, or one file, instead: a device each')
    .option(
      '--into <folder>',
      'a workspace there whose inventory is the lab; one that a lab made before is written anew',
    )
    .addHelpText(
      'after',
      example(
        'lab up --devices 100 --into ~/lab',
        'lab up -n 1000 --latency 50ms --faults cut=0.02,wrong-password=0.01',
      ),
    )
    .action(async (flags) => {
      const { screen, signal } = runtime;
      const { faultKinds, labVendors, startLab } = await import('#lab');
      const into = flags.into === undefined ? undefined : resolve(runtime.cwd, flags.into);
      // Nobody wants to wait for a thousand devices to hear that the folder is taken.
      if (into !== undefined) await checkLabFolder(runtime, into);
      await using lab = await startLab({
        devices: flags.devices,
        ...((flags.platforms || flags.vendors) && {
          platforms: [...new Set([...(flags.platforms ?? []), ...platformsOf(flags.vendors ?? [], labVendors)])],
        }),
        ...(flags.latency !== undefined && { latencyMs: flags.latency }),
        ...(flags.telnet !== undefined && { telnetShare: flags.telnet }),
        ...(flags.configBytes !== undefined && { configBytes: flags.configBytes }),
        ...(flags.faults && { faults: readFaults(flags.faults, faultKinds) }),
        ...(flags.seed !== undefined && { seed: flags.seed }),
        ...(flags.apis && { apis: true }),
        ...(flags.dialogues !== undefined && { dialogues: resolve(runtime.cwd, flags.dialogues) }),
        signal,
      });
      screen.document({ devices: lab.devices });
      const { bold, dim } = screen.colors;
      const shown = lab.devices.slice(0, 50);
      screen.print(
        table(
          ['DEVICE', 'VENDOR', 'PLATFORM', 'ADDRESS', 'VIA', 'SITE', 'FAULT'],
          shown.map(({ name, vendor, platform, host, port, transport, site, fault }) => [
            name,
            vendor,
            platform,
            `${host}:${port}`,
            transport,
            site,
            fault ?? '',
          ]),
          bold,
        ),
      );
      if (lab.devices.length > shown.length) screen.print(dim(`and ${lab.devices.length - shown.length} more`));
      const first = lab.devices[0];
      const enable = lab.devices.find((device) => device.enable !== undefined)?.enable;
      if (first) {
        const privileged = enable === undefined ? '' : `, enable ${bold(enable)}`;
        screen.print(`\nuser ${bold(first.user)}, password ${bold(first.password)}${privileged}`);
      }
      if (into !== undefined) {
        const folder = await makeLabWorkspace(runtime, lab, into);
        screen.print(`workspace ${bold(folder)}: netwright backup --workspace ${folder}`);
      }
      screen.note(`${counted(lab.devices.length, 'device')} up; Ctrl-C ends them`);
      await untilAborted(signal);
    });
}

function listCommand(runtime: Runtime) {
  return new Command('list')
    .description('What the lab can play: vendors, platforms, faults.')
    .addHelpText('after', example('lab list'))
    .action(async () => {
      const { screen } = runtime;
      const { faultKinds, labPlatforms, labVendors } = await import('#lab');
      screen.document({ platforms: labVendors, faults: faultKinds });
      const rows = labPlatforms.map((id) => [id, labVendors[id] ?? '']);
      screen.print(table(['PLATFORM', 'VENDOR'], rows, screen.colors.bold));
      screen.print(`\n${screen.colors.bold('FAULTS')}  ${faultKinds.join(', ')}`);
    });
}

function recordCommand(runtime: Runtime) {
  return new Command('record')
    .description('Turn a kept conversation into a dialogue file that the lab plays again.')
    .argument('<transcript>', 'its id')
    .option('-o, --output <file>', 'where to (default: stdout)')
    .addHelpText('after', example('lab record 3f9a -o r1.yaml', 'lab up --dialogues r1.yaml', 'lab up --dialogues .'))
    .action(async (id, { output }) => {
      const { screen } = runtime;
      const { recordDialogue } = await import('#lab');
      const transcript = await (await (await runtime.workspace()).transcripts()).load(id);
      if (transcript === undefined) {
        throw new NetwrightError('NW_USAGE', `no transcript "${id}"`, {
          hint: '`netwright transcript list` lists them',
        });
      }
      const yaml = screen.redactor.redact(recordDialogue(transcript.entries, { platform: transcript.platform }));
      if (output === undefined) screen.printText(yaml);
      else await writeDialogue(resolve(runtime.cwd, output), yaml);
      screen.document({ transcript: transcript.id, ...(output === undefined ? { yaml } : { file: output }) });
      if (output !== undefined) screen.print(`${output}: play it with netwright lab up --dialogues ${output}`);
    });
}

/** @throws NetwrightError `NW_USAGE` when the system does not let it. */
async function writeDialogue(file: string, yaml: string): Promise<void> {
  try {
    await writeFile(file, yaml, { mode: 0o600 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? `there is no folder ${dirname(file)}` : message;
    throw new NetwrightError('NW_USAGE', `--output ${file}: ${why}`, {
      cause: error,
      hint: 'name a file in a folder that is there, or leave --output out for stdout',
    });
  }
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const share = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('expected a number from 0 to 1.');
  return value;
};

/** @throws NetwrightError `NW_USAGE` when a vendor is none of the lab's. */
function platformsOf(vendors: readonly string[], labVendors: Readonly<Record<string, string>>): string[] {
  return vendors.flatMap((vendor) => {
    const ids = Object.keys(labVendors).filter((id) => labVendors[id]?.toLowerCase() === vendor.toLowerCase());
    if (ids.length > 0) return ids;
    const known = [...new Set(Object.values(labVendors))];
    throw new NetwrightError('NW_USAGE', `the lab has nothing of "${vendor}".${didYouMean(vendor, known)}`, {
      hint: `it has ${known.join(', ')}`,
    });
  });
}

/** @throws NetwrightError `NW_USAGE` when a fault is none of the lab's, or has no share. */
function readFaults(parts: readonly string[], faultKinds: readonly FaultKind[]): Partial<Record<FaultKind, number>> {
  return Object.fromEntries(
    parts.map((part) => {
      const [kind = '', value = ''] = part.split('=');
      if (!faultKinds.includes(kind as FaultKind)) {
        throw new NetwrightError('NW_USAGE', `the lab knows no fault "${kind}".${didYouMean(kind, faultKinds)}`, {
          hint: `it knows ${faultKinds.join(', ')}`,
        });
      }
      const portion = Number(value);
      if (value === '' || !(portion >= 0 && portion <= 1)) {
        throw new NetwrightError('NW_USAGE', `--faults ${part}: expected a share from 0 to 1, such as ${kind}=0.02`);
      }
      return [kind, portion];
    }),
  );
}
