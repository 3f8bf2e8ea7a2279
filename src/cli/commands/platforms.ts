import { Command } from '@commander-js/extra-typings';
import type { NetwrightError } from '#core';
import type { Platform } from '#platforms';
import { example } from '../example.ts';
import { platformsHere } from '../platforms-here.ts';
import type { Runtime } from '../runtime.ts';
import { table } from '../table.ts';

export function platformsCommand(runtime: Runtime) {
  const { screen } = runtime;
  const list = new Command('list')
    .description('Every platform that Netwright knows, those of the workspace included.')
    .addHelpText('after', example('platforms list'))
    .action(async () => {
      const platforms: Platform[] = [];
      const invalid: NetwrightError[] = [];
      for await (const platform of (await platformsHere(runtime)).all((error) => invalid.push(error))) {
        platforms.push(platform);
      }
      screen.document(platforms.map(summaryOf));
      screen.print(
        table(
          ['PLATFORM', 'VENDOR', 'SYSTEM', 'ALIASES', 'VERIFIED'],
          platforms.map(({ id, vendor, name, aliases, verified }) => [
            id,
            vendor,
            name,
            (aliases ?? []).join(' '),
            verified,
          ]),
          screen.colors.bold,
        ),
      );
      for (const { code, message } of invalid) screen.note(`${screen.errorColors.red(code)} ${message}`);
      if (invalid.length > 0) runtime.exitCode = 2;
    });

  const show = new Command('show')
    .description('What a platform is like: modes and the ways between them, what is typed, backed up and hidden.')
    .argument('<id>', 'id or alias')
    .addHelpText('after', example('platforms show cisco_ios'))
    .action(async (id) => {
      const platforms = await platformsHere(runtime);
      const platform = await platforms.get(id);
      const doubts = platforms.doubts(id);
      screen.document({ ...(plain(platform) as object), doubts });
      const { bold, dim } = screen.colors;
      const field = (name: string, value: string): void => screen.print(`${dim(name.padEnd(14))}${value}`);
      screen.print(bold(`${platform.vendor} ${platform.name}`));
      field('id', platform.id);
      if (platform.aliases?.length) field('aliases', platform.aliases.join(', '));
      field('verified', platform.verified);
      field('home mode', platform.home);
      field('pipelining', platform.pipelining);
      if (platform.loginsPerSecond !== undefined) field('logins', `${platform.loginsPerSecond} a second at most`);
      field('backup', platform.backup.commands.map(({ run }) => run).join('; '));
      field(
        'hides',
        `${platform.backup.secrets.length} kinds of secrets, ${platform.backup.volatile.length} volatile lines`,
      );
      const { method, confirmed, rollback, diff } = platform.transaction;
      field('changes', `${method}, rollback ${rollback}, diff ${diff}${confirmed ? ', confirmed' : ''}`);
      screen.print();
      screen.print(
        table(
          ['MODE', 'PROMPT', 'LEADS TO'],
          Object.entries(platform.modes).map(([mode, { prompt, to }]) => [
            mode,
            prompt.source,
            Object.keys(to ?? {}).join(', '),
          ]),
          bold,
        ),
      );
      for (const note of platform.notes ?? []) screen.print(`${dim('-')} ${note}`);
      for (const doubt of doubts) screen.note(`${screen.errorColors.yellow('doubtful')} ${doubt}`);
    });

  const detect = new Command('detect')
    .description('Find out which platform a device runs, from its banner, its prompt and a few harmless commands.')
    .argument('<device>', 'of the inventory')
    .addHelpText('after', example('platforms detect r1'))
    .action(async (name) => {
      const workspace = await runtime.workspace();
      const device = (await workspace.inventory()).get(name);
      const connector = await workspace.connector();
      const { platform: found, evidence } = await connector.detect(device, { signal: runtime.signal });
      const platform = found.id;
      screen.document({ device: name, platform, evidence, written: device.platform });
      screen.print(`${name} runs ${screen.colors.bold(platform)}`);
      for (const sentence of evidence) screen.print(screen.colors.dim(`  ${sentence}`));
      if (device.platform === 'auto')
        screen.note(`remembered; write "platform: ${platform}" into the inventory to be sure`);
      else if (device.platform !== platform) screen.note(`the inventory says ${device.platform}`);
    });

  return new Command('platforms')
    .description('The network operating systems that Netwright speaks with.')
    .addCommand(list)
    .addCommand(show)
    .addCommand(detect);
}

const summaryOf = ({ id, vendor, name, aliases, verified, home, pipelining, transaction, modes }: Platform) => ({
  id,
  vendor,
  name,
  aliases: aliases ?? [],
  verified,
  home,
  modes: Object.keys(modes),
  pipelining,
  transaction,
});

/** Patterns as their source, for JSON. */
function plain(value: unknown): unknown {
  if (value instanceof RegExp) return value.source;
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
