import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';

const command = 'show vlan';
const furniture = /^(?:-{10,}|VLAN +Name +Status)/;

export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  let last: { name: string; interfaces: string[] } | undefined;
  readLines(ask, command, await ask.text(command), (line) => {
    if (furniture.test(line)) return true;
    const [, id, name = '', ports = ''] =
      /^(\d{1,4}) +(\S.{0,31}?) +(?:up|down) +\S{1,30} +(?:default|static|dynamic|port-access|[a-z][\w-]{1,20})(?: +(\S.*))?$/.exec(
        line,
      ) ?? [];
    if (id !== undefined) {
      last = { name: name.trim(), interfaces: portsIn(ports) };
      vlans[id] = last;
      return true;
    }
    if (last === undefined || !/^ {10,}\S/.test(line)) return false;
    last.interfaces.push(...portsIn(line));
    return true;
  });
  return vlans;
};

/** `1/1/17-1/1/19,lag10` one by one. */
function portsIn(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names.flatMap((name) => {
    const [, prefix, first, until, last] =
      /^(\d{1,2}\/\d{1,2}\/|[a-z]{1,10})(\d{1,4})-(\D*(?:\d{1,2}\/){0,2})(\d{1,4})$/.exec(name) ?? [];
    if (prefix === undefined || (until !== '' && until !== prefix)) return [name];
    const length = Math.min(Number(last) - Number(first) + 1, 1000);
    return length < 1 ? [name] : Array.from({ length }, (_, at) => `${prefix}${Number(first) + at}`);
  });
}
