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
  id: 'ubiquiti_edgerouter',
  vendor: 'Ubiquiti',
  name: 'EdgeOS (EdgeRouter)',
  verified: 'lab',
  notes: [
    'Written against transcripts of 1.10.11 and 2.0.9.',
    'EdgeOS shares its command line with VyOS; the switches of the EdgeMAX family are `ubiquiti_edge`.',
    'The configuration is kept as `set` commands: in braces the operational mode shows stars instead of secrets.',
  ],

  modes: vyattaModes,
  home: 'operational',
  configure: 'configuration',

  open: ['terminal length 0', { send: 'terminal width 512', optional: true }],
  close: ['exit'],
  pagers: vyattaPagers,
  failures: vyattaFailures,
  pipelining: 'full',
  terminal: { columns: 512 },

  backup: {
    commands: [
      { run: 'show version', as: 'comment', keep: [/^(?:Version|Build ID|Build on|HW model|HW S\/N):/] },
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
    prompt: /Welcome to EdgeOS/,
    probes: [{ run: 'show version', match: /^HW model:[ ]+EdgeRouter/m, priority: 92 }],
  },
});
