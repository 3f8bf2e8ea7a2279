import { readFileSync } from 'node:fs';
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import { backupCommand } from './commands/backup.ts';
import { blameCommand } from './commands/blame.ts';
import { changeCommand } from './commands/change.ts';
import { checkCommand } from './commands/check.ts';
import { codemapCommand } from './commands/codemap.ts';
import { configCommand } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { diffCommand } from './commands/diff.ts';
import { factsCommand } from './commands/facts.ts';
import { historyCommand } from './commands/history.ts';
import { initCommand } from './commands/init.ts';
import { internetCommand } from './commands/internet.ts';
import { inventoryCommand } from './commands/inventory.ts';
import { labCommand } from './commands/lab.ts';
import { netconfCommand } from './commands/netconf.ts';
import { parseCommand } from './commands/parse.ts';
import { platformsCommand } from './commands/platforms.ts';
import { quarantineCommand } from './commands/quarantine.ts';
import { restconfCommand } from './commands/restconf.ts';
import { runCommand } from './commands/run.ts';
import { searchCommand } from './commands/search.ts';
import { secretCommand } from './commands/secret.ts';
import { shellCommand } from './commands/shell.ts';
import { showCommand } from './commands/show.ts';
import { transcriptCommand } from './commands/transcript.ts';
import type { Runtime } from './runtime.ts';

/**
 * The command line, whole. A command's file holds its grammar and what it does; the rooms behind it are imported when
 * it runs, so that `--help` costs nothing.
 */
export function createProgram(runtime: Runtime): CommandUnknownOpts {
  const program = new Command('netwright')
    .description('Reach, back up and change every device of a network, whatever its vendor.')
    .option('-w, --workspace <folder>', 'folder with netwright.yaml (default: the nearest one from here upwards)')
    .option('--json', 'print JSON on stdout and nothing else')
    .option('--set <key=value>', 'a setting for this call, such as run.retries=2', collect)
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .showSuggestionAfterError();
  program.hook('preAction', (_, command) => {
    runtime.configure(program.opts());
    runtime.commandPath = pathOf(command).join(' ');
  });
  program.commandsGroup('Begin:');
  program.addCommand(demoCommand(runtime)).addCommand(initCommand(runtime));
  program.addCommand(inventoryCommand(runtime)).addCommand(secretCommand(runtime));
  program.commandsGroup('Reach devices:');
  program.addCommand(runCommand(runtime)).addCommand(shellCommand(runtime)).addCommand(backupCommand(runtime));
  program.addCommand(factsCommand(runtime)).addCommand(netconfCommand(runtime)).addCommand(restconfCommand(runtime));
  program.addCommand(parseCommand(runtime));
  program.commandsGroup('Change devices:');
  program.addCommand(changeCommand(runtime)).addCommand(checkCommand(runtime));
  program.commandsGroup('Look at configurations:');
  for (const make of [historyCommand, showCommand, diffCommand, blameCommand, searchCommand]) {
    program.addCommand(make(runtime));
  }
  program.commandsGroup('Around it:');
  for (const make of [platformsCommand, transcriptCommand, quarantineCommand, labCommand, configCommand]) {
    program.addCommand(make(runtime));
  }
  program.commandsGroup('Map the internet:');
  program.addCommand(internetCommand(runtime));
  program.commandsGroup('Understand code:');
  program.addCommand(codemapCommand(runtime));
  program.addHelpText('after', '\nStart with `netwright demo`: 24 simulated devices, no network needed.');
  settle(program, runtime);
  return program;
}

/** What holds for every command: mistakes are thrown, help says the global options too. */
function settle(command: CommandUnknownOpts, runtime: Runtime): void {
  command
    .exitOverride((error) => {
      if (error.exitCode === 0 || error.code === 'commander.help') throw error;
      const hint = `${pathOf(command).join(' ')} --help`;
      throw new NetwrightError('NW_USAGE', error.message.replace(/^error: /, ''), { hint, cause: error });
    })
    .helpCommand(false)
    .configureOutput({
      outputError: () => {},
      writeOut: (text) => runtime.printAside(text),
      writeErr: (text) => runtime.screen.note(text.trimEnd()),
    })
    .configureHelp({ showGlobalOptions: true });
  if (command.parent) command.helpOption('-h, --help', 'explain this command');
  for (const child of command.commands) settle(child, runtime);
}

/** `netwright`, `change`, `plan`. */
const pathOf = (command: CommandUnknownOpts): readonly string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : [command.name()];

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
