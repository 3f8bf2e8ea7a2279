import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Argument, Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { NetwrightError, Secret } from '#core';
import type { ImportedInventory } from '#inventory';
import type { Workspace } from '#workspace';
import { example } from '../example.ts';
import { firstLines } from '../first-lines.ts';
import type { Runtime } from '../runtime.ts';
import { counted } from '../table.ts';
import { writeOutput } from '../write-output.ts';

const kinds = ['oxidized', 'rancid', 'ansible', 'netbox', 'csv'] as const;

export function importCommand(runtime: Runtime) {
  return new Command('import')
    .description('Take over the devices, and the logins where there are any, of another tool.')
    .addArgument(new Argument('<kind>', 'which tool').choices(kinds))
    .argument('<source>', 'router.db, an inventory file, a CSV file, or the URL of NetBox')
    .option('--config <file>', 'oxidized: its configuration, for columns and groups')
    .option('--cloginrc <file>', 'rancid: its .cloginrc, for the logins')
    .option('--group <name>', 'rancid: the group of all these devices')
    .option('--delimiter <sign>', 'csv: between the columns (default: found out)')
    .option('--credential <name>', 'netbox: the credential of all devices')
    .option('--status <names>', 'netbox: which to take: active,staged, or all (default: active)', readStatuses)
    .option('--filter <key=value>', 'netbox: a filter of its API, such as site=cairo; may be repeated', readFilter)
    .option('--token-stdin', 'netbox: the first line of stdin is the API token; else NETBOX_TOKEN of the environment')
    .option('-o, --output <file>', 'where to (default: beside inventory.yaml, as imported-<kind>.yaml)')
    .option('--force', 'overwrite that file')
    .addHelpText(
      'after',
      example(
        'inventory import oxidized /etc/oxidized/router.db --config /etc/oxidized/config',
        'inventory import rancid /var/lib/rancid/cairo/router.db --cloginrc ~rancid/.cloginrc',
        'inventory import netbox https://netbox.example.net --status active,staged --filter site=cairo',
      ),
    )
    .action(async (kind, source, flags) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const { besideKept, formatProblem } = await import('#inventory');
      const file = resolve(
        runtime.cwd,
        flags.output ?? join(dirname(workspace.path(workspace.settings.inventory)), `imported-${kind}.yaml`),
      );
      const inventory = workspace.path(workspace.settings.inventory);
      const isPart = file.startsWith(`${inventory}${sep}`);
      const found = await read(runtime, workspace, kind, source, { ...flags, isPart });
      const imported = await besideKept(found, workspace.credentials);
      // First, for it may refuse: then no credential is kept either.
      await write(file, imported.inventory, flags.force === true, runtime.signal);
      try {
        for (const [name, login] of imported.credentials) await workspace.credentials.set(name, login);
      } catch (error) {
        // Devices without their logins are half an import; a file that stood there before is gone either way.
        await rm(file, { force: true });
        throw error;
      }
      screen.document({
        file,
        devices: imported.devices,
        switchedOff: imported.switchedOff,
        credentials: [...imported.credentials.keys()],
        warnings: imported.warnings,
      });
      for (const warning of imported.warnings) screen.note(screen.errorColors.yellow(formatProblem(warning)));
      const off = imported.switchedOff === 0 ? '' : `, ${imported.switchedOff} more as comments: they are switched off`;
      screen.print(`${file}: ${counted(imported.devices, 'device')}${off}`);
      if (imported.credentials.size > 0) {
        const names = [...imported.credentials.keys()];
        const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
        screen.print(`${counted(names.length, 'credential')} kept: ${names.slice(0, mostNames).join(', ')}${more}`);
      }
      const empty = [...imported.credentials].flatMap(([name, { password, privateKey, agent }]) =>
        password || privateKey || agent ? [] : [name],
      );
      if (empty.length > 0) {
        const { yellow } = screen.errorColors;
        screen.note(
          yellow(
            `${counted(empty.length, 'credential')} with a user and nothing to log in with: netwright secret set ${empty[0]} --password-stdin`,
          ),
        );
      }
      if (isPart) screen.print('look it over: it is a part of the inventory now');
      else if (file !== inventory) {
        const path = relative(workspace.folder, file);
        screen.print(`look it over, then name it in netwright.yaml: inventory: ${path.startsWith('..') ? file : path}`);
      }
    });
}

