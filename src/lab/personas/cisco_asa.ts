import type { Persona } from '../persona.ts';
import { asaFiles } from '../transactions/asa.ts';
import { volatile } from '../volatile.ts';
import { iosUnknown } from './ios-family.ts';
import { asaRefusals, iosShutsOff } from './ios-refusals.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

/** ASA 9.16: pager by `terminal pager`, enable always asks, keys in clear with `more system:running-config`. */
export const cisco_asa: Persona = {
  id: 'cisco_asa',
  vendor: 'Cisco',
  kind: 'firewall',
  ssh: { ident: 'Cisco-1.25', methods: ['password'] },
  telnet: {
    banner: '\n\nUser Access Verification\n\n',
    user: 'Username: ',
    password: 'Password: ',
    refused: '\nLogin incorrect\n\n',
    tries: 3,
  },
  motd: ({ host, user, ip }) =>
    `User ${user} logged in to ${host}\nLogins over the last 91 days: 21.  Last login: ${volatile('ios')} from ${ip(900)}\nFailed logins since the last login: 0.  \nType help or '?' for a list of available commands.\n`,
  modes: {
    exec: { prompt: ({ host }) => `\r${host}> ` },
    privileged: { prompt: ({ host }) => `\r${host}# ` },
    config: {
      prompt: ({ host, section }) => `\r${host}(${section === '' ? 'config' : section})# `,
      edits: true,
      leaves: 'privileged',
    },
  },
  start: 'exec',
  needsEnable: true,
  abbreviates: true,
  paging: { more: '<--- More --->', erase: '\r              \r' },
  unknown: iosUnknown,
  unknownLine: (_, caret) => `${' '.repeat(caret)}^\nERROR: % Invalid input detected at '^' marker.\n`,
  commands: [
    {
      words: 'enable',
      in: ['exec'],
      to: 'privileged',
      ask: {
        question: 'Password: ',
        secret: 'enable',
        tries: 3,
        again: 'Invalid password\nPassword: ',
        refused: 'Invalid password\nAccess denied.\n',
      },
    },
    { words: 'disable', in: ['privileged'], to: 'exec' },
    { words: 'terminal pager 0', in: ['exec', 'privileged', 'config'], effect: 'page off' },
    { words: 'terminal pager *', in: ['exec', 'privileged', 'config'], effect: 'page on' },
    { words: 'terminal width *', in: ['config'] },
    { words: 'configure terminal', in: ['privileged'], to: 'config' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'privileged', effect: 'top' },
    { words: 'exit', in: ['exec', 'privileged'], effect: 'logout', print: () => '\nLogoff\n\n' },
    { words: 'quit', in: ['exec', 'privileged'], effect: 'logout', print: () => '\nLogoff\n\n' },
    ...asaFiles,
    {
      words: 'show version',
      print: ({ host, hex }) =>
        `\nCisco Adaptive Security Appliance Software Version 9.16(4)\nSSP Operating System Version 2.10(1.217)\nDevice Manager Version 7.18(1)\n\nCompiled on Wed 12-Oct-22 09:34 GMT by builders\nSystem image file is "disk0:/asa9-16-4-lfbff-k8.SPA"\nConfig file at boot was "startup-config"\n\n${host} up ${volatile('uptime')}\n\nHardware:   ASA5516, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)\nSerial Number: JAD${hex(3, 8).toUpperCase()}\nConfiguration last modified by netwright at ${volatile('ios')}\n`,
    },
    {
      words: 'show inventory',
      print: ({ hex }) =>
        `Name: "Chassis", DESCR: "ASA 5516-X with FirePOWER services, 8GE, AC, DES"\nPID: ASA5516           , VID: V05     , SN: JMX${hex(3, 8).toUpperCase()}\n\n`,
    },
    { words: 'show running-config', in: ['privileged'], effect: 'configuration' },
    { words: 'show running-config *', in: ['privileged'], effect: 'configuration' },
    { words: 'more system:running-config', in: ['privileged'], effect: 'configuration' },
  ],
  config: {
    before: ({ hex }) =>
      `: Saved\n\n: \n: Serial Number: JAD${hex(3, 8).toUpperCase()}\n: Hardware:   ASA5516, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)\n: Written by netwright at ${volatile('ios')}\n!\nASA Version 9.16(4) \n!\n`,
    after: () => `Cryptochecksum:${volatile('sum')}\n: end\n\n`,
    parts: [
      ({ host, token, ip }) =>
        `hostname ${host}\ndomain-name example.net\nenable password $sha512$5000$${token(1, 22)}==$${token(2, 22)}== pbkdf2\npasswd ${token(3, 16)} encrypted\nnames\n!\ninterface GigabitEthernet1/1\n nameif outside\n security-level 0\n ip address ${ip(1)} 255.255.255.248 \n!\ninterface GigabitEthernet1/2\n nameif inside\n security-level 100\n ip address ${ip(2)} 255.255.255.0 \n!\n`,
      {
        share: 0.4,
        each: ({ ip, description }, nth) =>
          `object network HOST-${nth + 1}\n host ${ip(nth + 100)}\n description ${description(nth)}\n`,
      },
      {
        share: 0.6,
        each: ({ number, ip }, nth) =>
          `access-list OUTSIDE-IN extended permit tcp any host ${ip(nth + 100)} eq ${1 + number(nth, 9_000)} \n`,
      },
      ({ ip, token }) =>
        `pager lines 24\nlogging enable\nmtu outside 1500\nmtu inside 1500\naccess-group OUTSIDE-IN in interface outside\nroute outside 0.0.0.0 0.0.0.0 ${ip(3)} 1\naaa-server ISE protocol radius\naaa-server ISE (inside) host ${ip(601)}\n key ${token(5, 14)}\nsnmp-server community ${token(6, 10)}\ncrypto ikev1 policy 10\n authentication pre-share\n encryption aes-256\n!\nssh ${ip(7)} 255.255.255.255 inside\nusername netwright password $sha512$5000$${token(7, 22)}==$${token(8, 22)}== pbkdf2 privilege 15\ntunnel-group ${ip(9)} type ipsec-l2l\ntunnel-group ${ip(9)} ipsec-attributes\n ikev1 pre-shared-key ${token(9, 16)}\n!\nprompt hostname context \n`,
    ],
  },
  files: { kind: 'flat', prefix: 'disk0:/', totalBytes: 8_000_000_000, usedBytes: 2_000_000_000 },
  transfers: { sftp: 'never', scp: /^ssh scopy enable$/m },
  shutsOff: iosShutsOff(/^interface GigabitEthernet1\/1$/),
  edit: {
    style: 'lines',
    refuses: asaRefusals,
    ordered: /^(?:access-list|object-group) /,
    negate: 'no ',
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^object network \S+/, 'config-network-object'],
      [/^object-group \S+ \S+/, 'config-network-object-group'],
      [/^tunnel-group \S+ ipsec-attributes/, 'config-tunnel-ipsec'],
      [/^crypto ikev1 policy \d+/, 'config-ikev1-policy'],
    ],
    globals: /^(hostname|access-list|route|username|enable|logging|snmp-server|ssh|access-group|domain-name)\b/,
    single: [/^hostname /, /^description /, /^ip address /, /^host /, /^nameif /, /^security-level /],
    before: /^prompt /,
    vocabulary: [...iosVocabulary, 'shutdown', 'object-group', 'network-object', 'ntp', 'nat', 'subnet', 'banner'],
    comment: /^(!|:)/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ ip, number }, nth) => {
      const line = `access-list OUTSIDE-IN extended permit tcp any host ${ip(nth + 5_000)} eq ${1 + number(nth, 9_000)} `;
      return { lines: [line], sentence: `access list OUTSIDE-IN permits ${ip(nth + 5_000)}` };
    },
    ({ ip }, nth) => ({
      lines: [`object network SERVER-${nth}`, `host ${ip(nth + 6_000)}`],
      sentence: `network object SERVER-${nth} (${ip(nth + 6_000)}) was added`,
    }),
  ],
};
