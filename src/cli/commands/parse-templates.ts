import { isAbsolute, relative, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import type { CheckedTemplate, TemplateCollection } from '#parse';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';
import { counted, table } from '../table.ts';

export function parseTemplatesCommand(runtime: Runtime) {
  return new Command('templates')
    .description('The collections of TextFSM templates that commands are read with.')
    .addCommand(addCommand(runtime))
    .addCommand(listCommand(runtime));
}

function addCommand(runtime: Runtime) {
  return new Command('add')
    .description('Compile all templates of a folder, and use it from now on.')
    .argument('<folder>', 'a folder with an index, or a clone of ntc-templates')
    .addHelpText('after', example('parse templates add ~/src/ntc-templates'))
    .action(async (folder) => {
      const { screen, signal } = runtime;
      const [{ openTemplates }, { addToSetting, settingsFileName }] = await Promise.all([
        import('#parse'),
        import('#workspace'),
      ]);
      const workspace = await runtime.workspace();
      const path = resolve(runtime.cwd, folder);
      const collection = await openTemplates(path);
      const broken = await brokenTemplates(collection, signal);
      const inside = relative(workspace.folder, path);
      const entry = inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
      const isNew = await addToSetting(workspace.path(settingsFileName), 'templates', entry);
      const { rows } = collection.index;
      screen.document({
        folder: collection.folder,
        added: isNew,
        commands: rows.length,
        broken: broken.map(brokenRecord),
      });
      screen.print(
        `${isNew ? 'added' : 'was there already:'} ${collection.folder}, templates for ${counted(rows.length, 'command')}`,
      );
      tellBroken(runtime, collection, broken);
    });
}

function listCommand(runtime: Runtime) {
  return new Command('list')
    .description('Which commands of which platforms have a template.')
    .option('-p, --platform <id>', 'only those of one platform')
    .option('--check', 'compile all templates, and name those with a mistake')
    .addHelpText('after', example('parse templates list --platform cisco_ios', 'parse templates list --check'))
    .action(async ({ platform, check }) => {
      const { screen, signal } = runtime;
      const [{ openTemplates }, { templatePlatforms }] = await Promise.all([
        import('#parse'),
        import('../read-outputs.ts'),
      ]);
      const workspace = await runtime.workspace();
      const folders = workspace.settings.templates.map((folder) => workspace.path(folder));
      if (folders.length === 0) {
        throw new NetwrightError('NW_TEXTFSM_NOT_FOUND', 'the workspace has no folder of templates', {
          hint: 'netwright parse templates add <folder>, such as a clone of ntc-templates',
        });
      }
      const names = platform === undefined ? undefined : templatePlatforms(platform);
      const listed: object[] = [];
      const rows: string[][] = [];
      for (const folder of folders) {
        const collection = await openTemplates(folder);
        const broken = check ? await brokenTemplates(collection, signal) : [];
        const wanted = collection.index.rows.filter(({ fields }) => names?.includes(platformIn(fields)) !== false);
        for (const { fields, templates } of wanted) {
          rows.push([platformIn(fields), fields['Command'] ?? '', templates.join(' + ')]);
        }
        listed.push({
          folder: collection.folder,
          commands: wanted.map(({ fields, templates }) => ({ ...fields, templates })),
          ...(check && { broken: broken.map(brokenRecord) }),
        });
        tellBroken(runtime, collection, broken);
      }
      screen.document({ collections: listed });
      if (rows.length > 0) screen.print(table(['PLATFORM', 'COMMAND', 'TEMPLATE'], rows, screen.colors.bold));
      else screen.note(`no template for a command${names === undefined ? '' : ` of ${names.join(' or ')}`}`);
    });
}

const platformIn = (fields: Readonly<Record<string, string>>): string => fields['Platform'] ?? fields['Vendor'] ?? '';

type BrokenTemplate = Extract<CheckedTemplate, { template: undefined }>;

async function brokenTemplates(collection: TemplateCollection, signal: AbortSignal): Promise<BrokenTemplate[]> {
  const broken: BrokenTemplate[] = [];
  for await (const checked of collection.check(signal)) if (checked.error !== undefined) broken.push(checked);
  return broken;
}

const brokenRecord = ({ file, error }: BrokenTemplate): object => ({ file, error: error.toJSON() });

function tellBroken(runtime: Runtime, collection: TemplateCollection, broken: readonly BrokenTemplate[]): void {
  const { screen } = runtime;
  for (const { error } of broken) screen.note(`${screen.errorColors.red(error.code)} ${error.message}`);
  for (const line of collection.skippedLines) {
    screen.note(`${collection.folder}/index:${line}: has not as many fields as the header, and is passed over`);
  }
  if (broken.length > 0) runtime.exitCode ||= 65;
}
