import { Writable } from 'node:stream';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { createProgram } from '../src/cli/program.ts';
import { Runtime } from '../src/cli/runtime.ts';

/** docs/cli.md: the help of every command, as the command itself prints it. */
export function cliPage(): string {
  // Nothing is printed while help is formatted: of a terminal's stream only the writing is there.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream;
  const program = createProgram(
    new Runtime({
      stdin: process.stdin,
      stdout: nowhere,
      stderr: nowhere,
      env: { NO_COLOR: '1' },
      cwd: '/',
      signal: new AbortController().signal,
    }),
  );
  const sections = leaves(program, 'netwright').map(([name, command]) =>
    [`## ${name}`, '', '```', helpOf(command), '```', ''].join('\n'),
  );
  return [
    '# Commands',
    '',
    'Every command takes `--json` (one JSON document, or JSON lines for streams, on stdout and nothing else) and `--help`.',
    'Exit codes: 0 done, 1 some devices failed, 2 wrong usage or configuration; the others are in [errors](errors.md).',
    '',
    ...sections,
  ].join('\n');
}

function leaves(command: CommandUnknownOpts, name: string): [string, CommandUnknownOpts][] {
  const children = command.commands.flatMap((child) => leaves(child, `${name} ${child.name()}`));
  return [[name, command], ...children];
}

function helpOf(command: CommandUnknownOpts): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
}
