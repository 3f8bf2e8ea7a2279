import type { ReadFacts } from '../../define-facts.ts';
import type { SnmpInformation } from '../../model/device.ts';
import { textIn } from '../reading/xml.ts';
import { configurationAt } from './configuration.ts';
import { nameOf } from './interface-information.ts';

const modes: Readonly<Record<string, string>> = { 'read-only': 'ro', 'read-write': 'rw' };

export const readSnmpInformation: ReadFacts<'get_snmp_information'> = async (ask) => {
  const [snmp] = await configurationAt(ask, 'snmp');
  const community: SnmpInformation['community'] = {};
  for (const one of snmp?.all('community') ?? []) {
    // Without an authorization it is read-only.
    community[nameOf(one)] = {
      mode: modes[textIn(one, 'authorization')] ?? 'ro',
      acl: textIn(one, 'client-list-name'),
    };
  }
  return {
    chassis_id: snmp === undefined ? '' : textIn(snmp, 'system-name') || textIn(snmp, 'name'),
    contact: snmp === undefined ? '' : textIn(snmp, 'contact'),
    location: snmp === undefined ? '' : textIn(snmp, 'location'),
    community,
  };
};
