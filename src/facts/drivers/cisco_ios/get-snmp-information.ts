import type { ReadFacts } from '../../define-facts.ts';
import { readIosLines } from './ios-lines.ts';

const command = 'show run | include snmp-server';

/** A community without an access list has the list `N/A`, as NAPALM has it. */
export const getSnmpInformation: ReadFacts<'get_snmp_information'> = async (ask) => {
  const facts = { chassis_id: '', contact: '', location: '' };
  const community: Record<string, { acl: string; mode: string }> = {};
  readIosLines(ask, command, await ask.text(command), (line) => {
    const [, field, text = ''] = /^snmp-server (chassis-id|contact|location) (.*)/.exec(line) ?? [];
    if (field !== undefined) facts[field === 'chassis-id' ? 'chassis_id' : (field as 'contact' | 'location')] = text;
    const [, name, mode = 'RO', acl] =
      /^snmp-server community (\S+)(?: view \S+)?(?: (R[OW]|r[ow]))?(?: ipv6 \S+)?(?: (\S+))?$/.exec(line) ?? [];
    if (name !== undefined) community[name] = { acl: acl ?? 'N/A', mode: mode.toLowerCase() };
    return name !== undefined || (/\bsnmp-server\b/.test(line) && !/^snmp-server community/.test(line));
  });
  return { ...facts, community };
};
