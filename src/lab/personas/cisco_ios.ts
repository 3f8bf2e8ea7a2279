import type { Persona } from '../persona.ts';
import { iosArchive, iosWriteMemory } from '../transactions/ios-archive.ts';
import { iosFiles } from '../transactions/ios-files.ts';
import { iosReload } from '../transactions/ios-reload.ts';
import { iosReplace } from '../transactions/ios-replace.ts';
import { volatile } from '../volatile.ts';
import { iosAnswers } from './answers/ios-answers.ts';
import { iosRouterEnvironment } from './answers/ios-tables.ts';
import { iosModes, iosNavigation, iosPaging, iosTelnet, iosTerminal, iosUnknown } from './ios-family.ts';
import { iosRefusals, iosShutsOff } from './ios-refusals.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

/** IOS 15.9(3)M on an ISR 4-like router. */
export const cisco_ios: Persona = {
  id: 'cisco_ios',
  vendor: 'Cisco',
  kind: 'router',
  ssh: { ident: 'Cisco-1.25' },
  telnet: iosTelnet,
  motd: ({ site }) => `\n*** ${site} - authorised access only! Questions: noc# 4711, or >> noc@example.net ***\n\n`,
  modes: { ...iosModes({ hostLength: 20 }), tcl: { prompt: ({ host }) => `${host}(tcl)#`, readsAll: true } },
  start: 'exec',
  needsEnable: true,
  abbreviates: true,
  escape: 'do',
  paging: iosPaging,
  unknown: iosUnknown,
  commands: [
    ...iosNavigation,
    ...iosTerminal,
    ...iosReplace,
    ...iosArchive,
    ...iosWriteMemory,
    ...iosFiles,
    ...iosReload,
    {
      words: 'show version',
      print: ({ host, hex }) =>
        `Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.9(3)M7, RELEASE SOFTWARE (fc2)\nTechnical Support: http://www.cisco.com/techsupport\nCopyright (c) 1986-2023 by Cisco Systems, Inc.\nCompiled Tue 21-Feb-23 04:48 by prod_rel_team\n\nROM: System Bootstrap, Version 15.0(1r)M16, RELEASE SOFTWARE (fc1)\n\n${host} uptime is ${volatile('uptime')}\nSystem returned to ROM by power-on\nSystem image file is "flash0:c2900-universalk9-mz.SPA.159-3.M7.bin"\nLast reload reason: power-on\n\nCisco CISCO2911/K9 (revision 1.0) with 483328K/40960K bytes of memory.\nProcessor board ID FTX${hex(3, 8).toUpperCase()}\n3 Gigabit Ethernet interfaces\nDRAM configuration is 64 bits wide with parity disabled.\n255K bytes of non-volatile configuration memory.\n\nConfiguration register is 0x2102\n\n`,
    },
    {
      words: 'show inventory',
      print: ({ hex }) =>
        `NAME: "CISCO2911/K9", DESCR: "CISCO2911/K9 chassis, Hw Serial#: FTX${hex(3, 8).toUpperCase()}, Hw Revision: 1.0"\nPID: CISCO2911/K9      , VID: V08  , SN: FTX${hex(3, 8).toUpperCase()}\n\n`,
    },
    {
      words: 'show vtp status',
      print: () =>
        'VTP Version capable             : 1 to 3\nVTP version running             : 1\nVTP Domain Name                 : \nVTP Operating Mode              : Transparent\n',
    },
    { words: 'show privilege', print: () => 'Current privilege level is 15\n' },
    { words: 'show clock', print: () => `*${volatile('ios')}\n` },
    ...iosAnswers,
    ...iosRouterEnvironment,
    { words: 'show running-config', in: ['privileged'], effect: 'configuration' },
    { words: 'show running-config *', in: ['privileged'], effect: 'configuration' },
    {
      words: 'show startup-config',
      in: ['privileged'],
      run: ({ device }) => ({
        text: `Using ${device.startup.length} out of 262136 bytes\n!\n${device.startup}\n`,
        isConfiguration: true,
      }),
    },
  ],
  config: {
    before: (_, bytes) =>
      `Building configuration...\n\nCurrent configuration : ${bytes} bytes\n!\n! Last configuration change at ${volatile('ios')} by netwright\n! NVRAM config last updated at ${volatile('ios')} by netwright\n!\n`,
    parts: [
      ({ host, token, hex, enable, password }) =>
        `version 15.9\nservice timestamps debug datetime msec\nservice timestamps log datetime msec\nservice password-encryption\n!\nhostname ${host}\n!\nboot-start-marker\nboot-end-marker\n!\nenable secret 9 $9$${token(1, 14)}$${token(2, 43)}\n!\naaa new-model\nno ip domain lookup\nip domain name example.net\n!\nusername netwright privilege 15 secret 9 $9$${token(3, 14)}$${token(4, 43)}\nusername noc password 7 ${hex(enable.length + password.length, 16).toUpperCase()}\n!\n`,
      {
        share: 0.7,
        each: ({ description, number, ip }, nth) =>
          nth === 0
            ? `interface Loopback0\n ip address ${ip(0)} 255.255.255.255\n!\ninterface GigabitEthernet0/0\n description ${description(1)}\n ip address ${ip(1)} 255.255.255.0\n duplex auto\n speed auto\n!\n`
            : `interface GigabitEthernet0/1.${nth + 100}\n description ${description(nth + 1)}\n encapsulation dot1Q ${nth + 100}\n ip address ${ip(nth + 1)} 255.255.255.0\n ip helper-address ${ip(9_001)}\n ip ospf cost ${10 + number(nth, 90)}\n!\n`,
      },
      ({ asn, ip, token, hex }) =>
        `router bgp ${asn}\n bgp log-neighbor-changes\n neighbor ${ip(501)} remote-as ${asn + 1}\n neighbor ${ip(501)} description transit NileNet\n neighbor ${ip(501)} password 7 ${hex(31, 20).toUpperCase()}\n!\nip forward-protocol nd\nno ip http server\nip route 0.0.0.0 0.0.0.0 ${ip(501)}\n!\nip access-list extended EDGE-IN\n permit tcp any any established\n!\nsnmp-server community ${token(11, 10)} RO\nsnmp-server location ${token(12, 4)}\n`,
      {
        share: 0.3,
        atLeast: 0,
        each: ({ ip, number }, nth) =>
          `access-list 101 ${number(nth, 5) === 0 ? 'deny  ' : 'permit'} tcp host ${ip(nth + 2_000)} any eq ${1 + number(nth + 7, 9_000)}\n`,
      },
      ({ ip, hex }) =>
        `tacacs server AAA1\n address ipv4 ${ip(601)}\n key 7 ${hex(41, 18).toUpperCase()}\n!\ncontrol-plane\n!\nbanner motd ^C\n*** authorised access only! Questions: noc# 4711, or >> noc@example.net ***\n^C\n!\nline con 0\n exec-timeout 5 0\nline vty 0 4\n transport input telnet ssh\n!\nntp clock-period 1718${volatile('percent')}\nntp server ${ip(701)}\n!\nend\n`,
    ],
    after: () => '\n',
  },
  files: { kind: 'flat', prefix: 'flash:/', totalBytes: 255_594_496, usedBytes: 104_149_992 },
  transfers: { sftp: 'never', scp: /^ip scp server enable$/m },
  shutsOff: iosShutsOff(/^interface GigabitEthernet0\/0$/),
  edit: {
    style: 'lines',
    closes: [[/^address-family /, 'exit-address-family']],
    negate: 'no ',
    closer: '!',
    refuses: iosRefusals,
    ordered: /^(?:ip access-list|access-list|route-map|ip prefix-list) /,
    opensText: {
      match: /^banner (?:motd|login|exec|incoming) (\^C|\S)/,
      shown: '^C',
      says: (delimiter) => `Enter TEXT message.  End with the character '${delimiter.slice(0, 1)}'.\n`,
    },
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^router \S+/, 'config-router'],
      [/^line (con|vty|aux)/, 'config-line'],
      [/^ip access-list extended \S+/, 'config-ext-nacl'],
      [/^ip access-list standard \S+/, 'config-std-nacl'],
      [/^vlan \d+/, 'config-vlan'],
      [/^route-map \S+/, 'config-route-map'],
      [/^tacacs server \S+/, 'config-server-tacacs'],
      [/^address-family \S+/, 'config-router-af', 'nested', /^(?:router|vrf definition) /],
      [/^archive$/, 'config-archive'],
      [/^log config$/, 'config-archive-log-cfg', 'nested'],
    ],
    globals:
      /^(hostname|access-list|file prompt|ip scp|ip route|ip domain|snmp-server|ntp|username|enable|logging|banner|service|tacacs)\b/,
    negative: /^(ip (http|domain|cdp)|cdp run|service |ip redirects|ip proxy-arp)/,
    single: [
      /^hostname /,
      /^banner \w+ /,
      /^path /,
      /^maximum /,
      /^file prompt /,
      /^description /,
      /^ip address (?!.*secondary)/,
      /^ip ospf cost /,
      /^encapsulation /,
      /^bandwidth /,
      /^mtu /,
      /^enable secret /,
      /^neighbor \S+ (remote-as|description|password) /,
    ],
    before: /^(tacacs server|control-plane|banner|line |ntp |end$)/,
    vocabulary: [
      ...iosVocabulary,
      'file',
      'path',
      'maximum',
      'write-memory',
      'time-period',
      'hidekeys',
      'notify',
      'shutdown',
      'bandwidth',
      'mtu',
      'logging',
      'network',
      'deny',
      'remark',
      'redistribute',
      'match',
      'set',
      'name',
      'cdp',
      'switchport',
      'spanning-tree',
      'standby',
      'key',
    ],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => {
      const text = `moved to rack ${1 + number(nth, 40)} by noc`;
      return {
        lines: ['interface GigabitEthernet0/0', `description ${text}`],
        sentence: `description of GigabitEthernet0/0 is now "${text}"`,
      };
    },
    ({ ip, number }, nth) => {
      const line = `permit tcp host ${ip(nth + 5_000)} any eq ${1 + number(nth, 9_000)}`;
      return {
        lines: ['ip access-list extended EDGE-IN', line],
        sentence: `access list EDGE-IN has a new line "${line}"`,
      };
    },
    ({ asn, ip }, nth) => ({
      lines: [
        `router bgp ${asn}`,
        `neighbor ${ip(nth + 6_000)} remote-as ${asn + 7}`,
        `neighbor ${ip(nth + 6_000)} description new customer`,
      ],
      sentence: `BGP neighbour ${ip(nth + 6_000)} (AS ${asn + 7}) was added`,
    }),
  ],
};
