import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NetwrightError } from '#core';
import { exists, settingsFileName } from './find-workspace.ts';

/** Beside the files that they describe, so that editors need no network. */
const schemaFolder = '.netwright/schema';

const schemaLine = (name: string): string => `# yaml-language-server: $schema=${schemaFolder}/${name}.json`;

const settingsExample = `${schemaLine('settings')}
# Settings of this workspace. Every key has a default; \`netwright config explain\` shows them all and where each
# value comes from. The environment (NETWRIGHT_RUN_RETRIES=2) and flags go before this file.
version: 1

# inventory: inventory.yaml      # the devices: a file, or a folder of files
# configurations: configs        # the git repository of configurations
# backup:
#   commit: run                  # one commit a run, or one a device
#   path: "{site}/{name}"        # where a device stands in the repository
#   remote: git@git.example.net:noc/configs.git
# run:
#   perSite: 20                  # sessions at once in one site
#   retries: 1
# hooks:
#   - on: [change]
#     webhook: https://chat.example.net/hooks/noc
`;

const inventoryExample = `${schemaLine('inventory')}
# Devices, the groups that they belong to, and what holds for all. What stands nearer to the device wins.
#
#   netwright secret set lab --user admin --password-stdin     stores a credential, encrypted
#   netwright inventory check                                  names every mistake with its line
#   netwright inventory check --connect                        tries each login
#   netwright backup                                           keeps every configuration

defaults:
  credential: lab                # a name; the values live in secrets.age
  platform: auto                 # or cisco_ios, juniper_junos, …: netwright platforms list

# groups:
#   edge: { site: cairo, role: pe, tags: [bgp], groups: [core] }
#   core: { jump: [bastion] }

devices: {}
#   r1: { address: 192.0.2.1, platform: cisco_ios, groups: [edge] }
#   sw7: { address: 192.0.2.7, port: 2222, platform: hp_comware, credential: switches, transport: telnet, site: giza }
#   bastion: { address: 192.0.2.250, platform: linux, jump: [] }
`;

const ignored = `# State of this machine: what was learned, transcripts, quarantine.
.netwright/*
!.netwright/schema/
# The repository of configurations has its own history; sealed texts are large.
configs/
sealed/
`;

/** What to write in place of the commented examples. */
export interface InitialFiles {
  readonly settings?: string;
  readonly inventory?: string;
}

/**
 * Makes a workspace with commented examples, and the folder when it is not there; resolves with its path and the files
 * written. A file that is there already is left as it is.
 * @throws NetwrightError `NW_WORKSPACE_EXISTS` when there is a netwright.yaml.
 */
export async function initWorkspace(
  folder: string,
  files: InitialFiles = {},
): Promise<{ readonly folder: string; readonly written: readonly string[] }> {
  const path = resolve(folder);
  if (await exists(join(path, settingsFileName))) {
    throw new NetwrightError('NW_WORKSPACE_EXISTS', `${path}: there is a ${settingsFileName} already`);
  }
  await mkdir(join(path, 'platforms'), { recursive: true });
  await writeSchemas(join(path, schemaFolder));
  const written: string[] = [];
  for (const [name, text] of [
    ['inventory.yaml', files.inventory ?? inventoryExample],
    ['.gitignore', ignored],
    // Last: a folder with this file is a workspace.
    [settingsFileName, files.settings ?? settingsExample],
  ] as const) {
    if (await exists(join(path, name))) continue;
    await writeFile(join(path, name), text, { flag: 'wx' });
    written.push(name);
  }
  return { folder: path, written };
}

async function writeSchemas(folder: string): Promise<void> {
  // Only here: loading them costs more than opening a workspace.
  const [{ generateInventorySchema }, { platformFileSchema }, { settingsJsonSchema }] = await Promise.all([
    import('#inventory'),
    import('#platforms'),
    import('./settings-schema.ts'),
  ]);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'inventory.json'), generateInventorySchema());
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settingsJsonSchema()));
  await writeFile(join(folder, 'platform.json'), JSON.stringify(platformFileSchema()));
}
