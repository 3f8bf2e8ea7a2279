import type { ReadFacts } from '../../define-facts.ts';
import type { Vlans } from '../../model/routes.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { readIosLines } from './ios-lines.ts';

/**
 * VLANs with their ports. `all-ports` has trunks too; where a release does not know it, `brief` tells access ports
 * alone, which a warning says.
 */
export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const all = await ask.text('show vlan all-ports', { optional: true });
  const command = all === undefined ? 'show vlan brief' : 'show vlan all-ports';
  const output = all ?? (await ask.text(command, { optional: true }));
  if (output === undefined) {
    ask.note('the device knows no "show vlan": it does not switch, or the account may not ask');
    return {};
  }
  if (all === undefined) ask.warn({ command, reason: 'trunk ports are not in this answer' });
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  let last: Vlans[string] | undefined;
  let isOver = false;
  readIosLines(ask, command, output, (line) => {
    // Below the second heading stands what the VLANs are made of.
    if (/^VLAN Type +SAID/.test(line)) isOver = true;
    if (isOver || /^VLAN Name +Status|^-{4} -{5}/.test(line)) return true;
    const [, number, name = '', ports = ''] =
      /^(\d{1,4}) +(\S(?:.{0,63}\S)?) +(?:active|suspended|sus|act|sus)(?:\/\w{2,8})?(?: +(\S.*))?$/.exec(line) ?? [];
    if (number !== undefined) {
      last = { name: name.trim(), interfaces: portsIn(ports) };
      vlans[number] = last;
      return true;
    }
    if (!/^ {20,}\S/.test(line) || last === undefined) return false;
    last.interfaces.push(...portsIn(line));
    return true;
  });
  return vlans;
};

const portsIn = (text: string): string[] =>
  text
    .split(',')
    .map((port) => port.trim())
    .filter((port) => port !== '')
    .map(longInterfaceName);
