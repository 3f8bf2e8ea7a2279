import { Command } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import { example } from '../example.ts';
import { count, selectFlag } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { counted } from '../table.ts';

export function searchCommand(runtime: Runtime) {
  return new Command('search')
    .description('Find lines in the current configurations of all devices.')
    .argument('<text>', 'as it stands in the line; with --regex a regular expression')
    .option(...selectFlag)
    .option('-E, --regex', 'the text is a regular expression')
    .option('-i, --ignore-case', 'capital or small letters are the same')
    .option('-l, --devices', 'only the names of the devices')
    .option('-m, --limit <count>', 'end after so many lines', count)
    .addHelpText('after', example(`search 'ip helper-address'`, `search -E 'neighbor 192\\.0\\.2\\.\\d+' -s role:pe`))
    .action(async (text, flags) => {
      const { screen, signal } = runtime;
      const pattern = patternOf(text, flags.regex === true, flags.ignoreCase === true);
      const workspace = await runtime.workspace();
      const store = await workspace.configurations();
      const chosen =
        flags.select === undefined
          ? undefined
          : new Set((await workspace.inventory()).select(flags.select).map(({ name }) => name));
      const { cyan, dim, red } = screen.colors;
      const devices = new Set<string>();
      let hits = 0;
      for await (const hit of store.search(pattern, { ...(chosen && { devices: chosen }), signal })) {
        hits += 1;
        const isFirst = !devices.has(hit.device);
        devices.add(hit.device);
        if (!flags.devices) {
          screen.record(hit);
          screen.printText(`${cyan(hit.device)}${dim(`:${hit.line}:`)} ${marked(hit.text, pattern, red)}\n`);
        } else if (isFirst) {
          screen.record({ device: hit.device });
          screen.print(hit.device);
        }
        if (screen.isClosed || hits === flags.limit) break;
      }
      screen.note(hits === 0 ? 'no line matches' : `${counted(hits, 'line')} in ${counted(devices.size, 'device')}`);
    });
}

/** @throws NetwrightError `NW_USAGE` when the regular expression cannot be read. */
function patternOf(text: string, isRegex: boolean, ignoreCase: boolean): RegExp | string {
  if (text === '') throw new NetwrightError('NW_USAGE', 'there is nothing to search for: the text is empty');
  if (!isRegex && !ignoreCase) return text;
  const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  try {
    return new RegExp(source, ignoreCase ? 'i' : '');
  } catch (error) {
    throw new NetwrightError('NW_USAGE', `${(error as Error).message}`, {
      hint: 'leave --regex out to search for the text itself',
    });
  }
}

function marked(text: string, pattern: RegExp | string, mark: (text: string) => string): string {
  const index = typeof pattern === 'string' ? text.indexOf(pattern) : text.search(pattern);
  if (index < 0) return text;
  const found = typeof pattern === 'string' ? pattern : (pattern.exec(text)?.[0] ?? '');
  return text.slice(0, index) + mark(found) + text.slice(index + found.length);
}
