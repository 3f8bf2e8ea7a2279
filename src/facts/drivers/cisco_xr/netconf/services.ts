import type { XmlElement } from '#core';
import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import type { SnmpInformation, Users } from '../../../model/device.ts';
import type { NtpStats } from '../../../model/services.ts';
import { numberIn, textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { levelOf } from '../user-groups.ts';
import { model, operational, running, subtree } from './models.ts';

const ntpConfig = subtree('ntp', model('ip-ntp-cfg'), 'peer-vrfs/peer-vrf');
const associations = subtree('ntp', model('ip-ntp-oper'), 'nodes/node/associations/peer-summary-info/peer-info-common');
const snmp = `<snmp xmlns="${model('snmp-agent-cfg')}"><administration/><system/></snmp>`;
const userFilter = `<aaa xmlns="${model('aaa-lib-cfg')}"><usernames xmlns="${model('aaa-locald-cfg')}"><username/></usernames></aaa>`;

async function associates(
  ask: Ask,
  kind: 'peer' | 'server',
): Promise<Record<string, Record<string, never>> | undefined> {
  const data = await running(ask, 'show running-config ntp', ntpConfig);
  if (data === undefined) return undefined;
  const found: Record<string, Record<string, never>> = {};
  for (const vrf of data.allAt('ntp/peer-vrfs/peer-vrf')) {
    for (const family of ['ipv4', 'ipv6']) {
      for (const one of vrf.allAt(`peer-${family}s/peer-${family}`)) {
        const kinds = one.allAt(`peer-type-${family}/peer-type`).map(({ value }) => value);
        if (kinds.includes(kind)) found[textIn(one, `address-${family}`)] = {};
      }
    }
  }
  return found;
}

export const readNtpPeers: IfKnown<ReadFacts<'get_ntp_peers'>> = async (ask) => await associates(ask, 'peer');
export const readNtpServers: IfKnown<ReadFacts<'get_ntp_servers'>> = async (ask) => await associates(ask, 'server');

export const readNtpStats: IfKnown<ReadFacts<'get_ntp_stats'>> = async (ask) => {
  const data = await operational(ask, 'show ntp associations', associations);
  return data
    ?.allAt('ntp/nodes/node/associations/peer-summary-info/peer-info-common')
    .filter((peer) => textIn(peer, 'address') !== 'DLRSC node')
    .map((peer): NtpStats[number] => ({
      remote: textIn(peer, 'address'),
      synchronized: textIn(peer, 'is-sys-peer') === 'true',
      referenceid: textIn(peer, 'reference-id'),
      stratum: wholeIn(peer, 'stratum', 0),
      type: '',
      when: '',
      hostpoll: wholeIn(peer, 'host-poll', 0),
      reachability: wholeIn(peer, 'reachability', 0),
      delay: numberIn(peer, 'delay', 0),
      offset: numberIn(peer, 'offset', 0),
      jitter: numberIn(peer, 'dispersion', 0),
    }));
};

const modes: Readonly<Record<string, string>> = { 'read-only': 'ro', 'read-write': 'rw' };

export const readSnmpInformation: IfKnown<ReadFacts<'get_snmp_information'>> = async (ask) => {
  const data = await running(ask, 'show running-config snmp-server', snmp);
  if (data === undefined) return undefined;
  const community: SnmpInformation['community'] = {};
  for (const one of data.allAt('snmp/administration/default-communities/default-community')) {
    community[textIn(one, 'community-name')] = {
      // The model spells it so.
      mode: modes[textIn(one, 'priviledge')] ?? '',
      acl: textIn(one, 'v6-access-list') || textIn(one, 'v4-access-list'),
    };
  }
  return {
    chassis_id: textIn(data, 'snmp/system/chassis-id'),
    contact: textIn(data, 'snmp/system/contact'),
    location: textIn(data, 'snmp/system/location'),
    community,
  };
};

/** A secret is only known by its mark here; NAPALM gives a password that is stored as one. */
export const readUsers: IfKnown<ReadFacts<'get_users'>> = async (ask) => {
  const data = await running(ask, 'show running-config username', userFilter);
  if (data === undefined) return undefined;
  const users: Users = {};
  for (const user of data.allAt('aaa/usernames/username')) users[textIn(user, 'name')] = userOf(user);
  return users;
};

const userOf = (user: XmlElement): Users[string] => ({
  level: levelOf(textIn(user, 'usergroup-under-usernames/usergroup-under-username/name')),
  password: textIn(user, 'password'),
  sshkeys: [],
});
