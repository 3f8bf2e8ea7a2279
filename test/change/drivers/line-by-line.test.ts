import { describe } from 'vitest';
import { lineByLineDriver } from '../../../src/change/drivers/line-by-line-platforms.ts';
import { behavesAsDriver, type Trial } from './behaviour.ts';
import { benchOf } from './bench.ts';

type Lines = Pick<Trial, 'holds' | 'other' | 'otherHolds' | 'refuse'> & {
  readonly merge: string;
  readonly bad: string;
};

/** What is typed on each system, in its own words. */
const trials: Readonly<Record<string, Lines>> = {
  cisco_asa: {
    merge: 'object network netwright-was-here\n host 192.0.2.44\nlogging enable\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['ntp server 192.0.2.77'],
    otherHolds: '192.0.2.77',
  },
  brocade_fastiron: {
    merge: 'interface ethernet 1/1/1\n port-name netwright-was-here\nsnmp-server location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['snmp-server contact noc'],
    otherHolds: 'contact noc',
  },
  hp_procurve: {
    merge: 'vlan 77\n   name "netwright-was-here"\n   exit\nsnmp-server location "cairo"\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['snmp-server contact "noc"'],
    otherHolds: 'noc',
  },
  huawei_vrp: {
    merge: 'interface LoopBack77\n description netwright-was-here\n#\nsnmp-agent sys-info location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['snmp-agent sys-info contact noc'],
    otherHolds: 'contact noc',
  },
  fortinet: {
    merge: 'config system global\n    set alias "netwright-was-here"\nend\n',
    holds: 'netwright-was-here',
    bad: 'config system interface\n    edit "port1"\n        set ip 300.1.1.1 255.255.255.0\n    next\nend\n',
    refuse: 'alias',
    other: ['config system dns', 'set primary 192.0.2.77', 'end'],
    otherHolds: '192.0.2.77',
  },
  mikrotik_routeros: {
    merge:
      '/ip firewall address-list\nadd address=192.0.2.44 list=netwright-was-here\nadd address=192.0.2.45 list=noc\n',
    holds: 'netwright-was-here',
    bad: '/ip address\nadd address=300.1.1.1/24 interface=ether1\n',
    refuse: 'list=noc',
    other: ['/snmp set contact=noc77'],
    otherHolds: 'noc77',
  },
  extreme_exos: {
    merge: 'configure snmp sysLocation "netwright-was-here"\nconfigure snmp sysName "cairo"\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['configure snmp sysContact "noc77"'],
    otherHolds: 'noc77',
  },
  dell_os10: {
    merge: 'interface loopback77\n description netwright-was-here\nsnmp-server location cairo\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['snmp-server contact noc'],
    otherHolds: 'contact noc',
  },
  frr: {
    merge: 'interface lo\n description netwright-was-here\nexit\nip route 192.0.2.0/24 blackhole\n',
    holds: 'netwright-was-here',
    bad: 'frobnicate everything\n',
    other: ['ip route 198.51.100.0/24 blackhole'],
    otherHolds: '198.51.100.0/24',
  },
};

describe.each(Object.entries(trials))('line by line: %s', (platform, { merge, bad, ...lines }) => {
  behavesAsDriver({
    driver: lineByLineDriver,
    bench: benchOf(platform, { devices: 20 }),
    merge: { kind: 'merge', text: merge },
    bad: { kind: 'merge', text: bad },
    timer: 'netwright',
    spoiled: [{ kind: 'refuse', line: '.' }],
    isThorough: platform === 'cisco_asa',
    ...lines,
  });
});
