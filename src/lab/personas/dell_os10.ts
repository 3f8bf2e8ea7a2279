import type { Persona } from '../persona.ts';
import { reloadCommands } from '../transactions/timed-reload.ts';
import { volatile } from '../volatile.ts';
import { iosTerminal } from './ios-family.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

/** OS10 10.5.3 on an S5248F. */
export const dell_os10: Persona = {
  id: 'dell_os10',
  vendor: 'Dell',
  kind: 'switch',
  ssh: { ident: 'OpenSSH_8.4p1 Debian-5+deb11u1', banner: 'Debian GNU/Linux 11\r\n\r\nDell SmartFabric OS10\r\n' },
  telnet: {
    banner: 'Debian GNU/Linux 11\n\nDell SmartFabric OS10\n',
    user: '{host} login: ',
    password: 'Password: ',
    refused: '\nLogin incorrect\n',
    tries: 3,
  },
  motd: ({ host, ip }) =>
    `Linux ${host} 4.9.189 #1 SMP Debian 4.9.189-3+deb9u2 x86_64\nLast login: ${volatile('ctime')} from ${ip(900)}\n-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-*-\n-*          Dell EMC Network Operating System (OS10)        *-\n\n`,
  modes: {
    privileged: { prompt: ({ host }) => `${host}# ` },
    config: {
      prompt: ({ host, section }) => `${host}(${section === '' ? 'config' : section})# `,
      edits: true,
      leaves: 'privileged',
    },
  },
  start: 'privileged',
  abbreviates: true,
  escape: 'do',
  paging: { more: '--More--', erase: `\r        \r` },
  unknown: () => '% Error: Unrecognized command.\n',
  commands: [
    ...iosTerminal,
    { words: 'configure [terminal]', in: ['privileged'], to: 'config' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'privileged', effect: 'top' },
    { words: 'exit', in: ['privileged'], effect: 'logout' },
    { words: 'write memory', effect: 'save' },
    { words: 'copy running-configuration startup-configuration', effect: 'save' },
    {
      words: 'show startup-configuration',
      in: ['privileged'],
      run: ({ device }) => ({ text: device.show(undefined, device.startup), isConfiguration: true }),
    },
    ...reloadCommands({
      modes: ['privileged'],
      now: 'reload',
      question: 'Proceed to reboot the system? [confirm yes/no]:',
      isKey: false,
    }),
    {
      words: 'show version',
      print: () =>
        `Dell SmartFabric OS10 Enterprise\nCopyright (c) 1999-2022 by Dell Inc. All Rights Reserved.\nOS Version: 10.5.3.4\nBuild Version: 10.5.3.4.108\nBuild Time: 2022-03-16T00:11:03+0000\nSystem Type: S5248F-ON\nArchitecture: x86_64\nUp Time: ${volatile('uptime')}\n`,
    },
    {
      words: 'show inventory [media]',
      print: ({ hex }) =>
        `Product               : S5248F-ON\nDescription           : S5248F-ON 48x25GbE SFP28, 4x100GbE QSFP28, 2x100GbE QSFP-DD Interface Module\nSoftware version      : 10.5.3.4\nService tag ${hex(3, 7).toUpperCase()}\n`,
    },
    { words: 'show system', print: () => `Node Id              : 1\nUp Time              : ${volatile('uptime')}\n` },
    { words: 'show running-configuration', effect: 'configuration' },
    { words: 'show running-configuration *', effect: 'configuration' },
  ],
  config: {
    before: () => `! Version 10.5.3.4\n! Last configuration change at ${volatile('iso')}\n!\n`,
    parts: [
      ({ host, token, ip }) =>
        `ip vrf default\n!\nhostname ${host}\nusername netwright password $6$rounds=656000$${token(1, 16)}$${token(2, 86)} role sysadmin priv-lvl 15\nradius-server host ${ip(601)} key 9 ${token(3, 64)}\nsnmp-server community ${token(4, 10)} ro\nspanning-tree mode rstp\n!\n`,
      {
        share: 0.2,
        each: ({ number }, nth) =>
          `interface vlan${nth + 100}\n description seg-${number(nth, 900)}\n no shutdown\n!\n`,
      },
      {
        share: 0.8,
        each: ({ description, number }, nth) =>
          `interface ethernet1/1/${nth + 1}\n description "${description(nth)}"\n no shutdown\n switchport access vlan ${100 + number(nth, 20)}\n flowcontrol receive off\n!\n`,
      },
      ({ ip, asn, token }) =>
        `interface mgmt1/1/1\n no shutdown\n ip address ${ip(1)}/24\n!\nrouter bgp ${asn}\n router-id ${ip(0)}\n !\n neighbor ${ip(501)}\n  password 9 ${token(5, 64)}\n  remote-as ${asn + 1}\n!\nmanagement route 0.0.0.0/0 ${ip(2)}\n!\ntelemetry\n`,
    ],
  },
  edit: {
    style: 'lines',
    negate: 'no ',
    closer: '!',
    sections: [
      [/^interface \S+/, 'conf-if'],
      [/^router bgp \d+/, 'config-router-bgp'],
      [/^neighbor \S+$/, 'config-router-neighbor', 'nested'],
      [/^ip access-list \S+/, 'config-ipv4-acl'],
    ],
    globals: /^(hostname|username|snmp-server|ip route|management|logging|ntp|radius-server)\b/,
    negative: /^shutdown$/,
    single: [/^hostname /, /^description /, /^ip address /, /^switchport access vlan /, /^mtu /, /^remote-as /],
    before: /^(management|telemetry)/,
    vocabulary: [...iosVocabulary, 'shutdown', 'mtu', 'ntp', 'logging', 'channel-group', 'permit', 'deny'],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface ethernet1/1/1', `description "server ${1 + number(nth, 400)}"`],
      sentence: `description of ethernet1/1/1 is now "server ${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({
      lines: [`interface vlan${2000 + nth}`, `description project-${nth}`],
      sentence: `VLAN ${2000 + nth} "project-${nth}" was added`,
    }),
  ],
};
