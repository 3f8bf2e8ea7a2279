import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { Vlans } from '../../model/routes.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { asList, asText } from '../../values/json.ts';
import { rowsOf } from './nx-json.ts';

const command = 'show vlan brief';

export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const answer = await ask.json(command, { optional: true });
  if (answer === undefined) return textVlans(ask, await ask.text(command));
  return Object.fromEntries(
    rowsOf(answer, 'vlanbriefxbrief').map((row) => [
      asText(row['vlanshowbr-vlanid-utf']) || asText(row['vlanshowbr-vlanid']),
      {
        name: asText(row['vlanshowbr-vlanname']),
        interfaces: asList(row['vlanshowplist-ifidx']).flatMap((ports) => portsIn(asText(ports))),
      },
    ]),
  );
};

const portsIn = (text: string): string[] =>
  text
    .split(',')
    .map((port) => port.trim())
    .filter((port) => port !== '')
    .map(longInterfaceName);

function textVlans(ask: Ask, output: string): Vlans {
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  let last: Vlans[string] | undefined;
  readLines(ask, command, output, (line) => {
    if (/^(?:VLAN +Name +Status|-{4} )/.test(line)) return true;
    const [, number, name = '', ports = ''] =
      /^(\d{1,4}) +(\S(?:.{0,127}\S)?) +(?:active|suspended|sus|act)(?:\/\w{2,8})?(?: +(\S.*))?$/.exec(line) ?? [];
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
}
