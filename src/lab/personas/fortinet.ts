import type { Persona } from '../persona.ts';
import { fortiChanged, fortiRevisions, fortiSavesItself } from '../transactions/forti.ts';
import { volatile } from '../volatile.ts';
import { fortiRefusals } from './forti-refusals.ts';

/** FortiOS 7.4.7 on a FortiGate-91G: a disclaimer to accept, every ENC value and key encrypted anew at each read. */
export const fortinet: Persona = {
  id: 'fortinet',
  vendor: 'Fortinet',
  kind: 'firewall',
  ssh: { ident: 'lzQb9hCq', methods: ['password', 'keyboard-interactive'] },
  telnet: { banner: '', user: '{host} login: ', password: 'Password: ', refused: '\nLogin incorrect\n', tries: 3 },
  motd: () => 'WARNING: authorised administrators only (# of the NOC: 4711)\n',
  notice: { text: "(Press 'a' to accept):", key: 'a', erase: '\r\n' },
  modes: {
    privileged: { prompt: ({ host, section }) => `${host}${section === '' ? '' : ` (${section})`} # `, edits: true },
  },
  start: 'privileged',
  paging: { more: '--More-- ', erase: '\r         \r', offWhen: /^ {4}set output standard$/m },
  unknown: (line) =>
    `Unknown action 0\n`.replace(
      'Unknown action 0',
      /^(config|set|edit|end|next|unset)/.test(line)
        ? `command parse error before '${line.split(' ')[1] ?? ''}'\nCommand fail. Return code -61`
        : 'Unknown action 0',
    ),
  commands: (
    [
      { words: 'set output standard', effect: 'page off', edits: true },
      { words: 'set output more', effect: 'page on', edits: true },
      {
        words: 'get system status',
        print: ({ host, hex }) =>
          `Version: FortiGate-91G v7.4.7,build2731,250120 (GA.M)\nFirst GA patch build date: 230509\nSecurity Level: High\nFirmware Signature: certified\nVirus-DB: 92.0${volatile('percent')}41(2026-04-09 18:07)\nIPS-DB: 6.00741(2015-12-01 02:30)\nSerial-Number: FG91G${hex(3, 8).toUpperCase()}\nBIOS version: 05000006\nHostname: ${host}\nOperation Mode: NAT\nCurrent virtual domain: root\nMax number of virtual domains: 10\nVirtual domains status: 1 in NAT mode, 0 in TP mode\nVirtual domain configuration: disable\nFIPS-CC mode: disable\nCurrent HA mode: standalone\nBranch point: 2731\nRelease Version Information: GA\nSystem time: ${volatile('ctime')}\nLast reboot reason: power cycle\n`,
      },
      { words: 'get system ha status', print: () => 'HA Health Status: OK\nModel: FortiGate-91G\nMode: Standalone\n' },
      {
        words: 'get hardware status',
        print: () => 'Model name: FortiGate-91G\nASIC version: SOC5\nCPU: ARMv8\nNumber of CPUs: 8\nRAM: 7535 MB\n',
      },
      { words: 'get system interface *', print: () => '' },
      { words: 'get system performance *', print: () => `CPU states: ${volatile('percent')}% user\n` },
      { words: 'diagnose hardware deviceinfo nic', print: () => '' },
      { words: 'show', effect: 'configuration' },
      { words: 'show full-configuration', effect: 'configuration' },
      { words: 'show *', effect: 'configuration', showsAs: 'config' },
      ...fortiRevisions,
      { words: 'execute backup *', print: () => '' },
      { words: 'exit', effect: 'logout' },
      { words: 'quit', effect: 'logout' },
    ] satisfies readonly Persona['commands'][number][]
  ).map((command) => ({ ...command, in: ['privileged'] })),
  config: {
    before: () =>
      `#config-version=FGT91G-7.04-FW-build2731-250120:opmode=0:vdom=0:user=netwright\n#conf_file_ver=${volatile('percent')}31402112408\n#buildno=2731\n#global_vdom=1\n`,
    after: () => '\n',
    parts: [
      ({ host }) =>
        `config system global\n    set admintimeout 30\n    set alias "FortiGate-91G"\n    set hostname "${host}"\n    set timezone "Africa/Cairo"\nend\nconfig system console\n    set output more\nend\nconfig system admin\n    edit "netwright"\n        set accprofile "super_admin"\n        set vdom "root"\n        set password ENC ${volatile('enc')}\n    next\nend\nconfig system interface\n`,
      {
        share: 0.3,
        each: ({ ip, description }, nth) =>
          `    edit "port${nth + 1}"\n        set vdom "root"\n        set ip ${ip(nth)} 255.255.255.0\n        set allowaccess ping https ssh\n        set description "${description(nth)}"\n        set snmp-index ${nth + 1}\n    next\n`,
      },
      () =>
        `end\nconfig user local\n    edit "branch"\n        set type password\n        set passwd ENC ${volatile('enc')}\n    next\nend\nconfig vpn ipsec phase1-interface\n    edit "to-aswan"\n        set interface "port1"\n        set psksecret ENC ${volatile('enc')}\n    next\nend\nconfig vpn certificate local\n    edit "Fortinet_SSL"\n        set password ENC ${volatile('enc')}\n        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQI${volatile('sum')}\n${volatile('sum')}${volatile('sum')}\n-----END ENCRYPTED PRIVATE KEY-----"\n    next\nend\nconfig firewall address\n`,
      {
        share: 0.35,
        each: ({ ip }, nth) =>
          `    edit "host-${nth + 1}"\n        set subnet ${ip(nth + 900)} 255.255.255.255\n    next\n`,
      },
      () => 'end\nconfig firewall policy\n',
      {
        share: 0.35,
        each: ({ description }, nth) =>
          `    edit ${nth + 1}\n        set name "policy-${nth + 1}"\n        set srcintf "port1"\n        set dstintf "port2"\n        set action accept\n        set srcaddr "all"\n        set dstaddr "host-${nth + 1}"\n        set service "HTTPS"\n        set comments "${description(nth + 70)}"\n    next\n`,
      },
      ({ ip }) =>
        `end\nconfig router static\n    edit 1\n        set gateway ${ip(501)}\n        set device "port1"\n    next\nend\n`,
    ],
  },
  startup: fortiSavesItself,
  changed: fortiChanged,
  edit: {
    style: 'forti',
    refuses: fortiRefusals,
    negate: 'unset ',
    comment: /^(#|[A-Za-z0-9+/=\ue000]{20,}|-----)/,
    hostname: /^ {4}set hostname "?([^"]+)"?/,
  },
  changes: [
    ({ ip }, nth) => ({
      lines: [
        'config firewall address',
        `edit "new-host-${nth}"`,
        `set subnet ${ip(nth + 6_000)} 255.255.255.255`,
        'next',
        'end',
      ],
      sentence: `address "new-host-${nth}" (${ip(nth + 6_000)}) was added`,
    }),
    ({ number }, nth) => ({
      lines: [
        'config system interface',
        'edit "port1"',
        `set description "provider ${1 + number(nth, 90)}"`,
        'next',
        'end',
      ],
      sentence: `description of port1 is now "provider ${1 + number(nth, 90)}"`,
    }),
  ],
};
