import { foundryFailures, foundryModes, foundryPager, foundrySecrets } from '../families/foundry.ts';
import { definePlatform, line } from '../platform.ts';

export const platform = definePlatform({
  id: 'brocade_netiron',
  vendor: 'Extreme',
  name: 'NetIron (MLX, CER, CES)',
  aliases: ['extreme_netiron', 'brocade_netiron_ssh'],
  verified: 'lab',
  notes: [
    'Written against transcripts of NetIron 5.6 and 6.0.',
    'A blank line comes before the first prompt.',
    'Descriptions may hold bytes that are no valid UTF-8; they are kept as they are.',
  ],

  modes: foundryModes,
  home: 'privileged',
  configure: 'config',

  open: [
    { send: 'skip-page-display', optional: true },
    { send: 'terminal length 0', optional: true },
  ],
  close: ['exit'],
  pagers: [foundryPager],
  failures: foundryFailures,
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^(?:System Mode|Chassis|NI-|NetIron|IronWare|Backplane|SL \d|License|Serial)/,
          /^(?:Boot|Monitor)[ ]+: Version /,
        ],
      },
      { run: 'show module', as: 'comment', optional: true },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [line('Current configuration:', /^Current configuration:/)],
        timeoutMs: 180_000,
      },
    ],
    comment: '! ',
    complete: { end: [/^end[ ]*$/] },
    volatile: [line('clock-period', /^(?:ntp|sntp) clock-period \d/)],
    secrets: foundrySecrets,
  },
  save: ['write memory'],
  config: { dialect: 'fastiron' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    probes: [{ run: 'show version', match: /NetIron|IronWare : Version|Brocade MLX|NI-MLX/, priority: 85 }],
  },
});
