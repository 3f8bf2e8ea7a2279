import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import type { ImportedInventory } from '#inventory';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';
import { counted } from '../table.ts';

interface Flags {
  readonly config?: string | undefined;
  readonly cloginrc?: string | undefined;
  readonly platform?: string | undefined;
}

export function importCommand(runtime: Runtime) {
  return new Command('import')
    .description('Take over the devices, and the logins where there are any, of another tool.')
    .argument('<kind>', 'oxidized, rancid, ansible, netbox or csv')
    .argument('<source>', 'router.db, an inventory file, a CSV file, or the URL of NetBox')
    .option('--config <file>', 'oxidized: its configuration, for columns and groups')
    .option('--cloginrc <file>', 'rancid: its .cloginrc, for the logins')
    .option('--token-stdin', 'netbox: the first line of stdin is the API token (or NETBOX_TOKEN in the environment)')
    .option('-o, --output <file>', 'where to (default: beside inventory.yaml, as imported-<kind>.yaml)')
    .option('--force', 'overwrite that file')
    .addHelpText(
      'after',
      example(
        'inventory import oxidized /etc/oxidized/router.db --config /etc/oxidized/config',
        'inventory import rancid /var/lib/rancid/cairo/router.db --cloginrc ~rancid/.cloginrc',
        'inventory import netbox https://netbox.example.net',
      ),
    )
    .action(async (kind, source, flags) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const imported = await read(runtime, kind, source, flags);
      for (const [name, login] of imported.credentials) {
        await workspace.credentials.set(name, login);
      }
      const file = resolve(
        runtime.cwd,
        flags.output ?? join(dirname(workspace.path(workspace.settings.inventory)), `imported-${kind}.yaml`),
      );
      await write(file, imported.inventory, flags.force === true);
      const { formatProblem } = await import('#inventory');
      screen.document({
        file,
        credentials: [...imported.credentials.keys()],
        warnings: imported.warnings,
      });
      for (const warning of imported.warnings)
        screen.note(`${screen.errorColors.yellow('warning')} ${formatProblem(warning)}`);
      screen.print(`${file}: written`);
      if (imported.credentials.size > 0) {
        screen.print(
          `${counted(imported.credentials.size, 'credential')} kept: ${[...imported.credentials.keys()].join(', ')}`,
        );
      }
      if (file !== workspace.path(workspace.settings.inventory)) {
        screen.print(`look it over, then name it in netwright.yaml: inventory: ${flags.output ?? file}`);
      }
    });
}

async function read(runtime: Runtime, kind: string, source: string, flags: Flags): Promise<ImportedInventory> {
  const importers = await import('#inventory');
  const path = resolve(runtime.cwd, source);
  const pathOf = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : resolve(runtime.cwd, file);
  throw new NetwrightError('NW_USAGE', `"${kind}": expected oxidized, rancid, ansible, netbox or csv`);
}

async function write(file: string, text: string, isForced: boolean): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: isForced ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new NetwrightError('NW_USAGE', `${file}: is there already`, { hint: 'add --force, or --output <file>' });
  }
}
