import type { Persona } from '../persona.ts';
import { volatile } from '../volatile.ts';
import { vrpAnswers } from './answers/vrp-answers.ts';
import { huaweiRefusals, huaweiShutsOff } from './huawei-refusals.ts';

/** VRP V200R019 on an S5731: user and system view; a time stamp would come before outputs only if configured. */
export const huawei_vrp: Persona = {
  id: 'huawei_vrp',
  vendor: 'Huawei',
  kind: 'switch',
  ssh: { ident: 'HUAWEI-1.5', banner: '\r\nUser Authentication\r\n' },
  telnet: {
    banner:
      '\nWarning: Telnet is not a secure protocol, and it is recommended to use Stelnet.\n\nLogin authentication\n\n\n',
    user: 'Username:',
    password: 'Password:',
    refused: 'Error: Failed to authenticate. The left retry number is 2.\n\n',
    tries: 3,
  },
  motd: ({ ip }) =>
    `\nInfo: The max number of VTY users is 21, the number of current VTY users online is 1, and total number of terminal users online is 1.\n      The current login time is ${volatile('iso')}.\n      The last login time is ${volatile('iso')} from ${ip(900)} through SSH.\n`,
  modes: {
    user: { prompt: ({ host }) => `<${host}>` },
    system: {
      prompt: ({ host, section }) => `[${host}${section === '' ? '' : `-${section}`}]`,
      edits: true,
      leaves: 'user',
    },
  },
  start: 'user',
  abbreviates: true,
  paging: { more: '  ---- More ----', erase: `\x1b[42D${' '.repeat(42)}\x1b[42D` },
  unknown: (_, caret) => `${' '.repeat(Math.max(1, caret))}^\nError: Unrecognized command found at '^' position.\n`,
  commands: [
    {
      words: 'screen-length 0 temporary',
      in: ['user'],
      effect: 'page off',
      print: () => 'Info: The configuration takes effect on the current user terminal interface only.\n',
    },
    {
      words: 'screen-width *',
      in: ['user'],
      ask: { question: 'Warning: This command will change the default screen width. Continue? [Y/N]:', yes: /^y/i },
    },
    { words: 'undo terminal monitor', in: ['user'], print: () => 'Info: Current terminal monitor is off.\n' },
    { words: 'timestamp disable', in: ['user'] },
    {
      words: 'system-view',
      in: ['user'],
      to: 'system',
      print: () => 'Enter system view, return user view with Ctrl+Z.\n',
    },
    { words: 'quit', in: ['system'], effect: 'up' },
    { words: 'return', in: ['system'], to: 'user', effect: 'top' },
    {
      words: 'quit',
      in: ['user'],
      effect: 'logout',
      print: () => 'Info: The max number of VTY users is 21, the number of current VTY users online is 0.\n',
    },
    {
      words: 'save',
      in: ['user'],
      effect: 'save',
      ask: {
        question: 'The current configuration will be written to flash:/vrpcfg.zip.\nAre you sure to continue?[Y/N]',
        yes: /^y/i,
      },
      print: () => 'Now saving the current configuration to the slot 0.\nSave the configuration successfully.\n',
    },
    {
      words: 'display version',
      in: ['user', 'system'],
      print: () =>
        `Huawei Versatile Routing Platform Software\nVRP (R) software, Version 5.170 (S5731 V200R019C10SPC500)\nCopyright (C) 2000-2020 HUAWEI TECH Co., Ltd.\nHUAWEI S5731-S48P4X Routing Switch uptime is ${volatile('uptime')}\n\nES5D2V52S008 0(Master)  : uptime is ${volatile('uptime')}\nDDR             Memory Size : 2048  M bytes\nFLASH Total     Memory Size : 1024  M bytes\n`,
    },
    {
      words: 'display device [*]',
      in: ['user', 'system'],
      print: () =>
        "S5731-S48P4X's Device status:\nSlot Sub  Type                   Online    Power    Register     Status   Role  \n-------------------------------------------------------------------------------\n0    -    S5731-S48P4X           Present   PowerOn  Registered   Normal   Master\n",
    },
    ...vrpAnswers('vrp5'),
    { words: 'display clock', in: ['user', 'system'], print: () => `${volatile('iso')}\n` },
    { words: 'display current-configuration', in: ['user', 'system'], effect: 'configuration' },
    { words: 'display current-configuration *', in: ['user', 'system'], effect: 'configuration' },
    {
      words: 'display saved-configuration',
      in: ['user', 'system'],
      run: ({ device }) => ({ text: device.show(undefined, device.startup), isConfiguration: true }),
    },
  ],
  config: {
    before: () => '!Software Version V200R019C10SPC500\n#\n',
    parts: [
      ({ host, token }) =>
        `sysname ${host}\n#\ninfo-center timestamp log date precision-time second\n#\naaa\n local-user netwright password irreversible-cipher $1a$${token(1, 10)}$${token(2, 44)}$\n local-user netwright privilege level 15\n local-user netwright service-type telnet ssh\n#\n`,
      { share: 0.25, each: ({ number }, nth) => `vlan ${nth + 100}\n description seg ${number(nth, 900)}\n#\n` },
      {
        share: 0.75,
        each: ({ description, number }, nth) =>
          `interface GigabitEthernet0/0/${nth + 1}\n description ${nth === 1 ? 'image [V200R009C00SPC500]' : description(nth)}\n port link-type access\n port default vlan ${100 + number(nth, 20)}\n#\n`,
      },
      ({ ip, token }) =>
        `interface Vlanif1\n ip address ${ip(1)} 255.255.255.0\n#\nip route-static 0.0.0.0 0.0.0.0 ${ip(2)}\n#\nsnmp-agent\nsnmp-agent community read cipher %^%#${token(3, 40)}%^%#\n#\nhwtacacs-server template t1\n hwtacacs-server shared-key cipher %^%#${token(4, 32)}%^%#\n#\nuser-interface vty 0 4\n authentication-mode aaa\n protocol inbound all\n#\nreturn\n`,
    ],
  },
  shutsOff: huaweiShutsOff(/^interface Vlanif1$/),
  edit: {
    style: 'lines',
    refuses: huaweiRefusals,
    ordered: /^acl /,
    negate: 'undo ',
    closer: '#',
    sections: [
      [/^interface (\S+)/, '$1'],
      [/^vlan (\d+)$/, 'vlan$1'],
      [/^aaa$/, 'aaa'],
      [/^acl \S+/, 'acl'],
      [/^bgp \d+/, 'bgp'],
      [/^user-interface \S+/, 'ui-vty0-4'],
    ],
    globals: /^(sysname|ip route-static|snmp-agent|ntp-service|info-center)\b/,
    single: [/^sysname /, /^description /, /^ip address /, /^port default vlan /],
    before: /^(snmp-agent|hwtacacs|user-interface|return)/,
    vocabulary: ['shutdown', 'acl', 'rule', 'stp', 'ntp-service', 'bgp', 'peer', 'authentication-mode'],
    comment: /^[#!]/,
    hostname: /^sysname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface GigabitEthernet0/0/1', `description desk ${1 + number(nth, 400)}`],
      sentence: `description of GigabitEthernet0/0/1 is now "desk ${1 + number(nth, 400)}"`,
    }),
    ({ ip }, nth) => ({
      lines: [`ip route-static 198.51.${100 + (nth % 100)}.0 255.255.255.0 ${ip(nth + 6_000)}`],
      sentence: `static route to 198.51.${100 + (nth % 100)}.0/24 was added`,
    }),
  ],
};
