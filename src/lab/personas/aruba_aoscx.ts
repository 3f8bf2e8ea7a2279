import { chassisMac } from '../network/index.ts';
import type { Persona } from '../persona.ts';
import { aoscxCheckpoints } from '../transactions/aoscx.ts';
import { volatile } from '../volatile.ts';
import { aoscxAnswers } from './answers/aoscx-answers.ts';
import { iosUnknown } from './ios-family.ts';
import { aoscxRefusals, iosShutsOff } from './ios-refusals.ts';

/** AOS-CX 10.10 on a 6300M. */
export const aruba_aoscx: Persona = {
  id: 'aruba_aoscx',
  vendor: 'Aruba',
  kind: 'switch',
  ssh: {
    ident: 'OpenSSH_8.9',
    banner:
      '(C) Copyright 2017-2023 Hewlett Packard Enterprise Development LP\r\n\r\n                 RESTRICTED RIGHTS LEGEND\r\n',
  },
  motd: ({ ip, user }) =>
    `Last login: ${volatile('iso')} from ${ip(900)}\nUser "${user}" has logged in 12 times in the past 30 days\n`,
  modes: {
    manager: { prompt: ({ host }) => `${host}# ` },
    config: {
      prompt: ({ host, section }) => `${host}(${section === '' ? 'config' : section})# `,
      edits: true,
      leaves: 'manager',
    },
  },
  start: 'manager',
  abbreviates: true,
  escape: 'do',
  paging: { more: '-- MORE --, next page: Space, next line: Enter, quit: q', erase: '\r\x1b[K' },
  unknown: (line) => `Invalid input: ${line.split(' ')[0]}\n`,
  unknownLine: (line, caret) => (line.includes(' ') ? iosUnknown(line, caret) : `Invalid input: ${line}\n`),
  commands: [
    { words: 'no page', effect: 'page off' },
    { words: 'page', effect: 'page on' },
    { words: 'configure [terminal]', in: ['manager'], to: 'config' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'manager', effect: 'top' },
    { words: 'exit', in: ['manager'], effect: 'logout' },
    { words: 'write memory', effect: 'save', print: () => 'Copying configuration: [Success]\n' },
    ...aoscxCheckpoints,
    {
      words: 'show version',
      print: () =>
        '-----------------------------------------------------------------------------\nArubaOS-CX\n(c) Copyright 2017-2023 Hewlett Packard Enterprise Development LP\n-----------------------------------------------------------------------------\nVersion      : FL.10.10.1050                                                 \nBuild Date   : 2023-04-06 02:26:34 UTC                                       \nBuild ID     : ArubaOS-CX:FL.10.10.1050:cdb1a9a8f7ff:202304060143            \nActive Image : primary                       \n\nService OS Version : FL.01.10.0003                 \nBIOS Version       : FL.01.0002                    \n',
    },
    {
      words: 'show clock',
      print: () => `${volatile('unix')}\nSystem is configured for timezone : UTC\n`,
    },
    {
      words: 'show module',
      print: ({ hex }) =>
        `Management Modules\n==================\n\n     Product                                      Serial           \nName Number  Description                          Number     Status\n---- ------- ------------------------------------ ---------- ----------------\n1/1  JL661A  6300M 48G CL4 PoE 4SFP56 Swch        SG${hex(3, 8).toUpperCase()} Active (local)\n`,
    },
    {
      words: 'show system',
      print: ({ host, hex, seed }) =>
        `Hostname               : ${host}\nSystem Description     : FL.10.10.1050                           \nSystem Contact         : \nSystem Location        : \n\nVendor                 : Aruba\nProduct Name           : JL661A 6300M 48G CL4 PoE 4SFP56 Sw\nChassis Serial Nbr     : SG${hex(3, 8).toUpperCase()}\nBase MAC Address       : ${chassisMac(seed).replace(/^(.{6})/, '$1-')}\nArubaOS-CX Version     : FL.10.10.1050                           \n\nTime Zone              : UTC\n\nUp Time                : ${volatile('uptime')}\nCPU Util (%)           : ${volatile('percent')}\nMemory Usage (%)       : ${volatile('percent')}\n`,
    },
    { words: 'show environment [*]', print: () => `Fan information\n1/1/1  4${volatile('percent')}0 rpm normal\n` },
    { words: 'show interface transceiver [*]', print: () => '' },
    ...aoscxAnswers,
    { words: 'show running-config', in: ['manager'], effect: 'configuration' },
    { words: 'show running-config *', in: ['manager'], effect: 'configuration' },
  ],
  config: {
    before: () => 'Current configuration:\n!\n!Version ArubaOS-CX FL.10.10.1050\n!export-password: default\n',
    parts: [
      ({ host, token }) =>
        `hostname ${host}\nuser netwright group administrators password ciphertext AQBapb${token(1, 80)}\nradius-server host 192.0.2.61 key ciphertext AQBape${token(2, 40)}\nsnmp-server community ${token(3, 10)}\nssh server vrf default\nssh server vrf mgmt\n`,
      { share: 0.2, each: ({ number }, nth) => `vlan ${nth + 100}\n    name seg-${number(nth, 900)}\n` },
      () => 'interface mgmt\n    no shutdown\n    ip dhcp\n',
      {
        share: 0.8,
        each: ({ description, number }, nth) =>
          `interface 1/1/${nth + 1}\n    no shutdown\n    description ${description(nth)}\n    no routing\n    vlan access ${100 + number(nth, 20)}\n`,
      },
      ({ ip }) =>
        `interface vlan 1\n    ip address ${ip(1)}/24\nip route 0.0.0.0/0 ${ip(2)}\n!\nntp server ${ip(701)}\nhttps-server vrf mgmt\n`,
    ],
  },
  files: { kind: 'flat', prefix: '/', totalBytes: 8_000_000_000, usedBytes: 2_000_000_000 },
  transfers: { sftp: 'always', scp: 'never' },
  shutsOff: iosShutsOff(/^interface mgmt$/, /^ip (?:static|address) \S+|^ip dhcp$/m),
  edit: {
    style: 'lines',
    refuses: aoscxRefusals,
    ordered: /^(?:access-list|route-map) /,
    negate: 'no ',
    step: '    ',
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^vlan [\d,-]+$/, 'config-vlan'],
      [/^access-list ip \S+/, 'config-acl-ip'],
      [/^router \S+/, 'config-router'],
    ],
    globals: /^(hostname|snmp-server|ip route|user|ntp|logging|radius-server|ssh)\b/,
    negative: /^(shutdown|routing)$/,
    single: [/^hostname /, /^description /, /^ip address /, /^vlan access /, /^name /],
    before: /^(ntp|https-server)/,
    vocabulary: ['shutdown', 'access-list', 'logging', 'lag', 'spanning-tree', 'router', 'permit', 'deny'],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface 1/1/1', `description desk ${1 + number(nth, 400)}`],
      sentence: `description of 1/1/1 is now "desk ${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({
      lines: [`vlan ${2000 + nth}`, `name project-${nth}`],
      sentence: `VLAN ${2000 + nth} "project-${nth}" was added`,
    }),
  ],
};
