import type { Persona } from '../persona.ts';
import { routerosCommands, routerosKeys } from '../transactions/routeros.ts';
import { volatile } from '../volatile.ts';
import { routerosAnswers } from './answers/routeros-answers.ts';
import { routerosRefusals } from './forti-refusals.ts';

/** RouterOS 7.16 on a CCR: a user name may carry console options behind a plus sign. */
export const mikrotik_routeros: Persona = {
  id: 'mikrotik_routeros',
  vendor: 'MikroTik',
  kind: 'router',
  ssh: { ident: 'ROSSSH' },
  telnet: {
    banner: '\nMikroTik v7.16 (stable)\n',
    user: 'Login: ',
    password: 'Password: ',
    refused: 'Login failed, incorrect username or password\n\n',
    tries: 3,
  },
  userOptions: '+',
  motd: () =>
    '\n\n  MMM      MMM       KKK                          TTTTTTTTTTT      KKK\n  MMMM    MMMM       KKK                          TTTTTTTTTTT      KKK\n\n  MikroTik RouterOS 7.16 (c) 1999-2024       https://www.mikrotik.com/\n\n\nPress F1 for help\n  \n',
  modes: { prompt: { prompt: ({ user, host, label }) => `\r[${user}@${host}] ${label}> `, edits: true } },
  start: 'prompt',
  pipes: false,
  keys: routerosKeys,
  startup: 'commit',
  files: { kind: 'flat', prefix: '', totalBytes: 128_000_000, usedBytes: 56_800_000 },
  transfers: { sftp: 'always', scp: 'always' },
  unknown: (line) => `bad command name ${line.replace(/^\//, '').split(/[ /]/)[0]} (line 1 column 1)\n`,
  commands: (
    [
      {
        words: '/system resource print',
        print: () =>
          `                   uptime: ${volatile('shortuptime')}\n                  version: 7.16 (stable)\n               build-time: 2024-09-20 13:00:27\n         factory-software: 7.1\n              free-memory: 3${volatile('percent')}.6MiB\n             total-memory: 4096.0MiB\n                      cpu: ARM64\n                cpu-count: 4\n                 cpu-load: ${volatile('percent')}%\n           free-hdd-space: 71.2MiB\n          total-hdd-space: 128.0MiB\n        architecture-name: arm64\n               board-name: CCR2004-1G-12S+2XS\n                 platform: MikroTik\n\n`,
      },
      {
        words: '/system routerboard print',
        print: ({ hex }) =>
          `       routerboard: yes\n             model: CCR2004-1G-12S+2XS\n     serial-number: ${hex(3, 8).toUpperCase()}\n     firmware-type: al64\n  current-firmware: 7.16\n  upgrade-firmware: 7.16\n\n`,
      },
      {
        words: '/system package update print',
        print: () => '            channel: stable\n  installed-version: 7.16\n\n',
      },
      {
        words: '/system package print *',
        print: () => 'Columns: NAME, VERSION\n#  NAME      VERSION\n0  routeros  7.16   \n\n',
      },
      { words: '/system history print *', print: () => '' },
      { words: '/system identity print', print: ({ host }) => `  name: ${host}\n\n` },
      ...routerosAnswers,
      ...routerosCommands,
      { words: '/quit', effect: 'logout', print: () => 'interrupted\n' },
      { words: 'quit', effect: 'logout', print: () => 'interrupted\n' },
    ] satisfies readonly Persona['commands'][number][]
  ).map((command) => ({ ...command, in: ['prompt'] })),
  config: {
    before: ({ hex }) =>
      `# ${volatile('iso')} by RouterOS 7.16\n# software id = ${hex(6, 4).toUpperCase()}-${hex(7, 4).toUpperCase()}\n#\n# model = CCR2004-1G-12S+2XS\n# serial number = ${hex(3, 8).toUpperCase()}\n`,
    parts: [
      ({ token }) =>
        `/interface bridge\nadd name=bridge1\n/interface wireless security-profiles\nset [ find default=yes ] supplicant-identity=MikroTik wpa2-pre-shared-key=${token(1, 12)}\n/interface ethernet\n`,
      {
        share: 0.2,
        each: ({ description }, nth) => `set [ find default-name=ether${nth + 1} ] comment="${description(nth)}"\n`,
      },
      () => '/interface vlan\n',
      { share: 0.2, each: (_, nth) => `add interface=bridge1 name=vlan${nth + 100} vlan-id=${nth + 100}\n` },
      () => '/ip address\n',
      {
        share: 0.3,
        each: ({ ip }, nth) =>
          `add address=${ip(nth)}/24 interface=vlan${nth + 100} network=${ip(nth).replace(/\d+$/, '0')}\n`,
      },
      () => '/ip firewall filter\nadd action=accept chain=input connection-state=established,related\n',
      {
        share: 0.3,
        each: ({ ip, number }, nth) =>
          `add action=accept chain=forward dst-address=${ip(nth + 900)} dst-port=${1 + number(nth, 9_000)} protocol=tcp\n`,
      },
      ({ host, ip, token }) =>
        `/ip route\nadd gateway=${ip(501)}\n/ppp secret\nadd name=branch1 password=${token(2, 12)} profile=default-encryption\n/radius\nadd address=${ip(601)} secret=${token(3, 12)} service=login\n/snmp community\nadd addresses=0.0.0.0/0 name=${token(4, 10)}\n/system identity\nset name=${host}\n/system ntp client\nset enabled=yes\n`,
    ],
  },
  edit: { style: 'routeros', negate: '', refuses: routerosRefusals, hostname: /^set name=(\S+)/ },
  changes: [
    ({ number }, nth) => ({
      lines: [`/interface ethernet set [ find default-name=ether1 ] comment="pop ${1 + number(nth, 90)}"`],
      sentence: `comment of ether1 is now "pop ${1 + number(nth, 90)}"`,
    }),
    ({ ip, number }, nth) => ({
      lines: [
        `/ip firewall filter add action=accept chain=forward dst-address=${ip(nth + 5_000)} dst-port=${1 + number(nth, 9_000)} protocol=tcp`,
      ],
      sentence: `the firewall accepts ${ip(nth + 5_000)}`,
    }),
  ],
};
