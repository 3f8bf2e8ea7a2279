import type { Persona, PromptState } from '../persona.ts';
import { junosTransactions } from '../transactions/junos.ts';
import { volatile } from '../volatile.ts';
import { withJunosAnswers } from './answers/junos-answers.ts';
import { junosCheck, junosRefusals, junosShutsOff } from './junos-check.ts';

const editPrompt = ({ user, host, path }: PromptState): string =>
  `\n[edit${path.length > 0 ? ` ${path.join(' ')}` : ''}]\n${user}@${host}# `;

/** Junos 22.4R3 on an MX. */
export const juniper_junos: Persona = {
  id: 'juniper_junos',
  vendor: 'Juniper',
  kind: 'router',
  ssh: { ident: 'OpenSSH_8.8' },
  telnet: {
    banner: '',
    user: '{host} (ttyp0)\n\nlogin: ',
    password: 'Password:',
    refused: 'Login incorrect\n',
    tries: 3,
  },
  motd: ({ ip }) =>
    `Last login: ${volatile('ctime')} from ${ip(900)}\n--- JUNOS 22.4R3-S2.11 Kernel 64-bit  JNPR-12.1-20230920\n`,
  modes: {
    operational: { prompt: ({ user, host }) => `${user}@${host}> ` },
    config: { prompt: editPrompt, edits: true, candidate: 'shared', leaves: 'operational' },
    private: { prompt: editPrompt, edits: true, candidate: true, leaves: 'operational' },
  },
  start: 'operational',
  abbreviates: true,
  escape: 'run',
  paging: { more: '---(more)---', erase: `\r${' '.repeat(40)}\r` },
  unknown: (line, caret) =>
    `${' '.repeat(caret)}^\n${/^(show|set|request|clear|configure|ping) /.test(line) ? 'syntax error, expecting <command>' : 'unknown command'}.\n\n`,
  unknownLine: (_, caret) => `${' '.repeat(Math.max(0, caret))}^\nsyntax error.\n`,
  commands: withJunosAnswers([
    {
      words: 'set cli screen-length 0',
      in: ['operational'],
      effect: 'page off',
      print: () => 'Screen length set to 0\n\n',
    },
    {
      words: 'set cli screen-length *',
      in: ['operational'],
      effect: 'page on',
      print: (_, [rows]) => `Screen length set to ${rows}\n\n`,
    },
    {
      words: 'set cli screen-width *',
      in: ['operational'],
      print: (_, [columns]) => `Screen width set to ${columns}\n\n`,
    },
    { words: 'set cli complete-on-space off', in: ['operational'], print: () => 'Disabling complete-on-space\n\n' },
    { words: 'set cli timestamp disable', in: ['operational'] },
    { words: 'set cli prompt *', in: ['operational'] },
    {
      words: 'show version',
      print: ({ host }) =>
        `Hostname: ${host}\nModel: mx204\nJunos: 22.4R3-S2.11\nJUNOS OS Kernel 64-bit  [20230920.b1a2c3d_builder_stable_12_224]\nJUNOS Base OS boot [22.4R3-S2.11]\n\n`,
    },
    {
      words: 'show chassis hardware [detail]',
      print: ({ hex }) =>
        `Hardware inventory:\nItem             Version  Part number  Serial number     Description\nChassis                                ${hex(3, 8).toUpperCase()}          JNP204 [MX204]\nRouting Engine 0          BUILTIN      BUILTIN           RE-S-1600x8\nFPC 0                     BUILTIN      BUILTIN           MPC\n\n`,
    },
    { words: 'show system license [keys]', print: () => 'License usage: none\n\n' },
    {
      words: 'show system uptime',
      print: () =>
        `Current time: ${volatile('junos')}\nSystem booted: 2026-01-05 00:00:00 UTC (${volatile('uptime')} ago)\n\n`,
    },
    { words: 'show chassis cluster status', print: () => 'error: Chassis cluster is not enabled.\n\n' },
    { words: 'show virtual-chassis [status]', print: () => 'error: the virtual-chassis subsystem is not running\n\n' },
    ...junosTransactions,
    { words: 'exit', in: ['operational'], effect: 'logout' },
    { words: 'quit', in: ['operational'], effect: 'logout' },
  ]),
  config: {
    before: () => `## Last commit: ${volatile('junos')} by netwright\n`,
    parts: [
      ({ host, token, ip }) =>
        `version 22.4R3-S2.11;\nsystem {\n    host-name ${host};\n    root-authentication {\n        encrypted-password "$6$${token(1, 8)}$${token(2, 86)}"; ## SECRET-DATA\n    }\n    login {\n        user netwright {\n            uid 2000;\n            class super-user;\n            authentication {\n                encrypted-password "$6$${token(3, 8)}$${token(4, 86)}"; ## SECRET-DATA\n            }\n        }\n    }\n    services {\n        ssh;\n    }\n    radius-server {\n        ${ip(601)} secret "$9$${token(5, 24)}"; ## SECRET-DATA\n    }\n    ntp {\n        server ${ip(701)};\n    }\n}\ninterfaces {\n`,
      {
        share: 0.6,
        each: ({ description, ip }, nth) =>
          `    ge-0/0/${nth} {\n        description "${description(nth)}";\n        unit 0 {\n            family inet {\n                address ${ip(nth)}/24;\n            }\n        }\n    }\n`,
      },
      ({ token }) =>
        `}\nsnmp {\n    location "row ${token(9, 2)}";\n    community ${token(11, 10)} {\n        authorization read-only;\n    }\n}\n`,
      ({ asn, ip, token }) =>
        `routing-options {\n    autonomous-system ${asn};\n}\nprotocols {\n    bgp {\n        group transit {\n            type external;\n            authentication-key "$9$${token(6, 28)}"; ## SECRET-DATA\n            peer-as ${asn + 1};\n            neighbor ${ip(501)} {\n                description "transit NileNet";\n            }\n        }\n    }\n}\npolicy-options {\n    prefix-list customers {\n`,
      { share: 0.4, each: ({ ip }, nth) => `        ${ip(nth + 3_000).replace(/\d+$/, '0')}/24;\n` },
      () => '    }\n}\n',
    ],
    after: () => '\n',
  },
  startup: 'commit',
  files: { kind: 'tree', prefix: '', home: '/var/home/netwright', totalBytes: 4_000_000_000, usedBytes: 1_100_000_000 },
  transfers: { sftp: 'always', scp: 'always' },
  check: junosCheck,
  shutsOff: junosShutsOff,
  edit: {
    style: 'set',
    refuses: junosRefusals,
    ordered: /^(?:policy-statement|filter) /,
    negate: 'delete ',
    leafEnd: ';',
    keyed:
      /^(unit|family|neighbor|group|user|term|filter|prefix-list|community|policy-statement|policer|from-zone|security-zone|area|instance) \S+ \S/,
    many: /^(address|neighbor|export|import|server|name-server|\d+\.\d+\.\d+\.\d+\/\d+)$/,
    vocabulary: [
      'version',
      'system',
      'interfaces',
      'protocols',
      'routing-options',
      'snmp',
      'firewall',
      'policy-options',
      'vlans',
      'security',
      'chassis',
      'routing-instances',
      'class-of-service',
      'groups',
      'apply-groups',
      'forwarding-options',
    ],
    comment: /^##/,
    hostname: /^ {4}host-name ([^;]+);/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: [`set interfaces ge-0/0/0 description "moved to rack ${1 + number(nth, 40)}"`],
      sentence: `description of ge-0/0/0 is now "moved to rack ${1 + number(nth, 40)}"`,
    }),
    ({ ip }, nth) => ({
      lines: [`set protocols bgp group transit neighbor ${ip(nth + 6_000)} description "new peer"`],
      sentence: `BGP neighbour ${ip(nth + 6_000)} was added to group transit`,
    }),
  ],
};
