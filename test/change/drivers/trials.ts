import { createPlatformRegistry } from '#platforms';
import type { Driver } from '../../../src/change/driver.ts';
import { driverOf } from '../../../src/change/drivers/index.ts';
import type { Trial } from './behaviour.ts';

const registry = createPlatformRegistry();

/** What is typed on a system, in its own words. `benchOf` and the driver come on top. */
type Words = Omit<Trial, 'driver' | 'bench' | 'merge' | 'bad'> & { readonly merge: string; readonly bad: string };

const firstLineRefused = { spoiled: [{ kind: 'refuse', line: '.' }] } as const;
const newDescription = (running: string): string => running.replace(/^( +description) .+$/m, '$1 all-of-it-is-new');

const iosWords = {
  merge: 'interface Loopback77\n description netwright-was-here\nntp server 192.0.2.44\n',
  holds: 'netwright-was-here',
  bad: 'interface Loopback77\n description x\nfrobnicate everything\n',
  replace: newDescription,
  other: ['ntp server 192.0.2.77'],
  otherHolds: '192.0.2.77',
} as const;

/** By platform of the lab. */
const words = {
  juniper_junos: {
    merge: 'set interfaces lo0 unit 0 description netwright-was-here\nset system location building cairo\n',
    holds: 'netwright-was-here',
    bad: 'set system location building cairo\nset frobnicate everything\n',
    timer: 'device',
    refuse: 'building cairo',
    hangsOn: '^commit',
    replace: (running) => running.replace(/description [^;]+;/, 'description "all of it is new";'),
    other: ['set system location floor 7'],
    otherHolds: 'floor 7',
  },
  arista_eos: {
    ...iosWords,
    merge: 'interface Loopback77\n   description netwright-was-here\nntp server 192.0.2.44\n',
    timer: 'device',
  },
  cisco_xr: {
    ...iosWords,
    merge: 'interface Loopback77\n description netwright-was-here\n!\nsnmp-server location cairo\n',
    bad: 'interface Loopback77\n description x\n!\nfrobnicate everything\n',
    timer: 'netwright',
    other: ['snmp-server contact noc'],
    otherHolds: 'contact noc',
  },
  cisco_nxos: {
    ...iosWords,
    merge: 'interface loopback77\n  description netwright-was-here\nntp server 192.0.2.44\n',
    bad: 'interface loopback77\n  description x\nfrobnicate everything\n',
    timer: 'netwright',
  },
  cisco_ios: {
    ...iosWords,
    timer: 'device',
    setUp: ['archive', 'path flash:bk'],
    spoiled: [{ kind: 'refuse', line: '.' }],
    spoil: ({ control }) => control.store('netwright-c1.cfg', 'no configuration any more\n'),
  },
  cisco_xe: {
    ...iosWords,
    timer: 'netwright',
    spoiled: [{ kind: 'refuse', line: '.' }],
    spoil: ({ control }) => control.store('netwright-c1.cfg', 'no configuration any more\n'),
  },
  vyos: {
    merge: "set interfaces loopback lo description 'netwright-was-here'\nset system domain-name lab.example\n",
    holds: 'netwright-was-here',
    bad: 'set system domain-name lab.example\nset frobnicate everything\n',
    timer: 'device',
    refuse: 'domain-name',
    spoiled: [{ kind: 'commit-fails' }],
    other: ["set system time-zone 'Africa/Cairo'"],
    otherHolds: 'Africa/Cairo',
  },
  huawei_vrpv8: {
    merge: 'interface LoopBack77\n description netwright-was-here\n#\nsnmp-agent sys-info location cairo\n',
    holds: 'netwright-was-here',
    bad: 'interface LoopBack77\n description x\n#\nfrobnicate everything\n',
    timer: 'netwright',
    replace: newDescription,
    other: ['snmp-agent sys-info contact noc'],
    otherHolds: 'contact noc',
    otherTypes: async (session) => {
      await session.enter('system');
      await session.sendAll(['snmp-agent sys-info contact noc', 'commit']);
      await session.enter('user');
    },
  },
  paloalto_panos: {
    merge: 'set deviceconfig system login-banner netwright-was-here\nset deviceconfig system domain lab.example\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    spoiled: [{ kind: 'commit-fails' }],
    other: ['set deviceconfig setting noc77 yes'],
    otherHolds: 'noc77',
  },
  nokia_sros_md: {
    merge: '/configure port 1/1/1 description "netwright-was-here"\n/configure system location "cairo"\n',
    holds: 'netwright-was-here',
    bad: '/configure system location "cairo"\n/configure frobnicate everything\n',
    timer: 'netwright',
    refuse: 'location',
    other: ['system contact "noc77"'],
    otherHolds: 'noc77',
    otherTypes: async (session) => {
      for (const line of ['edit-config exclusive', '/configure system contact "noc77"', 'commit', 'quit-config'])
        await session.dialogue(line, []);
    },
  },
  nokia_sros: {
    merge:
      '    port 1/1/1\n        description "netwright-was-here"\n    exit\n    port 1/1/2\n        description "cairo"\n    exit\n',
    holds: 'netwright-was-here',
    bad: '    frobnicate everything\n',
    timer: 'netwright',
    ...firstLineRefused,
    other: ['port 1/1/3', 'description "noc77"'],
    otherHolds: 'noc77',
  },
  aruba_aoscx: {
    merge: 'interface loopback 7\n    description netwright-was-here\nsnmp-server system-location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'device',
    other: ['snmp-server system-contact noc77'],
    otherHolds: 'noc77',
  },
  hp_comware: {
    merge: 'interface LoopBack77\n description netwright-was-here\n#\nsnmp-agent sys-info location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    spoiled: [{ kind: 'rollback-fails' }, { kind: 'refuse', line: '.' }],
    other: ['snmp-agent sys-info contact noc77'],
    otherHolds: 'noc77',
  },
  cisco_asa: {
    merge: 'object network netwright-was-here\n host 192.0.2.44\nlogging enable\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    ...firstLineRefused,
    other: ['ntp server 192.0.2.77'],
    otherHolds: '192.0.2.77',
  },
  brocade_fastiron: {
    merge: 'interface ethernet 1/1/1\n port-name netwright-was-here\nsnmp-server location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    isThorough: false,
    ...firstLineRefused,
    other: ['snmp-server contact noc'],
    otherHolds: 'contact noc',
  },
  hp_procurve: {
    merge: 'vlan 77\n   name "netwright-was-here"\n   exit\nsnmp-server location "cairo"\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    isThorough: false,
    ...firstLineRefused,
    other: ['snmp-server contact "noc"'],
    otherHolds: 'noc',
  },
  huawei_vrp: {
    merge: 'interface LoopBack77\n description netwright-was-here\n#\nsnmp-agent sys-info location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    isThorough: false,
    ...firstLineRefused,
    other: ['snmp-agent sys-info contact noc'],
    otherHolds: 'contact noc',
  },
  fortinet: {
    merge: 'config system global\n    set alias "netwright-was-here"\nend\n',
    holds: 'netwright-was-here',
    bad: 'config system interface\n    edit "port1"\n        set ip 300.1.1.1 255.255.255.0\n    next\nend\n',
    timer: 'netwright',
    isThorough: false,
    refuse: 'alias',
    ...firstLineRefused,
    other: ['config system dns', 'set primary 192.0.2.77', 'end'],
    otherHolds: '192.0.2.77',
  },
  mikrotik_routeros: {
    merge:
      '/ip firewall address-list\nadd address=192.0.2.44 list=netwright-was-here\nadd address=192.0.2.45 list=noc\n',
    holds: 'netwright-was-here',
    bad: '/ip address\nadd address=300.1.1.1/24 interface=ether1\n',
    timer: 'netwright',
    isThorough: false,
    refuse: 'list=noc',
    ...firstLineRefused,
    other: ['/snmp set contact=noc77'],
    otherHolds: 'noc77',
  },
  extreme_exos: {
    merge: 'configure snmp sysLocation "netwright-was-here"\nconfigure snmp sysName "cairo"\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    isThorough: false,
    ...firstLineRefused,
    other: ['configure snmp sysContact "noc77"'],
    otherHolds: 'noc77',
  },
  dell_os10: {
    merge: 'interface loopback77\n description netwright-was-here\nsnmp-server location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    isThorough: false,
    ...firstLineRefused,
    other: ['snmp-server contact noc'],
    otherHolds: 'contact noc',
  },
  frr: {
    merge: 'interface lo\n description netwright-was-here\nexit\nip route 192.0.2.0/24 blackhole\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    timer: 'netwright',
    isThorough: false,
    ...firstLineRefused,
    other: ['ip route 198.51.100.0/24 blackhole'],
    otherHolds: '198.51.100.0/24',
  },
} satisfies Record<string, Words>;

export type TriedPlatform = keyof typeof words;
export const triedPlatforms = Object.keys(words) as TriedPlatform[];

/** What a driver is tried with on a system of the lab. */
export function trialOf(platform: TriedPlatform): Omit<Trial, 'bench'> {
  const { merge, bad, ...rest }: Words = words[platform];
  return {
    ...rest,
    driver: drivers.get(platform)!,
    merge: { kind: 'merge', text: merge },
    bad: { kind: 'merge', text: bad },
  };
}

/** The lab plays SR OS with two command lines; to an inventory they are one platform. */
async function driverFor(id: string): Promise<Driver> {
  const driver = await driverOf(await registry.get(id.replace(/_md$/, '')));
  if (driver === undefined) throw new Error(`no driver serves ${id}`);
  return driver;
}

const drivers = new Map(await Promise.all(triedPlatforms.map(async (id) => [id, await driverFor(id)] as const)));
