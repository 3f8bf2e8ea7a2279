import { Command } from '@commander-js/extra-typings';
import type { Runtime } from '../runtime.ts';
import { parseTemplatesCommand } from './parse-templates.ts';
import { parseTextfsmCommand } from './parse-textfsm.ts';

export function parseCommand(runtime: Runtime) {
  return new Command('parse')
    .description('Read the text of devices as data.')
    .addCommand(parseTextfsmCommand(runtime))
    .addCommand(parseTemplatesCommand(runtime));
}
