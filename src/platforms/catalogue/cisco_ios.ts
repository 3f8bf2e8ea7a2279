import { iosFailures, iosModes, iosPreamble, iosSecrets, iosVolatile, writeMemory } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  id: 'cisco_ios',
  vendor: 'Cisco',
  name: 'IOS',
  verified: 'lab',
  notes: [
    'Written against transcripts of 12.2(55)SE, 15.2(7)E and 15.9(3)M.',
    'The prompt of the configuration mode shows the first 20 characters of the host name only.',
    'The text of the enable question is whatever AAA says; a user name may be asked for first.',
    'With `archive` and `path` configured the box takes an unconfirmed change back by itself; without them Netwright does.',
    'An RBAC view hides parts of the configuration: back up with a user of privilege 15.',
  ],

  modes: iosModes,
  home: 'privileged',
  configure: 'config',

  login: [{ see: /Press RETURN to get started[.!]?[ \r\n]*$/, answer: '' }],
  open: ['terminal length 0', { send: 'terminal width 512', optional: true }],
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
          /^Cisco IOS.*Version /,
          /^ROM: /,
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
    secrets: iosSecrets,
  },
  save: [writeMemory],
  config: { dialect: 'ios' },
  transaction: { method: 'configure replace', atomic: false, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    greeting: /^SSH-[\d.]+-Cisco-/,
    probes: [
      {
        run: 'show version',
        match: /Cisco IOS Software(?!.*IOS-XE)|Cisco Internetwork Operating System Software/,
        priority: 80,
      },
    ],
  },
});
