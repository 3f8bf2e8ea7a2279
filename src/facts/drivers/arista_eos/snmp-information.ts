import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { SnmpInformation } from '../../model/device.ts';
import { objectAt, textAt } from '../reading/json.ts';

const communities = 'show running-config | section snmp-server community';

export const readSnmpInformation: ReadFacts<'get_snmp_information'> = async (ask) => {
  const [chassis, contact, location, configured] = await Promise.all([
    ask.json('show snmp v2-mib chassis'),
    ask.json('show snmp v2-mib contact'),
    ask.json('show snmp v2-mib location'),
    ask.text(communities),
  ]);
  const community: SnmpInformation['community'] = {};
  readLines(ask, communities, configured, (line) => {
    const words = line.trim().split(/\s+/);
    if (words[0] !== 'snmp-server' || words[1] !== 'community') return words[0] === 'snmp-server' || words[0] === '!';
    const [name, ...options] = words.slice(2);
    if (name === undefined) return false;
    const mode = options.findIndex((word) => word === 'ro' || word === 'rw');
    const lists = mode < 0 ? [] : options.slice(mode + 1);
    // A list for IPv6 may stand before the one for IPv4, which is the one that NAPALM knows.
    if (lists[0] === 'ipv6') lists.splice(0, 2);
    community[name] = { mode: mode < 0 ? 'ro' : options[mode]!, acl: lists[0] ?? '' };
    return true;
  });
  return {
    chassis_id: textAt(objectAt(chassis), 'chassisId'),
    contact: textAt(objectAt(contact), 'contact'),
    location: textAt(objectAt(location), 'location'),
    community,
  };
};
