import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import { entryOf } from '../../values/entry.ts';
import { preface } from './display-interface.ts';
import { portName } from './port-names.ts';

const command = 'display vlan';
const furniture =
  /^(?:-{10,}|The total number of vlans is|U: |MP: |#: |\*: |MAC-LRN: |BC: |FWD: |VID +(?:Type|Ports|Status)|\* : )/i;
const port = /(?:^|:|\s)([A-Za-z0-9-]{1,20}\d[\d/.:]{0,20})\([UD]\)/g;

/** VLANs with their names, which VRP calls descriptions, and the ports that carry them, tagged or not. */
export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  let last: string | undefined;
  let isStates = false;
  readLines(ask, command, await ask.text(command), (line) => {
    if (/^ *VID +(?:Type +)?Status/.test(line)) isStates = true;
    if (furniture.test(line.trim()) || preface.test(line)) return true;
    const [, id, rest = ''] = /^ {0,6}(\d{1,4}) +(\S.*)$/.exec(line) ?? [];
    if (id === undefined) {
      const more = [...line.slice(0, 500).matchAll(port)];
      if (last === undefined || more.length === 0) return /^ *(?:UT|TG|MP|ST):\s*$/.test(line);
      vlans[last]?.interfaces.push(...more.map(([, name]) => portName(ask, name!)));
      return true;
    }
    const vlan = entryOf(vlans, id, () => ({ name: '', interfaces: [] as string[] }));
    if (!isStates) {
      vlan.interfaces.push(...[...rest.slice(0, 500).matchAll(port)].map(([, name]) => portName(ask, name!)));
      last = id;
      return /^(?:common|super|sub|mux|smart|principal|group|separate)\b|\b(?:UT|TG|MP|ST):/.test(rest);
    }
    const words = rest.split(/\s+/);
    const from = words.findLastIndex((word) => /^(?:enable|disable|FWD|DSD)$/i.test(word));
    vlan.name = words.slice(from + 1).join(' ');
    return from !== -1;
  });
  return vlans;
};
