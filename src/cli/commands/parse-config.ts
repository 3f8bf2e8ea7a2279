import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import { Command } from '@commander-js/extra-typings';
import { decodeText, encodeText, NetwrightError } from '#core';
import type { ConfigTree } from '#parse';
import type { Platform } from '#platforms';
import { colorDiff } from '../color-diff.ts';
import { example } from '../example.ts';
import { platformsHere } from '../platforms-here.ts';
import type { Runtime } from '../runtime.ts';

export function parseConfigCommand(runtime: Runtime) {
  return new Command('config')
    .description('Read a configuration as a tree; compare it with another one, and say the lines between them.')
    .argument('<file>', 'a configuration as the device prints it; - for stdin')
    .requiredOption('-p, --platform <id>', 'whose configuration it is: cisco_ios, juniper_junos, …')
    .option('-a, --against <file>', 'another configuration: what changed between the first and this one')
    .option('-r, --remediate', 'the lines to type that make the first one the other; with --against')
    .option('--set-lines', 'print set lines (Junos, VyOS, PAN-OS)')
    .option('--with-secrets', 'print secrets as they stand, so that the lines can be typed')
    .addHelpText(
      'after',
      example(
        'parse config running.txt -p cisco_ios',
        'parse config running.txt -p cisco_ios --against intended.txt --remediate',
        'parse config router.conf -p juniper_junos --set-lines',
      ),
    )
    .action(async (file, flags) => {
      const { screen } = runtime;
      if (flags.remediate && flags.against === undefined)
        throw new NetwrightError('NW_USAGE', '--remediate needs --against: the configuration to get to');
      const platform = await (await platformsHere(runtime)).get(flags.platform);
      const parse = await import('#parse');
      const name = platform.config?.dialect;
      if (name === undefined)
        throw new NetwrightError('NW_NOT_SUPPORTED', `${platform.id}: its configuration is not read as a tree`);
      const dialect = parse.dialectOf(name);
      const hide = flags.withSecrets ? (text: string): string => text : await hider(platform);
      const read = async (path: string): Promise<ConfigTree> =>
        parse.parseConfig(hide(await readText(runtime, path)), dialect, { file: path });
      const tree = await read(file);
      const print = (text: string): void => {
        if (flags.withSecrets && !screen.isJson) screen.printRaw(encodeText(text));
        else screen.printText(text);
      };
      const document = (data: object): void => {
        const whole = { platform: platform.id, dialect: name, ...data };
        if (flags.withSecrets) screen.documentWithSecrets(whole);
        else screen.document(whole);
      };
      if (flags.against === undefined) {
        const setLines = flags.setLines ? parse.toSetLines(tree) : undefined;
        document(setLines === undefined ? { nodes: tree.nodes } : { setLines });
        print(setLines === undefined ? parse.renderConfig(tree) : lines(setLines));
        return;
      }
      const other = await read(flags.against);
      const diff = parse.diffConfig(tree, other);
      const text = parse.renderDiff(diff);
      const remedy = flags.remediate ? parse.remediate(tree, other) : undefined;
      document({
        changes: diff.changes,
        diff: text,
        ...(remedy !== undefined && { lines: remedy, notes: [...parse.cautionsOf(dialect, remedy), ...dialect.notes] }),
      });
      if (diff.changes.length === 0) screen.note(`${file} and ${flags.against} say the same`);
      else if (remedy === undefined) print(colorDiff(text, screen.colors));
      else {
        print(lines(remedy));
        for (const note of [...parse.cautionsOf(dialect, remedy), ...dialect.notes])
          screen.note(screen.errorColors.dim(`note: ${note}`));
      }
    });
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');

/** Equal secrets get equal marks within one call, so that a changed one is seen; no mark can be tried against guesses. */
async function hider(platform: Platform): Promise<(text: string) => string> {
  const { applySecrets } = await import('#platforms');
  const marks = new Map<string, string>();
  const salt = randomBytes(2).toString('hex');
  return (text) =>
    applySecrets(text, platform.backup.secrets, (secret, { resalted }) => {
      if (resalted) return '<secret>';
      const mark = marks.get(secret) ?? `<secret:${salt}${marks.size.toString(16).padStart(4, '0')}>`;
      marks.set(secret, mark);
      return mark;
    });
}

async function readText({ cwd, stdin }: Runtime, path: string): Promise<string> {
  if (path === '-') return await readStream(stdin);
  try {
    return decodeText(await readFile(resolve(cwd, path)));
  } catch (error) {
    throw new NetwrightError('NW_USAGE', `${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
