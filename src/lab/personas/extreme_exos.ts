import type { CommandSession } from '../command-session.ts';
import type { Persona } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { reloadCommands } from '../transactions/timed-reload.ts';
import { volatile } from '../volatile.ts';

/** What was not saved is asked about; either answer ends the session. */
function leave({ device }: CommandSession): Reply {
  if (!device.isUnsaved) return { end: 'logout' };
  return {
    ask: {
      text: 'Do you wish to save your configuration changes to primary.cfg? (y or n) ',
      answered: (answer) => {
        if (!/^[yn]/i.test(answer)) return {};
        if (/^y/i.test(answer)) device.save();
        return { end: 'logout' };
      },
    },
  };
}

/** EXOS 31.7: the prompt counts commands and shows a star while changes are not saved; there is no mode to configure in. */
export const extreme_exos: Persona = {
  id: 'extreme_exos',
  vendor: 'Extreme',
  kind: 'switch',
  ssh: { ident: 'OpenSSH_8.2', methods: ['keyboard-interactive', 'password'] },
  telnet: {
    banner: '\n\ntelnet session telnet0 on /dev/ptyb0\n\n',
    user: 'login: ',
    password: 'password: ',
    refused: '\nLogin incorrect\n\n',
    tries: 3,
  },
  motd: () =>
    `\nExtremeXOS\nCopyright (C) 1996-2022 Extreme Networks. All rights reserved.\nThis product is protected by one or more US patents.\n==============================================================================\n\nPress the <tab> or '?' key at any time for completions.\nRemember to save your configuration changes.\n\n`,
  modes: {
    privileged: { prompt: ({ host, isDirty, counter }) => `${isDirty ? '* ' : ''}${host}.${counter} # `, edits: true },
  },
  start: 'privileged',
  abbreviates: true,
  paging: { more: '\x1b[7mPress <SPACE> to continue or <Q> to quit:\x1b[m', erase: '\r\x1b[K' },
  unknown: (line) =>
    `${' '.repeat(4)}^\n%% Invalid input detected at '^' marker.\n`.replace(
      '    ^',
      `${' '.repeat(Math.min(40, line.length))}^`,
    ),
  commands: (
    [
      { words: 'disable clipaging [session]', effect: 'page off' },
      { words: 'enable clipaging [session]', effect: 'page on' },
      { words: 'disable cli prompting' },
      {
        words: 'save [configuration]',
        effect: 'save',
        ask: {
          question: 'Do you want to save configuration to primary.cfg and overwrite it? (y/N) ',
          yes: /^y/i,
        },
        print: () => 'Saving configuration on primary ................ done!\n',
      },
      {
        words: 'show version',
        print: ({ hex }) =>
          `Switch      : 800614-00-08 ${hex(3, 6).toUpperCase()}-00${hex(4, 4)} Rev 8.0 BootROM: 1.0.1.5    IMG: 31.7.1.4\nPSU-1       : Internal Power Supply\n\nImage   : ExtremeXOS version 31.7.1.4 by release-manager\n          on Fri Apr 29 21:15:42 EDT 2022\nBootROM : 1.0.1.5\nDiagnostics : 5.4\n`,
      },
      {
        words: 'show switch',
        print: ({ host }) =>
          `SysName:          ${host}\nSysLocation:      \nSystem Type:      X440G2-48p-10G4\n\nCurrent Time:     ${volatile('ctime')}\nBoot Count:       42\nSystem UpTime:    ${volatile('uptime')}\n\nPrimary ver:      31.7.1.4\nSecondary ver:    31.6.1.3\n`,
      },
      {
        words: 'show licenses',
        print: () => 'Enabled License Level:\n        Edge\nEnabled Feature Packs:\n        None\n',
      },
      { words: 'show diagnostics', print: () => 'Last Test Date: never run\n' },
      {
        words: 'show policy',
        print: () =>
          'PolicyName                          ClientUsage\n------------------------------------------------\n',
      },
      { words: 'show configuration [detail]', effect: 'configuration' },
      { words: 'show configuration *', effect: 'configuration' },
      { words: 'exit', run: leave },
      { words: 'logout', run: leave },
      ...reloadCommands({
        modes: ['privileged'],
        now: 'reboot',
        question: 'Are you sure you want to reboot the switch? (y/N) ',
        isKey: false,
      }),
      { words: 'quit', effect: 'logout' },
    ] satisfies readonly Persona['commands'][number][]
  ).map((command) => ({ ...command, in: ['privileged'] })),
  config: {
    before: () => '',
    parts: [
      ({ host, token, ip }) =>
        `#\n# Module devmgr configuration.\n#\nconfigure snmp sysName "${host}"\nconfigure snmp sysContact "noc@example.net"\nconfigure timezone name EET 120\n\n#\n# Module aaa configuration.\n#\nconfigure radius mgmt-access primary shared-secret encrypted "#$${token(1, 28)}"\nconfigure account admin encrypted "$5$${token(2, 6)}$${token(3, 43)}"\ncreate account admin netwright encrypted "$5$${token(4, 6)}$${token(5, 43)}"\n\n#\n# Module snmpMaster configuration.\n#\nconfigure snmpv3 add community "${token(6, 10)}" name "${token(6, 10)}" user "v1v2c_ro"\n\n#\n# Module vlan configuration.\n#\nconfigure vlan default delete ports all\ncreate vlan "Mgmt-10"\nconfigure vlan Mgmt-10 ipaddress ${ip(1)} 255.255.255.0\n`,
      {
        share: 0.5,
        each: (_, nth) =>
          `create vlan "SEG-${nth + 100}"\nconfigure vlan SEG-${nth + 100} tag ${nth + 100}\nconfigure vlan SEG-${nth + 100} add ports ${1 + (nth % 48)} untagged\n`,
      },
      {
        share: 0.5,
        each: ({ description }, nth) =>
          `configure ports ${nth + 1} display-string "${description(nth).replaceAll(' ', '_')}"\n`,
      },
      ({ ip }) =>
        `\n#\n# Module rtmgr configuration.\n#\nconfigure iproute add default ${ip(2)}\n\n#\n# Module sntp configuration.\n#\nconfigure sntp-client primary ${ip(701)} vr VR-Default\nenable sntp-client\n`,
    ],
  },
  edit: {
    style: 'flat',
    negate: '',
    vocabulary: ['configure', 'create', 'delete', 'enable', 'disable', 'unconfigure'],
    single: [
      /^configure snmp sysName /,
      /^configure ports \S+ display-string /,
      /^configure timezone /,
      /^configure vlan \S+ (tag|ipaddress) /,
    ],
    comment: /^#/,
    hostname: /^configure snmp sysName "?([^"]+)"?/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: [`configure ports 1 display-string "desk_${1 + number(nth, 400)}"`],
      sentence: `display string of port 1 is now "desk_${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({ lines: [`create vlan "PROJECT-${nth}"`], sentence: `VLAN "PROJECT-${nth}" was added` }),
  ],
};
