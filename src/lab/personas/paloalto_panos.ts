import type { Persona } from '../persona.ts';
import { panosTransactions } from '../transactions/panos.ts';
import { volatile } from '../volatile.ts';
import { panosCheck, panosRefusals } from './panos-check.ts';

/** PAN-OS 10.2 on a PA-440: candidate configuration, `commit` is a job. */
export const paloalto_panos: Persona = {
  id: 'paloalto_panos',
  vendor: 'Palo Alto',
  kind: 'firewall',
  ssh: { ident: 'OpenSSH_8.0', methods: ['keyboard-interactive', 'password'] },
  motd: ({ ip }) =>
    `Last login: ${volatile('ctime')} from ${ip(900)}\n\n\n\nNumber of failed attempts since last successful login: 0\n\n\n\n`,
  modes: {
    operational: { prompt: ({ user, host }) => `${user}@${host}> ` },
    config: {
      prompt: ({ user, host, path }) =>
        `[edit${path.length > 0 ? ` ${path.join(' ')}` : ''}]  \n${user}@${host}# `.replaceAll('\n', '\r\n'),
      edits: true,
      candidate: 'shared',
      leaves: 'operational',
    },
  },
  start: 'operational',
  escape: 'run',
  paging: { more: 'lines 1-23 ', erase: '\r\x1b[K' },
  unknown: (line) => `Unknown command: ${line.split(' ')[0]}\n`,
  unknownLine: (line) => `Invalid syntax.\n`.replace('Invalid', line === '' ? 'Missing' : 'Invalid'),
  commands: [
    { words: 'set cli scripting-mode on' },
    { words: 'set cli scripting-mode off' },
    { words: 'set cli pager off', effect: 'page off' },
    { words: 'set cli pager on', effect: 'page on' },
    { words: 'set cli terminal width *' },
    { words: 'set cli terminal height *' },
    { words: 'set cli config-output-format *' },
    { words: 'set cli confirmation-prompt off' },
    {
      words: 'show system info',
      print: ({ host, ip, hex }) =>
        `\nhostname: ${host}\nip-address: ${ip(1)}\npublic-ip-address: unknown\nnetmask: 255.255.255.0\ndefault-gateway: ${ip(2)}\nmac-address: 08:66:1f:${hex(4, 2)}:00:01\ntime: ${volatile('ctime')}\nuptime: ${volatile('uptime')}\nfamily: 400\nmodel: PA-440\nserial: 0214${hex(3, 8)}\nsw-version: 10.2.9-h1\nglobal-protect-client-package-version: 0.0.0\napp-version: 88${volatile('percent')}-9023\nav-version: 0\nthreat-version: 88${volatile('percent')}-9023\nurl-filtering-version: 20260101.2${volatile('percent')}\nmulti-vsys: off\noperational-mode: normal\n\n`,
    },
    ...panosTransactions,
    { words: 'show config running', effect: 'configuration' },
    { words: 'show config *', effect: 'configuration', ignoresRest: true },
    { words: 'show high-availability state', print: () => '\nHA not enabled\n\n' },
    { words: 'exit', in: ['operational'], effect: 'logout' },
    { words: 'quit', in: ['operational'], effect: 'logout' },
  ],
  config: {
    before: () => '',
    after: () => '\n\n',
    parts: [
      ({ host, token, ip }) =>
        `config {\n  mgt-config {\n    users {\n      netwright {\n        phash $5$${token(1, 8)}$${token(2, 43)};\n        permissions {\n          role-based {\n            superuser yes;\n          }\n        }\n      }\n    }\n  }\n  shared {\n    server-profile {\n      radius {\n        ISE {\n          server {\n            ise1 {\n              secret -AQ==${token(3, 27)}=${token(4, 20)}==;\n              ip-address ${ip(601)};\n            }\n          }\n        }\n      }\n    }\n  }\n  devices {\n    localhost.localdomain {\n      deviceconfig {\n        system {\n          hostname ${host};\n          ip-address ${ip(1)};\n          netmask 255.255.255.0;\n          snmp-setting {\n            access-setting {\n              version {\n                v2c {\n                  snmp-community-string ${token(5, 10)};\n                }\n              }\n            }\n          }\n        }\n      }\n      network {\n        interface {\n          ethernet {\n`,
      {
        share: 0.4,
        each: ({ ip, description }, nth) =>
          `            ethernet1/${nth + 1} {\n              comment "${description(nth)}";\n              layer3 {\n                ip {\n                  ${ip(nth)}/24;\n                }\n              }\n            }\n`,
      },
      () => '          }\n        }\n      }\n      vsys {\n        vsys1 {\n          address {\n',
      {
        share: 0.6,
        each: ({ ip }, nth) =>
          `            host-${nth + 1} {\n              ip-netmask ${ip(nth + 900)}/32;\n            }\n`,
      },
      () => '          }\n        }\n      }\n    }\n  }\n}\n',
    ],
  },
  startup: 'commit',
  check: panosCheck,
  edit: {
    style: 'set',
    refuses: panosRefusals,
    negate: 'delete ',
    leafEnd: ';',
    step: '  ',
    root: ['config', 'devices', 'localhost.localdomain'],
    vocabulary: ['deviceconfig', 'network', 'vsys', 'address', 'rulebase', 'shared', 'zone'],
    hostname: /^ {10}hostname ([^;]+);/,
  },
  changes: [
    ({ ip }, nth) => ({
      lines: [`set vsys vsys1 address new-host-${nth} ip-netmask ${ip(nth + 6_000)}/32`],
      sentence: `address new-host-${nth} (${ip(nth + 6_000)}/32) was added`,
    }),
    ({ number }, nth) => ({
      lines: [`set network interface ethernet ethernet1/1 comment "provider ${1 + number(nth, 90)}"`],
      sentence: `comment of ethernet1/1 is now "provider ${1 + number(nth, 90)}"`,
    }),
  ],
};
