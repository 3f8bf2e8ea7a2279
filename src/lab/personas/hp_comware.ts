import type { Persona } from '../persona.ts';
import { comwareReplace } from '../transactions/comware.ts';
import { volatile } from '../volatile.ts';
import { comwareAnswers } from './answers/comware-answers.ts';
import { huaweiRefusals, huaweiShutsOff } from './huawei-refusals.ts';

/** Comware 7.1 on a 5130: user and system view, NUL bytes before prompts, `#` between sections, `return` at the end. */
export const hp_comware: Persona = {
  id: 'hp_comware',
  vendor: 'HPE',
  kind: 'switch',
  ssh: { ident: 'Comware-7.1.070' },
  telnet: {
    banner:
      "\n******************************************************************************\n* Copyright (c) 2010-2023 Hewlett Packard Enterprise Development LP          *\n* Without the owner's prior written consent,                                 *\n* no decompiling or reverse-engineering shall be allowed.                    *\n******************************************************************************\n\n",
    user: 'Login: ',
    password: 'Password: ',
    refused: 'AAA authentication failed\n\n',
    tries: 3,
  },
  motd: () =>
    '\n******************************************************************************\n* Copyright (c) 2010-2023 Hewlett Packard Enterprise Development LP          *\n* no decompiling or reverse-engineering shall be allowed.                    *\n******************************************************************************\n\n',
  modes: {
    user: { prompt: ({ host }) => `\0<${host}>` },
    system: {
      prompt: ({ host, section }) => `\0[${host}${section === '' ? '' : `-${section}`}]`,
      edits: true,
      leaves: 'user',
    },
  },
  start: 'user',
  abbreviates: true,
  paging: { more: '---- More ----', erase: `\x1b[16D${' '.repeat(16)}\x1b[16D` },
  unknown: (_, caret) => `${' '.repeat(Math.max(1, caret))}^\n % Unrecognized command found at '^' position.\n`,
  commands: [
    { words: 'screen-length disable', in: ['user'], effect: 'page off' },
    { words: 'undo screen-length disable', in: ['user'], effect: 'page on' },
    {
      words: 'undo terminal monitor',
      in: ['user'],
      print: () => 'The current terminal is disabled to display logs.\n',
    },
    { words: 'undo terminal logging', in: ['user'] },
    {
      words: 'system-view',
      in: ['user'],
      to: 'system',
      print: () => 'System View: return to User View with Ctrl+Z.\n',
    },
    { words: 'quit', in: ['system'], effect: 'up' },
    { words: 'return', in: ['system'], to: 'user', effect: 'top' },
    { words: 'quit', in: ['user'], effect: 'logout' },
    ...comwareReplace,
    {
      words: 'display version',
      in: ['user', 'system'],
      print: () =>
        `HPE Comware Software, Version 7.1.070, Release 3507P18\nCopyright (c) 2010-2023 Hewlett Packard Enterprise Development LP\nHPE 5130 48G PoE+ 4SFP+ EI Switch uptime is ${volatile('uptime')}\nLast reboot reason : Cold reboot\n\nBoot image: flash:/5130ei-cmw710-boot-r3507p18.bin\nBoot image version: 7.1.070, Release 3507P18\n\nSlot 1:\nUptime is ${volatile('uptime')}\n5130 48G PoE+ 4SFP+ EI Switch with 2 Processors\nBOARD TYPE:         5130 48G PoE+ 4SFP+ EI Switch\n`,
    },
    {
      words: 'display device',
      in: ['user', 'system'],
      print: () =>
        'Slot Type             State    Subslot  Soft Ver             Patch Ver\n1    5130-48G-4SFP+   Master   0        5130EI-3507P18       None\n',
    },
    {
      words: 'display device manuinfo',
      in: ['user', 'system'],
      print: ({ hex }) =>
        `Slot 1 CPU 0:\nDEVICE_NAME          : 5130-48G-PoE+-4SFP+ EI JG941A\nDEVICE_SERIAL_NUMBER : CN${hex(3, 8).toUpperCase()}\nMANUFACTURING_DATE   : 2019-05-14\nVENDOR_NAME          : HPE\n`,
    },
    ...comwareAnswers,
    { words: 'display clock', in: ['user', 'system'], print: () => `${volatile('ios')}\n` },
    { words: 'display current-configuration', in: ['user', 'system'], effect: 'configuration' },
    { words: 'display current-configuration *', in: ['user', 'system'], effect: 'configuration' },
  ],
  config: {
    before: () => '#\n',
    parts: [
      ({ host }) =>
        ` version 7.1.070, Release 3507P18\n#\n sysname ${host}\n#\n irf mac-address persistent timer\n#\n lldp global enable\n#\n`,
      { share: 0.25, each: ({ number }, nth) => `vlan ${nth + 100}\n name SEG-${number(nth, 900)}\n#\n` },
      {
        share: 0.75,
        each: ({ description, number }, nth) =>
          `interface GigabitEthernet1/0/${nth + 1}\n port link-mode bridge\n description ${nth === 2 ? 'VER-NIC2-[TRUNK]' : description(nth)}\n port access vlan ${100 + number(nth, 20)}\n#\n`,
      },
      ({ ip, token }) =>
        `interface Vlan-interface1\n ip address ${ip(1)} 255.255.255.0\n#\nline vty 0 15\n authentication-mode scheme\n user-role network-operator\n#\n ip route-static 0.0.0.0 0 ${ip(2)}\n#\n snmp-agent\n snmp-agent community read cipher $c$3$${token(1, 32)}==\n#\nradius scheme ise\n primary authentication ${ip(601)} key cipher $c$3$${token(2, 28)}==\n#\nlocal-user netwright class manage\n password hash $h$6$${token(3, 16)}$${token(4, 86)}==\n service-type ssh telnet\n authorization-attribute user-role network-admin\n#\nreturn\n`,
    ],
  },
  files: { kind: 'flat', prefix: 'flash:/', totalBytes: 500_000_000, usedBytes: 120_000_000 },
  transfers: { sftp: /^ ?sftp server enable$/m, scp: /^ ?scp server enable$/m },
  shutsOff: huaweiShutsOff(/^interface Vlan-interface1$/),
  edit: {
    style: 'lines',
    refuses: huaweiRefusals,
    ordered: /^acl /,
    negate: 'undo ',
    closer: '#',
    sections: [
      [/^interface (\S+)/, '$1'],
      [/^vlan (\d+)$/, 'vlan$1'],
      [/^local-user (\S+)/, 'luser-$1'],
      [/^line \S+ \S+/, 'line'],
      [/^acl \S+ \S+/, 'acl'],
    ],
    globals: /^(sysname|archive|sftp|scp|ip route-static|snmp-agent|ntp-service|info-center)\b/,
    single: [/^sysname /, /^description /, /^ip address /, /^port access vlan /, /^name /],
    before: /^(radius scheme|local-user|return)/,
    vocabulary: ['archive', 'sftp', 'scp', 'shutdown', 'ntp-service', 'acl', 'rule', 'info-center', 'stp', 'undo'],
    comment: /^#/,
    hostname: /^ ?sysname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface GigabitEthernet1/0/1', `description desk ${1 + number(nth, 400)}`],
      sentence: `description of GigabitEthernet1/0/1 is now "desk ${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({
      lines: [`vlan ${2000 + nth}`, `name PROJECT-${nth}`],
      sentence: `VLAN ${2000 + nth} "PROJECT-${nth}" was added`,
    }),
  ],
};
