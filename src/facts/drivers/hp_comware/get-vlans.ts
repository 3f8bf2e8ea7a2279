import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import { portName } from './port-names.ts';

const command = 'display vlan all';
const field =
  /^ *(?:VLAN type|Route interface|Description|IPv[46] |Broadcast MAX|Total |The following|Private|Primary|Secondary|Frame|Ordinary|Name\b|Status\b|Super)/i;

/** Ports that carry a VLAN, tagged or not. */
export const getVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const vlans: Record<string, { name: string; interfaces: string[] }> = {};
  let last: { name: string; interfaces: string[] } | undefined;
  let isPorts = false;
  readLines(ask, command, await ask.text(command, { timeoutMs: 120_000 }), (line) => {
    const id = /^ *VLAN ID: (\d{1,4})$/.exec(line)?.[1];
    if (id !== undefined) {
      last = { name: '', interfaces: [] };
      vlans[id] = last;
      isPorts = false;
      return true;
    }
    if (last === undefined) return field.test(line);
    const [, ports] = /^ *(?:Tagged|Untagged) +ports: *(.*)$/i.exec(line) ?? [];
    if (ports !== undefined) isPorts = true;
    else if (/^ *[A-Z][\w ]{1,40}:/i.test(line)) {
      isPorts = false;
      last.name = /^ *Name: (\S.*)$/.exec(line)?.[1] ?? last.name;
      return field.test(line);
    } else if (!isPorts) return field.test(line);
    const names = (ports ?? line)
      .trim()
      .split(/\s+/, 200)
      .filter((name) => !/^(?:None|)$/i.test(name));
    if (names.some((name) => !/^[A-Za-z][\w-]*\d[\d/:.]*(?:\([UD]\))?$/.test(name))) return false;
    last.interfaces.push(...names.map((name) => portName(name.replace(/\([UD]\)$/, ''))));
    return true;
  });
  return vlans;
};
