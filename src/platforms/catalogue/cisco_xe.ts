import {
  containerSecrets,
  iosFailures,
  iosModes,
  iosPreamble,
  iosSecrets,
  iosVolatile,
  writeMemory,
} from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  id: 'cisco_xe',
  vendor: 'Cisco',
  name: 'IOS XE',
  verified: 'lab',
  notes: [
    'Written against transcripts of 16.12, 17.3 and 17.9.4a.',
    'In controller mode (SD-WAN) `terminal length` is unknown; the pager is answered instead.',
    'With `archive` and `path` configured the box takes an unconfirmed change back by itself; without them Netwright does.',
    'An RBAC view hides parts of the configuration: back up with a user of privilege 15.',
  ],

  modes: iosModes,
  home: 'privileged',
  configure: 'config',

  login: [{ see: /Press RETURN to get started[.!]?[ \r\n]*$/, answer: '' }],
  open: [
    { send: 'terminal length 0', optional: true },
    { send: 'terminal width 512', optional: true },
  ],
  close: ['exit'],
  pagers: [morePager],
  failures: iosFailures,
  pipelining: 'full',
  loginsPerSecond: 5,

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^Cisco IOS[ -]XE Software, Version /,
          /^Cisco IOS Software/,
          /^System image file is /,
          /^[Cc]isco .*(?:processor|memory)/,
          /^Processor board ID /,
          /^(?:Model|System|Motherboard) (?:[Nn]umber|[Ss]erial [Nn]umber|[Aa]ssembly [Nn]umber)[ ]*:/,
          /^Configuration register is /,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, keep: [/^NAME: /, /^PID: /] },
      { run: 'show running-config', as: 'configuration', drop: iosPreamble, timeoutMs: 120_000 },
    ],
    comment: '! ',
    complete: { end: [/^end[ ]*$/] },
    volatile: iosVolatile,
    secrets: [...iosSecrets, ...containerSecrets],
  },
  save: [writeMemory],
  config: { dialect: 'ios' },
  transaction: { method: 'configure replace', atomic: false, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    probes: [{ run: 'show version', match: /Cisco IOS[ -]XE Software|IOS-XE Software/, priority: 90 }],
  },
});
