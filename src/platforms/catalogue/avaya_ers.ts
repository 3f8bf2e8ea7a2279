import {
  bossClocks,
  bossFailures,
  bossLogin,
  bossModes,
  bossOpen,
  bossPager,
  bossSecrets,
  bossVolatile,
} from '../families/boss.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  id: 'avaya_ers',
  vendor: 'Avaya',
  name: 'BOSS (ERS)',
  verified: 'lab',
  notes: [
    'Written for releases 5.1 to 6.6 of the 2500, 4500, 5500 and 5600 series, Nortel included.',
    'The 5500 and 5600 start with a menu, which is left for the command line.',
    'A stack says which unit it is made of in `show stack-info`; a single switch rejects that.',
    'A configuration shows most keys as asterisks: they cannot be restored from it.',
  ],

  modes: bossModes,
  home: 'privileged',
  configure: 'config',

  login: bossLogin,
  open: bossOpen,
  close: ['logout'],
  pagers: [bossPager],
  failures: bossFailures,
  pipelining: 'none',

  backup: {
    commands: [
      { run: 'show sys-info', as: 'comment', drop: bossClocks },
      { run: 'show stack-info', as: 'comment', optional: true },
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    // The last section differs by model and licence and has no end of its own.
    complete: { contains: [/^! (?:Embedded ASCII|Model =|Software version)/m], prompt: true },
    volatile: bossVolatile,
    secrets: bossSecrets,
  },
  save: ['copy config nvram'],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    greeting: /Avaya|Nortel|BayStack/,
    probes: [{ run: 'show sys-info', match: /Avaya|Nortel|BayStack/, priority: 85 }],
  },
});
