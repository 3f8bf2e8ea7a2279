import type { Persona } from '../persona.ts';
import { nxosCheckpoints } from '../transactions/nxos-checkpoints.ts';
import { volatile } from '../volatile.ts';
import { nxosAnswers } from './answers/nxos-answers.ts';
import { iosTerminal } from './ios-family.ts';
import { iosShutsOff, nxosRefusals } from './ios-refusals.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

const banner =
  '\nCisco Nexus Operating System (NX-OS) Software\nTAC support: http://www.cisco.com/tac\nCopyright (c) 2002-2023, Cisco Systems, Inc. All rights reserved.\nThe copyrights to certain works contained in this software are\nowned by other third parties and used and distributed under\nlicense.\n';

/** NX-OS 9.3(10) on a Nexus 9000: a carriage return before each prompt. */
export const cisco_nxos: Persona = {
  id: 'cisco_nxos',
  vendor: 'Cisco',
  kind: 'switch',
  ssh: { ident: 'OpenSSH_7.8', banner: 'User Access Verification\r\n', methods: ['keyboard-interactive', 'password'] },
  telnet: { banner: '', user: '{host} login: ', password: 'Password: ', refused: 'Login incorrect\n\n', tries: 3 },
  motd: () => banner,
  modes: {
    privileged: { prompt: ({ host }) => `\r${host}# ` },
    config: {
      prompt: ({ host, section }) => `\r${host}(${section === '' ? 'config' : section})# `,
      edits: true,
      leaves: 'privileged',
    },
  },
  start: 'privileged',
  abbreviates: true,
  escape: 'do',
  alsoConfiguring: /^(?:show|copy|dir|delete|checkpoint|no checkpoint|rollback|clear|terminal)\b/,
  enter: () => '\r\n\r',
  paging: { more: '\x1b[7m--More--\x1b[27m', erase: '\r\x1b[K' },
  unknown: (_, caret) => `${' '.repeat(caret)}^\n% Invalid command at '^' marker.\n`,
  commands: [
    ...iosTerminal,
    { words: 'terminal dont-ask' },
    {
      words: 'configure [terminal]',
      in: ['privileged'],
      to: 'config',
      print: () => 'Enter configuration commands, one per line. End with CNTL/Z.\n',
    },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'privileged', effect: 'top' },
    { words: 'exit', in: ['privileged'], effect: 'logout' },
    { words: 'quit', in: ['privileged'], effect: 'logout' },
    ...nxosCheckpoints,
    {
      words: 'show version',
      print: ({ host, hex }) =>
        `${banner}\nSoftware\n  BIOS: version 05.45\n  NXOS: version 9.3(10)\n  BIOS compile time:  07/05/2021\n  NXOS image file is: bootflash:///nxos.9.3.10.bin\n\nHardware\n  cisco Nexus9000 C93180YC-EX chassis\n  Intel(R) Xeon(R) CPU  with 24632868 kB of memory.\n  Processor Board ID FDO${hex(3, 8).toUpperCase()}\n  Device name: ${host}\n  bootflash:   53298520 kB\nKernel uptime is ${volatile('uptime')}\n\n`,
    },
    {
      words: 'show inventory [all]',
      print: ({ hex }) =>
        `NAME: "Chassis",  DESCR: "Nexus9000 C93180YC-EX chassis"\nPID: N9K-C93180YC-EX     ,  VID: V03 ,  SN: FDO${hex(3, 8).toUpperCase()}\n\n`,
    },
    {
      words: 'show license [usage]',
      print: () =>
        'Feature                      Ins  Lic   Status Expiry Date Comments\n-------------------------------------------------------------------\nLAN_ENTERPRISE_SERVICES_PKG   No   -   Unused             -\n',
    },
    {
      words: 'show module',
      print: () =>
        'Mod Ports             Module-Type                       Model           Status\n1    54   48x10/25G + 6x40/100G Ethernet Module    N9K-C93180YC-EX  active *\n',
    },
    ...nxosAnswers,
    { words: 'show running-config', effect: 'configuration' },
    { words: 'show running-config *', effect: 'configuration' },
  ],
  config: {
    before: () =>
      `\n!Command: show running-config\n!Running configuration last done at: ${volatile('ctime')}\n!Time: ${volatile('ctime')}\n\n`,
    after: () => '\n\n',
    parts: [
      ({ host, token, hex, ip }) =>
        `version 9.3(10) Bios:version 05.45 \nhostname ${host}\nvdc ${host} id 1\n  limit-resource vlan minimum 16 maximum 4094\n\nfeature bgp\nfeature interface-vlan\nfeature lacp\nfeature lldp\n\nusername netwright password 5 $5$${token(1, 6)}$${token(2, 43)}  role network-admin\nip domain-lookup\nsnmp-server user netwright network-admin auth md5 0x${hex(3, 32)} priv 0x${hex(4, 32)} localizedkey\nsnmp-server community ${token(5, 10)} group network-operator\ntacacs-server key 7 "${token(6, 12)}"\ntacacs-server host ${ip(601)} key 7 "${token(7, 12)}"\nntp server ${ip(701)} use-vrf management\nvrf context management\n  ip route 0.0.0.0/0 ${ip(2)}\n\n`,
      { share: 0.2, each: ({ number }, nth) => `vlan ${nth + 100}\n  name segment-${number(nth, 900)}\n` },
      {
        share: 0.8,
        each: ({ description, number }, nth) =>
          `\ninterface Ethernet1/${nth + 1}\n  description ${description(nth)}\n  switchport access vlan ${100 + number(nth, 20)}\n  spanning-tree port type edge\n`,
      },
      ({ asn, ip, hex }) =>
        `\ninterface mgmt0\n  vrf member management\n  ip address ${ip(1)}/24\n\nline console\nline vty\nboot nxos bootflash:/nxos.9.3.10.bin \nrouter bgp ${asn}\n  router-id ${ip(0)}\n  neighbor ${ip(501)}\n    remote-as ${asn + 1}\n    password 3 ${hex(8, 32)}\n`,
    ],
  },
  files: { kind: 'flat', prefix: 'bootflash:/', totalBytes: 53_298_520_064, usedBytes: 8_100_000_000 },
  transfers: { sftp: /^feature sftp-server$/m, scp: /^feature scp-server$/m },
  shutsOff: iosShutsOff(/^interface mgmt0$/),
  edit: {
    style: 'lines',
    refuses: nxosRefusals,
    ordered: /^(?:ip access-list|route-map|ip prefix-list) /,
    opensText: {
      match: /^banner (?:motd|exec) (\S)/,
      says: (delimiter) => `Enter TEXT message.  End with the character '${delimiter}'.\n`,
    },
    negate: 'no ',
    step: '  ',
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^vlan [\d,-]+$/, 'config-vlan'],
      [/^router \S+/, 'config-router'],
      [/^neighbor \d\S+$/, 'config-router-neighbor', 'nested', /^(?:router bgp|vrf) /],
      [/^address-family \S+ \S+$/, 'config-router-af', 'nested', /^(?:router|neighbor|vrf) /],
      [/^ip access-list \S+/, 'config-acl'],
    ],
    globals: /^(hostname|feature|snmp-server|ip route|username|ntp|logging|boot)\b/,
    single: [
      /^hostname /,
      /^description /,
      /^ip address /,
      /^switchport access vlan /,
      /^switchport mode /,
      /^name /,
      /^remote-as /,
      /^mtu /,
    ],
    vocabulary: [
      ...iosVocabulary,
      'shutdown',
      'mtu',
      'permit',
      'deny',
      'ntp',
      'logging',
      'channel-group',
      'speed',
      'address-family',
    ],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface Ethernet1/1', `description hypervisor ${1 + number(nth, 90)}`],
      sentence: `description of Ethernet1/1 is now "hypervisor ${1 + number(nth, 90)}"`,
    }),
    (_, nth) => ({
      lines: [`vlan ${3000 + nth}`, `name tenant-${nth}`],
      sentence: `VLAN ${3000 + nth} "tenant-${nth}" was added`,
    }),
  ],
};
