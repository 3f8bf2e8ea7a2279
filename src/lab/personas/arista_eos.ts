import type { Persona } from '../persona.ts';
import { eosReplace } from '../transactions/eos-checkpoints.ts';
import { eosSessions } from '../transactions/eos-sessions.ts';
import { volatile } from '../volatile.ts';
import { eosAnswers, withJson } from './answers/eos-answers.ts';
import { iosModes, iosNavigation, iosPaging, iosSave, iosTerminal } from './ios-family.ts';
import { eosRefusals, iosShutsOff } from './ios-refusals.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

/** EOS 4.29.2F on a 7050SX3; enable without a secret, configuration sessions. */
export const arista_eos: Persona = {
  id: 'arista_eos',
  vendor: 'Arista',
  kind: 'switch',
  ssh: { ident: 'OpenSSH_8.7' },
  telnet: { banner: '', user: '{host} login: ', password: 'Password: ', refused: '\nLogin incorrect\n', tries: 3 },
  motd: ({ ip }) => `Last login: ${volatile('ctime')} from ${ip(900)}\n`,
  modes: {
    ...iosModes(),
    session: {
      // The name of the session is cut to six characters.
      prompt: ({ host, section, label }) =>
        `${host}(config-s-${label.slice(0, 6)}${section === '' ? '' : section.replace(/^config/, '')})#`,
      edits: true,
      candidate: true,
      leaves: 'privileged',
    },
  },
  start: 'exec',
  abbreviates: true,
  escape: 'do',
  alsoConfiguring: /^(?:show|copy|dir|more|delete|diff|write)\b/,
  paging: { ...iosPaging, more: '\x1b[7m--More--\x1b[27m', erase: '\r\x1b[K' },
  unknown: () => '% Invalid input\n',
  commands: [
    ...iosNavigation.filter(({ words }) => words !== 'configure terminal'),
    { words: 'configure [terminal]', in: ['privileged'], to: 'config' },
    ...eosSessions,
    ...eosReplace,
    ...iosTerminal,
    ...iosSave.slice(0, 1),
    withJson({
      words: 'show version',
      print: ({ hex }) =>
        `Arista DCS-7050SX3-48YC8-F\nHardware version: 11.03\nSerial number: SSJ${hex(3, 8).toUpperCase()}\nHardware MAC address: 2cdd.e9${hex(4, 2)}.${hex(5, 4)}\nSystem MAC address: 2cdd.e9${hex(4, 2)}.${hex(5, 4)}\n\nSoftware image version: 4.29.2F\nArchitecture: i686\nInternal build version: 4.29.2F-30640700.4292F\nUptime: ${volatile('uptime')}\nTotal memory: 8099732 kB\nFree memory: 61${volatile('percent')}428 kB\n\n`,
    }),
    {
      words: 'show inventory',
      print: ({ hex }) =>
        `System information\n  Model                     Description\n  ------------------------- ------------------------------------\n  DCS-7050SX3-48YC8         48x25GbE SFP+ & 8x100GbE QSFP Switch\n\n  HW Version    Serial Number    Mfg Date\n  ------------  ---------------  ----------\n  11.03         SSJ${hex(3, 8).toUpperCase()}    2021-05-14\n\n`,
    },
    { words: 'show clock', print: () => `${volatile('ctime')}\nTimezone: UTC\nClock source: local\n` },
    { words: 'show boot-config', print: () => 'Software image: flash:/EOS-4.29.2F.swi\nConsole speed: (not set)\n' },
    ...eosAnswers,
    { words: 'show running-config', in: ['privileged'], effect: 'configuration' },
    { words: 'show running-config all', in: ['privileged'], effect: 'configuration' },
    { words: 'show running-config *', in: ['privileged'], effect: 'configuration' },
  ],
  config: {
    before: ({ host }) =>
      `! Command: show running-config\n! device: ${host} (DCS-7050SX3-48YC8, EOS-4.29.2F)\n!\n! boot system flash:/EOS-4.29.2F.swi\n!\n`,
    parts: [
      ({ host, token }) =>
        `no aaa root\n!\nusername netwright privilege 15 role network-admin secret sha512 $6$${token(1, 16)}$${token(2, 86)}\n!\ntransceiver qsfp default-mode 4x10G\n!\nservice routing protocols model multi-agent\n!\nhostname ${host}\n!\nsnmp-server community ${token(3, 10)} ro\ntacacs-server key 7 ${token(4, 20)}\n!\nspanning-tree mode mstp\n!\n`,
      { share: 0.2, each: ({ number }, nth) => `vlan ${nth + 100}\n   name rack-${number(nth, 900)}\n!\n` },
      {
        share: 0.8,
        each: ({ description, number }, nth) =>
          `interface Ethernet${nth + 1}\n   description ${description(nth)}\n   switchport access vlan ${100 + number(nth, 20)}\n   mtu 9214\n!\n`,
      },
      ({ asn, ip, token }) =>
        `interface Management1\n   ip address ${ip(1)}/24\n!\nip access-list EDGE-IN\n   10 permit tcp any any established\n!\nip routing\n!\nip route 0.0.0.0/0 ${ip(2)}\n!\nntp server ${ip(701)}\n!\nrouter bgp ${asn}\n   router-id ${ip(0)}\n   neighbor ${ip(501)} remote-as ${asn + 1}\n   neighbor ${ip(501)} password 7 ${token(5, 24)}\n!\nend\n`,
    ],
  },
  files: { kind: 'flat', prefix: 'flash:/', totalBytes: 7_000_000_000, usedBytes: 2_100_000_000 },
  transfers: { sftp: 'always', scp: 'always' },
  shutsOff: iosShutsOff(/^interface Management1$/),
  edit: {
    style: 'lines',
    refuses: eosRefusals,
    ordered: /^(?:ip access-list|route-map|ip prefix-list) /,
    opensText: {
      match: /^banner (?:motd|login)$/,
      ends: 'EOF',
      says: () => "Enter TEXT message. Type 'EOF' on its own line to end.\n",
    },
    negate: 'no ',
    step: '   ',
    closer: '!',
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^vlan [\d,-]+$/, 'config-vlan'],
      [/^router \S+/, 'config-router'],
      [/^address-family \S+/, 'config-router-bgp-af', 'nested', /^router bgp /],
      [/^ip access-list \S+/, 'config-acl'],
    ],
    globals: /^(hostname|snmp-server|ip route|username|ntp|logging|tacacs-server|alias)\b/,
    single: [
      /^hostname /,
      /^description /,
      /^ip address /,
      /^switchport access vlan /,
      /^name /,
      /^mtu /,
      /^neighbor \S+ (remote-as|password|description) /,
    ],
    before: /^(ip routing|router |end$)/,
    vocabulary: [
      ...iosVocabulary,
      'shutdown',
      'ntp',
      'logging',
      'channel-group',
      'permit',
      'deny',
      'speed',
      'alias',
      'network',
    ],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface Ethernet1', `description leaf ${1 + number(nth, 60)}`],
      sentence: `description of Ethernet1 is now "leaf ${1 + number(nth, 60)}"`,
    }),
    ({ asn, ip }, nth) => ({
      lines: [`router bgp ${asn}`, `neighbor ${ip(nth + 6_000)} remote-as ${asn + 3}`],
      sentence: `BGP neighbour ${ip(nth + 6_000)} (AS ${asn + 3}) was added`,
    }),
    ({ ip }, nth) => ({
      lines: ['ip access-list EDGE-IN', `${(nth + 2) * 10} permit ip host ${ip(nth + 5_000)} any`],
      sentence: `access list EDGE-IN permits ${ip(nth + 5_000)}`,
    }),
  ],
};