const mostNames = 20;

interface Flags {
  readonly config?: string | undefined;
  readonly cloginrc?: string | undefined;
  readonly group?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly credential?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly filter?: Readonly<Record<string, string>> | undefined;
  readonly tokenStdin?: true | undefined;
  /** The file is one of several of the inventory. */
  readonly isPart: boolean;
}

/** `all` is what the importer calls no status at all. */
const readStatuses = (text: string): readonly string[] =>
  text.trim() === 'all'
    ? []
    : text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '');

function readFilter(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('expected <key>=<value>, such as site=cairo.');
  const key = text.slice(0, at).trim();
  if (key in before) throw new InvalidArgumentError(`"${key}" is given twice; NetBox is asked for one value of each.`);
  return { ...before, [key]: text.slice(at + 1).trim() };
}

async function read(
  runtime: Runtime,
  workspace: Workspace,
  kind: (typeof kinds)[number],
  source: string,
  flags: Flags,
): Promise<ImportedInventory> {
  const importers = await import('#inventory');
  const platforms = await workspace.platforms();
  const resolvePlatform = (id: string): string | undefined => platforms.resolve(id);
  const pathOf = (file: string): string => resolve(runtime.cwd, file);
  const { isPart } = flags;
  switch (kind) {
    case 'oxidized':
      return await importers.importOxidized({
        isPart,
        source: pathOf(source),
        ...(flags.config !== undefined && { config: pathOf(flags.config) }),
      });
    case 'rancid':
      return await importers.importRancid({
        isPart,
        routerDb: pathOf(source),
        ...(flags.cloginrc !== undefined && { cloginrc: pathOf(flags.cloginrc) }),
        ...(flags.group !== undefined && { group: flags.group }),
      });
    case 'ansible':
      return await importers.importAnsible({ inventory: pathOf(source), isPart });
    case 'csv':
      return await importers.importCsv({
        isPart,
        file: pathOf(source),
        resolvePlatform,
        ...(flags.delimiter !== undefined && { delimiter: flags.delimiter }),
      });
    case 'netbox': {
      const token = await tokenOf(runtime, flags.tokenStdin === true);
      workspace.redactor.learn(token);
      return await importers.importNetbox({
        isPart,
        url: source,
        resolvePlatform,
        signal: runtime.signal,
        token,
        ...(flags.status !== undefined && { statuses: flags.status }),
        ...(flags.filter !== undefined && { filter: flags.filter }),
        ...(flags.credential !== undefined && { credential: flags.credential }),
      });
    }
  }
}

/** @throws NetwrightError `NW_USAGE` when there is none. */
async function tokenOf(runtime: Runtime, fromStdin: boolean): Promise<Secret> {
  const text = fromStdin ? (await firstLines(runtime.stdin, 1, runtime.signal))[0] : runtime.env['NETBOX_TOKEN'];
  if (text !== undefined && text !== '') return new Secret(text);
  throw new NetwrightError('NW_USAGE', 'NetBox asks for an API token', {
    hint: 'give --token-stdin and the token on stdin, or NETBOX_TOKEN in the environment',
  });
}

async function write(file: string, text: string, isForced: boolean, signal: AbortSignal): Promise<void> {
  if (!isForced && existsSync(file)) {
    throw new NetwrightError('NW_USAGE', `${file}: is there already`, { hint: 'add --force, or --output <file>' });
  }
  await mkdir(dirname(file), { recursive: true });
  await writeOutput(file, text, signal);
}
