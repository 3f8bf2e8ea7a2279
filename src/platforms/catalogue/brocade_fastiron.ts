import { foundryFailures, foundryModes, foundryPager, foundrySecrets } from '../families/foundry.ts';
import { definePlatform, line } from '../platform.ts';

export const platform = definePlatform({
  id: 'brocade_fastiron',
  vendor: 'Ruckus',
  name: 'FastIron (ICX)',
  aliases: ['ruckus_fastiron', 'brocade_fastiron_ssh'],
  verified: 'lab',
  notes: [
    'Written against transcripts of FastIron 08.0.30 to 09.0.10.',
    'Paging can be switched off in privileged mode only.',
    'Over Telnet the switch echoes only when it was asked to, and wants CR LF.',
    'Enabling may ask for a user name as well; three wrong answers end the session.',
  ],

  modes: foundryModes,
  home: 'privileged',
  configure: 'config',

  open: ['skip-page-display'],
  close: [{ send: 'exit' }],
  pagers: [foundryPager],
  failures: foundryFailures,
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [/^[ ]*(?:UNIT \d{1,2}: )?(?:SW: Version|HW: |SL \d{1,2}: |Serial|License:|Compressed)/],
      },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [line('Current configuration:', /^Current configuration:/)],
        timeoutMs: 120_000,
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
    prompt: /(?:^|\n)SSH@[\w.-]{1,64}[>#][ ]?$/,
    probes: [{ run: 'show version', match: /(?:ICX|FCX|FWS|FESX|FastIron|TurboIron)|HW: BigIron \d/, priority: 80 }],
  },
});
