import { Command } from '@commander-js/extra-typings';
import type { Runtime } from '../runtime.ts';
import { parseConfigCommand } from './parse-config.ts';
import { parseTemplatesCommand } from './parse-templates.ts';
import { parseTextfsmCommand } from './parse-textfsm.ts';

export function parseCommand(runtime: Runtime) {
  return new Command('parse')
    .description('Read the text of devices as data.')
    .addCommand(parseConfigCommand(runtime))
    .addCommand(parseTextfsmCommand(runtime))
    .addCommand(parseTemplatesCommand(runtime));
}
