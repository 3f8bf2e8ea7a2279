import {
  vyattaComplete,
  vyattaConfiguration,
  vyattaFailures,
  vyattaModes,
  vyattaPagers,
  vyattaSecrets,
} from '../families/vyatta.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  id: 'vyos',
  vendor: 'VyOS',
  name: 'VyOS',
  aliases: ['vyatta_vyos', 'brocade_vyos'],
  verified: 'lab',
  notes: [
    'Written against transcripts of 1.2, 1.3.4 and 1.4.',
    'The prompt of the configuration mode follows a line `[edit …]`.',
    'The commit check and `commit-confirm` (minutes) are native.',
    'The configuration is kept as `set` commands: in braces the operational mode shows stars instead of secrets.',
  ],

  modes: vyattaModes,
  home: 'operational',
  configure: 'configuration',

  open: ['set terminal length 0', { send: 'set terminal width 512', optional: true }],
  close: ['exit'],
  pagers: vyattaPagers,
  failures: vyattaFailures,
  pipelining: 'full',
  terminal: { columns: 512 },

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [/^(?:Version|Release train|Built on|Hardware (?:vendor|model|S\/N)|System type|Architecture):/],
      },
      vyattaConfiguration,
    ],
    comment: '# ',
    complete: vyattaComplete,
    volatile: [],
    secrets: vyattaSecrets,
  },
  save: ['configure', 'save', 'exit'],
  config: { dialect: 'vyos' },
  transaction: { method: 'native candidate', atomic: true, confirmed: true, rollback: 'exact', diff: 'native' },
  detect: {
    prompt: /Welcome to VyOS/,
    probes: [{ run: 'show version', match: /^Version:[ ]+(?:VyOS|Vyatta)/m, priority: 90 }],
  },
});
