import type { Persona } from '../persona.ts';
import { vyosTransactions } from '../transactions/vyos.ts';
import { volatile } from '../volatile.ts';
import { vyosAnswers } from './answers/vyos-answers.ts';
import { vyosCheck, vyosRefusals, vyosShutsOff } from './vyos-check.ts';

/** Values stand in quotes where a shell would need them. */
const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** VyOS 1.4: a shell-like prompt, candidate and commit, `less` as the pager. */
export const vyos: Persona = {
  id: 'vyos',
  vendor: 'VyOS',
  kind: 'router',
  ssh: { ident: 'OpenSSH_9.2p1 Debian-2+deb12u2', banner: 'Welcome to VyOS\r\n' },
  telnet: {
    banner: '\nWelcome to VyOS - vyos ttyS0\n\n',
    user: '{host} login: ',
    password: 'Password: ',
    refused: '\nLogin incorrect\n',
    tries: 3,
  },
  motd: ({ host, ip }) =>
    `Linux ${host} 6.6.32-amd64-vyos #1 SMP x86_64\n\nWelcome to VyOS!\n\nLast login: ${volatile('ctime')} from ${ip(900)}\n`,
  modes: {
    operational: { prompt: ({ user, host }) => `\x1b[?2004h${user}@${host}:~$ ` },
    config: {
      prompt: ({ user, host, path }) =>
        `[edit${path.length > 0 ? ` ${path.join(' ')}` : ''}]\r\n\x1b[?2004h${user}@${host}# `,
      edits: true,
      candidate: true,
      leaves: 'operational',
    },
  },
  start: 'operational',
  abbreviates: true,
  escape: 'run',
  enter: () => '\r\n\x1b[?2004l\r',
  paging: { more: '\x1b[7m:\x1b[m', erase: '\r\x1b[K' },
  unknown: (line) => `\n  Invalid command: [${line.split(' ')[0]}]\n\n`,
  unknownLine: (line) =>
    `\n  Configuration path: [${line.split(' ').slice(1).join(' ')}] is not valid\n  Set failed\n\n`,
  commands: [
    { words: 'set terminal length 0', in: ['operational'], effect: 'page off' },
    { words: 'set terminal length *', in: ['operational'], effect: 'page on' },
    { words: 'set terminal width *', in: ['operational'] },
    { words: 'terminal length 0', in: ['operational'], effect: 'page off' },
    {
      words: 'show version',
      print: ({ hex }) =>
        `Version:          VyOS 1.4.0\nRelease train:    sagitta\n\nBuilt by:         maintainers@vyos.net\nBuilt on:         Mon 03 Jun 2024 17:20 UTC\n\nArchitecture:     x86_64\nBoot via:         installed image\nSystem type:      KVM guest\n\nHardware vendor:  QEMU\nHardware model:   Standard PC (i440FX + PIIX, 1996)\nHardware S/N:     ${hex(3, 8)}\n\nCopyright:        VyOS maintainers and contributors\n`,
    },
    ...vyosAnswers,
    { words: 'show system uptime', print: () => `Uptime: ${volatile('uptime')}\n` },
    { words: 'show configuration commands', effect: 'configuration', form: 'set' },
    { words: 'show configuration', effect: 'configuration' },
    ...vyosTransactions,
    { words: 'exit', in: ['operational'], effect: 'logout', print: () => 'logout\n' },
  ],
  config: {
    parts: [
      () => 'interfaces {\n',
      {
        share: 0.6,
        each: ({ ip, description }, nth) =>
          `    ethernet eth${nth} {\n        address ${ip(nth)}/24\n        description ${quoted(description(nth))}\n    }\n`,
      },
      ({ asn, ip, token }) =>
        `    loopback lo {\n    }\n}\nprotocols {\n    bgp {\n        neighbor ${ip(501)} {\n            password ${token(1, 12)}\n            remote-as ${asn + 1}\n        }\n        system-as ${asn}\n    }\n    static {\n`,
      {
        share: 0.4,
        each: ({ ip }, nth) =>
          `        route ${ip(nth + 3_000).replace(/\d+$/, '0')}/24 {\n            next-hop ${ip(501)} {\n            }\n        }\n`,
      },
      ({ host, token, ip }) =>
        `    }\n}\nservice {\n    lldp {\n        interface all {\n        }\n    }\n    ntp {\n        server ${ip(701)} {\n            prefer\n        }\n    }\n    snmp {\n        community ${token(2, 10)} {\n            authorization ro\n        }\n    }\n    ssh {\n        port 22\n    }\n}\nsystem {\n    host-name ${host}\n    login {\n        user netwright {\n            authentication {\n                encrypted-password $6$rounds=656000$${token(3, 16)}$${token(4, 86)}\n            }\n        }\n    }\n    time-zone Africa/Cairo\n}\n`,
    ],
  },
  shown: 'set',
  files: { kind: 'tree', prefix: '', home: '/home/netwright', totalBytes: 8_000_000_000, usedBytes: 1_500_000_000 },
  transfers: { sftp: 'always', scp: 'always' },
  check: vyosCheck,
  shutsOff: vyosShutsOff,
  edit: {
    style: 'set',
    refuses: vyosRefusals,
    negate: 'delete ',
    quotes: true,
    keyed:
      /^(ethernet|loopback|vif|neighbor|user|rule|route|community|prefix-list|policy|group|tag|interface|server|next-hop) \S+ \S/,
    many: /^(address|name-server|listen-address)$/,
    vocabulary: ['interfaces', 'protocols', 'service', 'system', 'firewall', 'nat', 'policy', 'vpn', 'vrf', 'qos'],
    hostname: /^ {4}host-name (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: [`set interfaces ethernet eth0 description "pop ${1 + number(nth, 90)}"`],
      sentence: `description of eth0 is now "pop ${1 + number(nth, 90)}"`,
    }),
    ({ asn, ip }, nth) => ({
      lines: [`set protocols bgp neighbor ${ip(nth + 6_000)} remote-as ${asn + 4}`],
      sentence: `BGP neighbour ${ip(nth + 6_000)} (AS ${asn + 4}) was added`,
    }),
  ],
};
