import type { Persona, PersonaCommand, PromptState } from '../persona.ts';
import { reloadCommands } from '../transactions/timed-reload.ts';
import { volatile } from '../volatile.ts';
import { procurveRefusals, sectionBody } from './ios-refusals.ts';

const row = 24;
const at = (column: number): string => `\x1b[${row};${column}H`;

/** The switch paints its prompt on the last line of the screen, with VT100 sequences around it. */
const paint = (prompt: string): string =>
  `\x1b[1;${row}r${at(1)}\x1b[2K${at(1)}\x1b[?25h${at(1)}${at(1)}${prompt}${at(1)}${at(prompt.length + 1)}${at(1)}\x1b[?25h${at(prompt.length + 1)}`;

const shown = ({ host, mode, section }: PromptState): string =>
  mode === 'operator'
    ? `${host}> `
    : mode === 'manager'
      ? `${host}# `
      : `${host}(${section === '' ? 'config' : section})# `;

const logout: NonNullable<PersonaCommand['ask']> = {
  question: 'Do you want to log out [y/n]? ',
  key: true,
  yes: /^y/i,
};

/** ProCurve / AOS-S YA.16 on a 2530: VT100 painting, "Press any key", a dialogue before it lets one go. */
export const hp_procurve: Persona = {
  id: 'hp_procurve',
  vendor: 'HP',
  kind: 'switch',
  ssh: { ident: 'Mocana SSH 6.3', methods: ['password', 'keyboard-interactive'] },
  telnet: {
    banner: '\x1b[2J\x1b[1;1H',
    user: 'Username: ',
    password: 'Password: ',
    refused: 'Invalid password\n',
    tries: 3,
  },
  motd: () =>
    "\x1b[2J\x1b[1;1HHP J9776A 2530-24G Switch\nSoftware revision YA.16.11.0012\n\n(C) Copyright 2023 Hewlett Packard Enterprise Development LP\n                    RESTRICTED RIGHTS LEGEND\nWe'd like to keep you up to date about # and >\n\n",
  notice: {
    text: 'Press any key to continue',
    key: 'any',
    erase: '\x1b[1;1H\x1b[2J\x1b[?7l\x1b[3;23r\x1b[?6l\x1b[1;1H\x1b[?25l\x1b[1;1H',
  },
  charset: 'latin1',
  modes: {
    operator: { prompt: (state) => paint(shown(state)) },
    manager: { prompt: (state) => paint(shown(state)) },
    config: { prompt: (state) => paint(shown(state)), edits: true, leaves: 'manager' },
  },
  start: 'operator',
  needsEnable: true,
  abbreviates: true,
  enter: (state) => {
    const column = shown(state).length + state.typed.length + 1;
    return `${at(column)}\x1b[?25h${at(column)}\x1b[1;0H\x1b[1;${row}r${at(1)}\x1bE`;
  },
  paging: { more: '-- MORE --, next page: Space, next line: Enter, quit: Control-C', erase: '\r\x1b[2K' },
  unknown: (line) => `Invalid input: ${line.split(' ')[0]}\n`,
  commands: [
    {
      words: 'enable',
      in: ['operator'],
      to: 'manager',
      ask: {
        question: 'Password: ',
        secret: 'enable',
        tries: 3,
        again: 'Invalid password\nPassword: ',
        refused: 'Invalid password\nUnable to verify password\n',
      },
    },
    { words: 'no page', in: ['operator', 'manager', 'config'], effect: 'page off' },
    { words: 'page', in: ['operator', 'manager', 'config'], effect: 'page on' },
    { words: 'terminal width *' },
    { words: 'terminal length *' },
    { words: 'configure [terminal]', in: ['manager'], to: 'config' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'manager', effect: 'top' },
    { words: 'exit', in: ['manager'], to: 'operator' },
    { words: 'exit', in: ['operator'], effect: 'logout', ask: logout },
    {
      words: 'logout',
      effect: 'logout',
      ask: logout,
    },
    { words: 'write memory', in: ['manager', 'config'], effect: 'save' },
    {
      words: 'show version',
      print: () =>
        'Management Module in slot 1:\n\nImage stamp:\n /ws/swbuildm/rel_yakima_qaoff/code/build/lakes(swbuildm_rel_yakima)\n                Mar  1 2023 12:05:26\n                YA.16.11.0012\n                591\nBoot Image:     Primary\n\nBoot ROM Version:    YA.15.20\n',
    },
    {
      words: 'show modules',
      print: () =>
        ' Status and Counters - Module Information\n\n  Chassis: 2530-24G  J9776A         Serial Number:   CN00000000\n\n',
    },
    {
      words: 'show system [information]',
      print: ({ host, hex }) =>
        ` Status and Counters - General System Information\n\n  System Name        : ${host}\n  System Contact     : \n  System Location    : \n\n  MAC Age Time (sec) : 300\n\n  Software revision  : YA.16.11.0012        Base MAC Addr      : 9cdc71-${hex(4, 6)}\n  ROM Version        : YA.15.20             Serial Number      : CN${hex(3, 8).toUpperCase()}\n\n  Up Time            : ${volatile('shortuptime')}              Memory   - Total   : 152,455,616\n  CPU Util (%)       : ${volatile('percent')}                     Free    : 107,${volatile('percent')}4,256\n`,
    },
    {
      words: 'show flash',
      print: () =>
        'Image             Size (bytes) Date     Version\n----------------- ------------ -------- --------------\nPrimary Image   :    12844312  03/01/23 YA.16.11.0012\n',
    },
    { words: 'show interfaces transceiver *', print: () => '' },
    { words: 'show running-config', in: ['manager', 'config'], effect: 'configuration' },
    { words: 'show running-config *', in: ['manager'], effect: 'configuration' },
    { words: 'write terminal', in: ['manager'], effect: 'configuration' },
    {
      words: 'show config',
      in: ['manager'],
      run: ({ device }) => ({ text: `\nStartup configuration:\n\n${device.startup}\n`, isConfiguration: true }),
    },
    ...reloadCommands({
      modes: ['manager'],
      now: 'reload',
      after: 'reload after',
      cancel: 'no reload',
      question: 'System will be rebooted from primary image. Do you want to continue [y/n]? ',
      isKey: true,
    }),
  ],
  config: {
    before: () =>
      '\nRunning configuration:\n\n; J9776A Configuration Editor; Created on release #YA.16.11.0012\n; Ver #14:01.44.00.04.19.02.13.98.82.34.61.18.28.f3.84.9c.63.ff.37.27:45\n',
    after: () => '\n',
    parts: [
      ({ host, token, ip }) =>
        `hostname "${host}"\nmodule 1 type j9776a\nradius-server host ${ip(601)} key "${token(1, 12)}"\nsntp server priority 1 ${ip(701)}\nip default-gateway ${ip(2)}\n`,
      { share: 1, each: ({ description }, nth) => `interface ${nth + 1}\n   name "${description(nth)}"\n   exit\n` },
      ({ ip, token }) =>
        `snmp-server community "${token(2, 10)}" unrestricted\nvlan 1\n   name "DEFAULT_VLAN"\n   no untagged 1-24\n   ip address ${ip(1)} 255.255.255.0\n   exit\nvlan 100\n   name "USERS"\n   untagged 1-24\n   exit\npassword manager\n`,
    ],
  },
  transfers: { sftp: /^ip ssh filetransfer$/m, scp: /^ip ssh filetransfer$/m },
  shutsOff: (text) => !/^ip address \S+/m.test(sectionBody(text, /^vlan 1$/) ?? ''),
  edit: {
    style: 'lines',
    refuses: procurveRefusals,
    ordered: /^ip access-list /,
    negate: 'no ',
    step: '   ',
    closer: '   exit',
    sections: [
      [/^interface \S+/, 'eth'],
      [/^vlan \d+/, 'vlan'],
    ],
    globals: /^(hostname|snmp-server|ip default-gateway|ip route|radius-server|sntp|password)\b/,
    single: [/^hostname /, /^name /, /^ip address /, /^untagged /],
    before: /^password /,
    vocabulary: ['ip', 'disable', 'tagged', 'speed-duplex', 'spanning-tree', 'logging', 'time'],
    comment: /^;/,
    hostname: /^hostname "?([^"]+)"?/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface 1', `name "desk ${1 + number(nth, 400)}"`],
      sentence: `name of port 1 is now "desk ${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({
      lines: [`vlan ${2000 + nth}`, `name "PROJECT-${nth}"`],
      sentence: `VLAN ${2000 + nth} "PROJECT-${nth}" was added`,
    }),
  ],
};
