import { Command } from '@commander-js/extra-typings';
import type { Device } from '#inventory';
import { example } from '../example.ts';
import { noteNoDevices } from '../no-devices.ts';
import { selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { counted, table } from '../table.ts';
import { importCommand } from './inventory-import.ts';
import { trustCommand } from './inventory-trust.ts';

export function inventoryCommand(runtime: Runtime) {
  return new Command('inventory')
    .description('The devices: what is written of them, and whether it is right.')
    .addCommand(listCommand(runtime))
    .addCommand(showCommand(runtime))
    .addCommand(checkCommand(runtime))
    .addCommand(importCommand(runtime))
    .addCommand(trustCommand(runtime));
}

/** Columns of a terminal that has room for all that a list tells of a device. */
const roomForAll = 104;

function listCommand(runtime: Runtime) {
  return new Command('list')
    .description('All devices, or those that a select expression matches.')
    .option(...selectFlag)
    .addHelpText('after', example('inventory list', `inventory list -s 'platform:cisco_ios and not tag:lab'`))
    .action(async ({ select }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const devices = (await workspace.inventory()).select(select);
      screen.document(devices.map(deviceRecord));
      await noteNoDevices(screen, workspace);
      if (devices.length === 0) return;
      // What is mostly the same for all, or named after them; `inventory show` has it.
      const isNarrow = (screen.listColumns ?? roomForAll) < roomForAll;
      screen.print(
        table(
          ['DEVICE', 'ADDRESS', 'PLATFORM', 'VIA', 'SITE', 'ROLE', ...(isNarrow ? [] : ['CREDENTIAL', 'TAGS'])],
          devices.map((device) => [
            device.name,
            `${device.address}:${device.port}`,
            device.platform,
            [...device.jump, device.transport].join(' > '),
            device.site ?? '',
            device.role ?? '',
            ...(isNarrow ? [] : [device.credential ?? '', device.tags.join(' ')]),
          ]),
          screen.colors.bold,
          screen.listColumns,
        ),
      );
      screen.note(counted(devices.length, 'device'));
    });
}

function showCommand(runtime: Runtime) {
  return new Command('show')
    .description('One device with everything that its groups and the defaults give it.')
    .argument('<device>')
    .addHelpText('after', example('inventory show r1'))
    .action(async (name) => {
      const { screen } = runtime;
      const device = (await (await runtime.workspace()).inventory()).get(name);
      const record = deviceRecord(device);
      screen.document(record);
      const { bold, dim } = screen.colors;
      screen.print(bold(device.name));
      for (const [key, value] of Object.entries(record)) {
        if (key === 'name' || isEmpty(value)) continue;
        screen.print(`${dim(key.padEnd(12))} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
      }
    });
}

function checkCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('check')
      .description('Names every mistake of the inventory with its file and line; with --connect tries each login too.')
      .option(...selectFlag)
      .option('--connect', 'log in to every device and out again'),
  )
    .addHelpText('after', example('inventory check', 'inventory check --connect -s site:cairo'))
    .action(async (flags) => {
      const { screen } = runtime;
      const { formatProblem } = await import('#inventory');
      const workspace = await runtime.workspace(settingFlags(flags));
      const inventory = await workspace.inventory();
      const errors = inventory.problems.filter(({ severity }) => severity === 'error');
      const { red, yellow, green } = screen.colors;
      for (const problem of inventory.problems) {
        screen.print(
          problem.severity === 'error' ? `${red('error')} ${formatProblem(problem)}` : yellow(formatProblem(problem)),
        );
      }
      const doubts = [...(await workspace.platforms()).doubts(), ...(await openSshDoubts(inventory.devices.values()))];
      for (const doubt of doubts) screen.print(`${yellow('doubtful')} ${doubt}`);
      if (!flags.connect || errors.length > 0) {
        screen.document({ devices: inventory.devices.size, problems: inventory.problems, doubts });
        if (errors.length > 0) {
          screen.note(counted(errors.length, 'mistake'));
          runtime.exitCode = 2;
          return;
        }
        screen.print(green(`${counted(inventory.devices.size, 'device')}, no mistake`));
        await noteNoDevices(screen, workspace);
        return;
      }
      const { checkLogins } = await import('../connect-check.ts');
      await checkLogins(runtime, workspace, inventory.select(flags.select), flags);
    });
}

/** What is passed over in the OpenSSH configurations that devices refer to. */
async function openSshDoubts(devices: Iterable<Device>): Promise<string[]> {
  const files = new Set<string>();
  for (const { connection } of devices) if (connection.sshConfig !== undefined) files.add(connection.sshConfig);
  if (files.size === 0) return [];
  const { passedOverInOpenSshConfig } = await import('#transport');
  return (await Promise.all([...files].map((file) => passedOverInOpenSshConfig(file)))).flat();
}

/** Without where it was written: that is no part of the device. */
function deviceRecord({ source, ...device }: Device): object {
  return { ...device, ...(source && { source: `${source.file}:${source.line}` }) };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
