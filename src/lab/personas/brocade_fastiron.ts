import type { Persona, PromptState } from '../persona.ts';
import { reloadCommands } from '../transactions/timed-reload.ts';
import { volatile } from '../volatile.ts';
import { fastironAnswers } from './answers/fastiron-answers.ts';
import { fastironRefusals } from './ios-refusals.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

const tag = ({ protocol }: PromptState): string => (protocol === 'ssh' ? 'SSH@' : 'telnet@');

/** FastIron 08.0.95 on an ICX 7450: the prompt says how one came, paging goes off only in the enabled mode. */
export const brocade_fastiron: Persona = {
  id: 'brocade_fastiron',
  vendor: 'Brocade',
  kind: 'switch',
  ssh: { ident: 'RomSShell_4.62' },
  telnet: {
    banner: '\n',
    user: 'User Name:',
    password: 'Password:',
    refused: 'Incorrect username or password.\n',
    tries: 3,
    echo: 'when asked',
  },
  motd: () => '',
  modes: {
    exec: { prompt: (state) => `${tag(state)}${state.host}>` },
    privileged: { prompt: (state) => `${tag(state)}${state.host}#` },
    config: {
      prompt: (state) => `${tag(state)}${state.host}(${state.section === '' ? 'config' : state.section})#`,
      edits: true,
      leaves: 'privileged',
    },
  },
  start: 'exec',
  needsEnable: true,
  abbreviates: true,
  paging: {
    more: '--More--, next page: Space, next line: Return key, quit: Control-c',
    erase: `\r${' '.repeat(66)}\r`,
  },
  unknown: (line) => `Invalid input -> ${line}\nType ? for a list\n`,
  commands: [
    {
      words: 'enable',
      in: ['exec'],
      to: 'privileged',
      ask: {
        question: 'Password:',
        secret: 'enable',
        tries: 3,
        again: 'Error - Incorrect username or password.\nPassword:',
        refused: 'Error - Incorrect username or password.\n',
      },
    },
    { words: 'disable', in: ['privileged'], to: 'exec' },
    { words: 'skip-page-display', in: ['privileged'], effect: 'page off', print: () => 'Disable page display mode\n' },
    { words: 'page-display', in: ['privileged'], effect: 'page on', print: () => 'Enable page display mode\n' },
    { words: 'terminal length 0', in: ['privileged'], effect: 'page off' },
    { words: 'configure terminal', in: ['privileged'], to: 'config' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'privileged', effect: 'top' },
    { words: 'exit', in: ['privileged'], effect: 'logout' },
    { words: 'exit', in: ['exec'], effect: 'logout' },
    { words: 'logout', effect: 'logout' },
    { words: 'quit', effect: 'logout' },
    {
      words: 'write memory',
      in: ['privileged', 'config'],
      effect: 'save',
      print: () => 'Flash Memory Write (8192 bytes per dot) .\nWrite startup-config done.\n',
    },
    {
      words: 'show version',
      print: ({ hex }) =>
        `  Copyright (c) Ruckus Networks, Inc. All rights reserved.\n    UNIT 1: compiled on Feb 12 2021 at 05:34:08 labeled as SPR08095d\n      (33554432 bytes) from Primary SPR08095d.bin (UFI)\n        SW: Version 08.0.95dT213 \n      Compressed Primary Boot Code size = 786944, Version:10.1.20T215 (spz10120)\n  HW: Stackable ICX7450-48\n==========================================================================\nUNIT 1: SL 1: ICX7450-48GP POE 48-port Management Module\n      Serial  #:CYT${hex(3, 8).toUpperCase()}\n==========================================================================\n  1000 MHz ARM processor ARMv7 88 MHz bus\nSTACKID 1  system uptime is ${volatile('uptime')} \nThe system : started=cold start   \n\n`,
    },
    {
      words: 'show module',
      print: () =>
        'Module                                       Status  Ports  Starting MAC   \nU1:M1  ICX7450-48P POE 48-port Management Module    OK     48     cc4e.2438.0000 \n',
    },
    { words: 'show media', print: () => 'Port 1/1/1: Type  : 1G Copper\n' },
    {
      words: 'show stack',
      print: () =>
        `T=${volatile('percent')} C: alone: standalone, D: dynamic cfg, S: static\nID   Type          Role    Mac Address    Pri State   Comment\n1  S ICX7450-48P   alone   cc4e.2438.0000   0 local   Ready\n`,
    },
    {
      words: 'show chassis',
      print: () =>
        `The stack unit 1 chassis info:\nPower supply 1 (NA - AC - Regular) present, status ok\nFan 1 ok, speed (auto): [[1]]<->2\nCPU temperature: ${volatile('percent')} deg-C\n`,
    },
    {
      words: 'show flash',
      print: () => 'Stack unit 1:\n  Compressed Pri Code size = 33554432, Version:08.0.95dT213 (SPR08095d.bin)\n',
    },
    ...fastironAnswers,
    { words: 'show running-config', in: ['privileged'], effect: 'configuration' },
    { words: 'show running-config *', in: ['privileged'], effect: 'configuration' },
    { words: 'write terminal', in: ['privileged'], effect: 'configuration' },
    {
      words: 'show configuration',
      in: ['privileged'],
      run: ({ device }) => ({
        text: `!\nStartup-config data location is flash memory\n!\n${device.startup}`,
        isConfiguration: true,
      }),
    },
    ...reloadCommands({
      modes: ['privileged'],
      now: 'reload',
      after: 'reload after',
      cancel: 'reload cancel',
      question: "Are you sure? (enter 'y' or 'n'): ",
      isKey: true,
    }),
  ],
  config: {
    before: () => 'Current configuration:\n!\n',
    parts: [
      ({ host, token }) =>
        `ver 08.0.95dT213\n!\nstack unit 1\n  module 1 icx7450-48p-poe-management-module\n!\n!\nhostname ${host}\nenable super-user-password 8 $1$${token(1, 8)}$${token(2, 22)}\nusername netwright password 8 $1$${token(3, 8)}$${token(4, 22)}\nsnmp-server community 2 $${token(5, 20)} ro\nradius-server key 2 $${token(6, 16)}\n!\n`,
      {
        share: 0.3,
        each: (_, nth) =>
          `vlan ${nth + 100} name SEG-${nth + 100} by port\n tagged ethe 1/2/1 \n untagged ethe 1/1/${1 + (nth % 48)} \n!\n`,
      },
      {
        share: 0.7,
        each: ({ description }, nth) =>
          `interface ethernet 1/1/${nth + 1}\n port-name ${description(nth)}\n inline power\n!\n`,
      },
      ({ ip }) =>
        `ip address ${ip(1)} 255.255.255.0\nip default-gateway ${ip(2)}\n!\nclock timezone gmt GMT+02\nntp\n server ${ip(701)} \n!\nend\n`,
    ],
    after: () => '\n',
  },
  transfers: { sftp: 'never', scp: 'always' },
  files: { kind: 'flat', prefix: 'flash:', totalBytes: 2_000_000_000, usedBytes: 70_000_000 },
  shutsOff: (text) => !/^ip address \S+ \S+$/m.test(text),
  edit: {
    style: 'lines',
    refuses: fastironRefusals,
    ordered: /^ip access-list /,
    negate: 'no ',
    closer: '!',
    sections: [
      [/^interface \S+ \S+/, 'config-if-e1000-1/1/1'],
      [/^vlan \d+/, 'config-vlan'],
      [/^ntp$/, 'config-ntp'],
      [/^router \S+/, 'config-router'],
    ],
    globals: /^(hostname|username|enable|snmp-server|ip route|logging|radius-server)\b/,
    single: [/^hostname /, /^port-name /, /^ip address /],
    before: /^(clock|ntp|end$)/,
    vocabulary: [...iosVocabulary, 'disable', 'logging', 'route-only', 'dual-mode', 'spanning-tree', 'router'],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface ethernet 1/1/1', `port-name desk ${1 + number(nth, 400)}`],
      sentence: `port name of ethernet 1/1/1 is now "desk ${1 + number(nth, 400)}"`,
    }),
    (_, nth) => ({
      lines: [`vlan ${2000 + nth} name PROJECT-${nth} by port`],
      sentence: `VLAN ${2000 + nth} "PROJECT-${nth}" was added`,
    }),
  ],
};
