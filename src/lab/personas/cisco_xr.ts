import type { Persona } from '../persona.ts';
import { xrTransactions } from '../transactions/xr.ts';
import { volatile } from '../volatile.ts';
import { xrAnswers } from './answers/xr-answers.ts';
import { iosPaging, iosTelnet, iosTerminal, iosUnknown } from './ios-family.ts';
import { iosRefusals, iosShutsOff } from './ios-refusals.ts';
import { iosVocabulary } from './ios-vocabulary.ts';
import { xrCheck } from './xr-check.ts';

const start = 'RP/0/RSP0/CPU0:';

/** IOS XR 7.5.2 on an ASR 9000: two-stage commit, a time stamp before every output. */
export const cisco_xr: Persona = {
  id: 'cisco_xr',
  vendor: 'Cisco',
  kind: 'router',
  ssh: { ident: 'Cisco-2.0' },
  telnet: { ...iosTelnet, refused: '% User authentication failed\n\n' },
  motd: () => '\n\n',
  modes: {
    exec: { prompt: ({ host }) => `${start}${host}#` },
    config: {
      prompt: ({ host, section }) => `${start}${host}(${section === '' ? 'config' : section})#`,
      edits: true,
      candidate: true,
      leaves: 'exec',
    },
  },
  start: 'exec',
  abbreviates: true,
  escape: 'do',
  paging: iosPaging,
  stamp: `${volatile('xr')}\n`,
  unknown: iosUnknown,
  commands: [
    ...iosTerminal,
    { words: 'terminal exec prompt no-timestamp' },
    ...xrTransactions,
    { words: 'exit', in: ['exec'], effect: 'logout' },
    { words: 'quit', in: ['exec'], effect: 'logout' },
    {
      words: 'show version [brief]',
      print: ({ host, hex }) =>
        `Cisco IOS XR Software, Version 7.5.2 LNT\nCopyright (c) 2013-2022 by Cisco Systems, Inc.\n\nBuild Information:\n Built By     : ingunawa\n Built On     : Tue Apr 26 20:48:35 UTC 2022\n Workspace    : /auto/srcarchive14/prod/7.5.2/asr9k-x64/ws\n Version      : 7.5.2\n Label        : 7.5.2\n\ncisco ASR9K () processor\nSystem uptime is ${volatile('uptime')}\n${host} serial FOC${hex(3, 8).toUpperCase()}\n\n`,
    },
    {
      words: 'show inventory [all]',
      print: ({ hex }) =>
        `NAME: "Rack 0", DESCR: "ASR 9010 Chassis"\nPID: ASR-9010-FAN, VID: V01, SN: FOX${hex(3, 8).toUpperCase()}\n\n`,
    },
    {
      words: 'admin show inventory',
      print: ({ hex }) =>
        `NAME: "Rack 0", DESCR: "ASR 9010 Chassis"\nPID: ASR-9010-FAN, VID: V01, SN: FOX${hex(3, 8).toUpperCase()}\n\n`,
    },
    {
      words: 'show platform',
      print: () =>
        'Node              Type                       State             Config state\n--------------------------------------------------------------------------------\n0/RSP0/CPU0       A9K-RSP440-SE(Active)      IOS XR RUN        NSHUT\n0/0/CPU0          A9K-24X10GE-SE             IOS XR RUN        NSHUT\n',
    },
    { words: 'admin show platform', print: () => '0/RSP0  A9K-RSP440-SE  OPERATIONAL\n' },
    {
      words: 'admin show running-config',
      print: () => 'username root\n group root-system\n secret 5 $1$abcd$ABCDEFGHIJKLMNOPQRSTU.\n!\nend\n\n',
    },
    ...xrAnswers,
    { words: 'show running-config', in: ['exec'], effect: 'configuration' },
    { words: 'show running-config *', in: ['exec'], effect: 'configuration' },
    { words: 'show configuration running-config', effect: 'configuration' },
  ],
  config: {
    before: () =>
      `Building configuration...\n!! IOS XR Configuration 7.5.2\n!! Last configuration change at ${volatile('ctime')} by netwright\n!\n`,
    after: () => '\n',
    parts: [
      ({ host, token, ip }) =>
        `hostname ${host}\nlogging console disable\ntelnet vrf default ipv4 server max-servers 10\nusername netwright\n group root-lr\n group cisco-support\n secret 10 $6$${token(1, 14)}$${token(2, 86)}\n!\ntacacs-server host ${ip(601)} port 49\n key 7 ${token(3, 16)}\n!\n`,
      {
        share: 0.6,
        each: ({ description, ip }, nth) =>
          nth === 0
            ? `interface Loopback0\n ipv4 address ${ip(0)} 255.255.255.255\n!\n`
            : `interface TenGigE0/0/0/${nth - 1}\n description ${description(nth)}\n ipv4 address ${ip(nth)} 255.255.255.252\n!\n`,
      },
      () => 'prefix-set CUSTOMERS\n',
      { share: 0.4, each: ({ ip }, nth) => `  ${ip(nth + 3_000).replace(/\d+$/, '0')}/24 le 32,\n` },
      ({ asn, ip, token }) =>
        `  192.0.2.0/24\nend-set\n!\nroute-policy PASS\n  pass\nend-policy\n!\nrouter static\n address-family ipv4 unicast\n  0.0.0.0/0 ${ip(501)}\n !\n!\nrouter bgp ${asn}\n bgp router-id ${ip(0)}\n address-family ipv4 unicast\n !\n neighbor ${ip(501)}\n  remote-as ${asn + 1}\n  password encrypted ${token(5, 18).toUpperCase()}\n  description transit NileNet\n  address-family ipv4 unicast\n   route-policy PASS in\n   route-policy PASS out\n  !\n !\n!\nntp\n server ${ip(701)}\n!\nsnmp-server community ${token(11, 10)} RO\nssh server v2\nend\n`,
    ],
  },
  noSection: '% No such configuration item(s)\n\n',
  startup: 'commit',
  files: { kind: 'flat', prefix: 'disk0:/', totalBytes: 3_900_000_000, usedBytes: 900_000_000 },
  transfers: { sftp: 'always', scp: 'always' },
  check: xrCheck,
  shutsOff: iosShutsOff(/^interface Loopback0$/, /^ipv4 address \S+/m),
  edit: {
    style: 'lines',
    refuses: iosRefusals,
    ordered: /^(?:ipv4 access-list|prefix-set|route-policy) /,
    opensText: {
      match: /^(?:route-policy|prefix-set|as-path-set|community-set) \S+$/,
      ends: 'end-',
      prompt: `${start}%(config-rpl)#`,
    },
    negate: 'no ',
    closer: '!',
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^router bgp \d+/, 'config-bgp'],
      [/^router static/, 'config-static'],
      [/^router (ospf|isis) \S+/, 'config-router'],
      [/^neighbor \d\S+$/, 'config-bgp-nbr', 'nested', /^router bgp /],
      [/^address-family \S+ \S+/, 'config-af', 'nested', /^(?:router|neighbor|vrf) /],
      [/^username \S+$/, 'config-un'],
    ],
    globals: /^(hostname|snmp-server|logging|ntp|ssh|domain)\b/,
    single: [
      /^hostname /,
      /^description /,
      /^(?:route-policy|prefix-set|as-path-set|community-set) \S+(?=\n)/,
      /^ipv4 address /,
      /^remote-as /,
      /^bandwidth /,
      /^mtu /,
    ],
    before: /^(ssh server|end$)/,
    vocabulary: [
      ...iosVocabulary,
      'shutdown',
      'bandwidth',
      'mtu',
      'ntp',
      'domain',
      'update-source',
      'bundle',
      'cdp',
      'lldp',
    ],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface TenGigE0/0/0/0', `description cross-connect ${1000 + number(nth, 9000)}`],
      sentence: `description of TenGigE0/0/0/0 is now "cross-connect ${1000 + number(nth, 9000)}"`,
    }),
    ({ asn, ip }, nth) => ({
      lines: [`router bgp ${asn}`, `neighbor ${ip(nth + 6_000)}`, `remote-as ${asn + 9}`],
      sentence: `BGP neighbour ${ip(nth + 6_000)} (AS ${asn + 9}) was added`,
    }),
  ],
};
