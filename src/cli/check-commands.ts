import { NetwrightError } from '#core';

/** What stands before something else in the command lines of devices, and is no question by itself. */
const verbs = new Set(
  `clear config configure copy debug delete dir display do export file get info install interface more no ping reload request
  reset restart rollback save set show terminal test traceroute undebug undo write`.split(/\s+/),
);

const refuse = (message: string, hint: string): NetwrightError => new NetwrightError('NW_USAGE', message, { hint });

/**
 * What the shell made of a command line, before it is typed on devices: `run show version` are two commands, `reload in 5`
 * would be three.
 * @throws NetwrightError `NW_USAGE` for a command of several lines: where one ends and the next begins would be guessed; for an
 * empty one, which a variable of the shell leaves that was never set; and for words that were meant to be one command, or to
 * say which devices.
 */
export function checkCommands(commands: readonly string[]): void {
  const odd = commands.find((command) => /[\r\n]/.test(command) || command.trim() === '');
  if (odd !== undefined) {
    throw refuse(
      `${JSON.stringify(odd)}: expected one line a command`,
      'give each command as a word of its own: netwright run "show version" "show clock"',
    );
  }
  const operator = commands.find((command) => /^(?:and|or|not)$/i.test(command));
  if (operator !== undefined) {
    throw refuse(
      `"${operator}" is no command, but a part of an expression that was not quoted`,
      `quote all of it: -s 'site:cairo ${operator} role:pe'`,
    );
  }
  const [first = ''] = commands;
  if (commands.length > 1 && verbs.has(first.toLowerCase()) && commands.every((command) => !/\s/.test(command))) {
    throw refuse(
      `these would be ${commands.length} commands: ${commands.map((command) => JSON.stringify(command)).join(', ')}`,
      `quote what is one: netwright run "${commands.join(' ')}"`,
    );
  }
}

/** @throws NetwrightError `NW_USAGE` when a device stands among the commands, and all devices would be asked. */
export function checkNoDevice(commands: readonly string[], devices: ReadonlyMap<string, unknown>): void {
  const device = commands.length > 1 ? commands.find((command) => devices.has(command)) : undefined;
  if (device === undefined) return;
  throw refuse(`"${device}" is a device and no command`, `choose it: netwright run … -s ${device}`);
}
