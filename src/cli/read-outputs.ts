import { asNetwrightError, NetwrightError } from '#core';
import type { CommandOutput } from '#device';
import { openTemplates, type ParsedOutput, type TemplateCollection, TextTable } from '#parse';
import type { OpenedWorkspace } from '#workspace';
import { recordTable } from './record-table.ts';
import type { Screen } from './screen.ts';

/** What a template made of an output, or why none did. */
export interface Reading {
  /** What a person sees: a table; or what is wrong, and the text as it came. */
  text(screen: Screen): string;
  /** What the JSON of the output gets in addition. */
  record(): object;
  /** Records with the name of their device, a header in front; undefined where no template has read the text. */
  csv(device: string): string | undefined;
  /** Why not, in a few words; undefined where there is nothing to say. */
  readonly trouble: string | undefined;
}

/** Systems whose output is that of another one, under whose name collections have the templates. */
const sameOutput: Readonly<Record<string, string>> = {
  cisco_xe: 'cisco_ios',
  cumulus_linux: 'linux',
  extreme_ers: 'avaya_ers',
  extreme_vsp: 'avaya_vsp',
  huawei_vrpv8: 'huawei_vrp',
  nokia_sros: 'alcatel_sros',
  ovs_linux: 'linux',
  sonic: 'linux',
  vyos: 'vyatta_vyos',
};

/** The names under which a collection may have templates for a platform, its own first. */
export const templatePlatforms = (platform: string): readonly string[] =>
  [platform, sameOutput[platform]].filter((name) => name !== undefined);

/** Opens the templates that the settings name. @throws NetwrightError `NW_TEXTFSM_NOT_FOUND` when there are none. */
export async function openOutputReader(workspace: OpenedWorkspace): Promise<OutputReader> {
  const folders = workspace.settings.templates.map((folder) => workspace.path(folder));
  if (folders.length === 0) {
    throw new NetwrightError('NW_TEXTFSM_NOT_FOUND', '--parse: the workspace has no folder of templates', {
      hint: 'netwright parse templates add <folder>, such as a clone of ntc-templates; or NETWRIGHT_TEMPLATES=<folder>',
    });
  }
  const collections: TemplateCollection[] = [];
  for (const folder of folders) collections.push(await openTemplates(folder));
  return new OutputReader(collections);
}

/** Reads what devices answer with the first template that fits platform and command. */
class OutputReader {
  readonly #collections: readonly TemplateCollection[];

  constructor(collections: readonly TemplateCollection[]) {
    this.#collections = collections;
  }

  /** One reading an output, in their order. `platform`: netmiko's name, which is that of the collections. */
  async readAll(
    hostname: string,
    platform: string,
    outputs: readonly CommandOutput[],
    signal: AbortSignal,
  ): Promise<readonly Reading[]> {
    const readings: Reading[] = [];
    for (const output of outputs) {
      const attributes = { Platform: platform, Hostname: hostname, Command: output.command };
      readings.push(output.failure === undefined ? await this.#read(attributes, output.text, signal) : refused(output));
    }
    return readings;
  }

  async #read(attributes: Record<string, string>, text: string, signal: AbortSignal): Promise<Reading> {
    const platform = attributes['Platform']!;
    const names = [platform, sameOutput[platform]].filter((name) => name !== undefined);
    for (const name of names) {
      for (const collection of this.#collections) {
        const row = collection.find({ ...attributes, Platform: name, Vendor: name });
        if (row === undefined) continue;
        try {
          return parsed(await collection.parse(row, text, { signal }));
        } catch (error) {
          signal.throwIfAborted();
          return failed(text, asNetwrightError(error));
        }
      }
    }
    return withoutTemplate(text, platform);
  }
}

/** Columns are written in small letters, as netmiko and ntc-templates give them. */
const columnName = (column: string): string => column.toLowerCase();

const parsed = ({ table, templates }: ParsedOutput): Reading => ({
  text: ({ columns, colors }) => recordTable(table, { columns, ...colors }, columnName),
  record: () => ({ template: templates.join(':'), records: table.records(columnName) }),
  csv: (device) => {
    const rows = table.rows.map((row) => [device, ...row]);
    return new TextTable(['device', ...table.header], rows).toCsv(columnName);
  },
  trouble: undefined,
});

const withoutTemplate = (text: string, platform: string): Reading => ({
  text: ({ colors }) => `${colors.yellow(`no template for this command of ${platform}; the text:`)}\n${text}`,
  record: () => ({ template: null }),
  csv: () => undefined,
  trouble: `no template of ${platform}`,
});

const failed = (text: string, error: NetwrightError): Reading => ({
  text: ({ colors }) => `${colors.red(error.code)} ${error.message}; the text:\n${text}`,
  record: () => ({ template: null, parseError: error.toJSON() }),
  csv: () => undefined,
  trouble: error.message,
});

/** The device did not take the command: there is nothing to read, and the failure is told elsewhere. */
const refused = ({ text }: CommandOutput): Reading => ({
  text: () => text,
  record: () => ({}),
  csv: () => undefined,
  trouble: undefined,
});
