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
  id: 'extreme_ers',
  vendor: 'Extreme',
  name: 'BOSS (ERS)',
  verified: 'lab',
  notes: [
    'Written for releases 5.8 to 7.9 of the 3500, 4800, 4900 and 5900 series.',
    'A configuration shows most keys as asterisks: they cannot be restored from it.',
    'Where the menu is the default at login, `cmd-interface cli` saves a step.',
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
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    // The last section differs by model and licence and has no end of its own.
    complete: { contains: [/^! (?:Embedded ASCII|Model =|Software version)/m], prompt: true },
    volatile: bossVolatile,
    secrets: bossSecrets,
  },
  save: ['save config'],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    greeting: /Enter Ctrl-Y to begin/,
    probes: [{ run: 'show sys-info', match: /Ethernet Routing Switch/, priority: 80 }],
  },
});
