import { edgeSwitch } from '../families/edgeswitch.ts';
import { definePlatform } from '../platform.ts';

const { exec, privileged, config } = edgeSwitch.modes;

/** Releases before 6 have no `cli`, those of 7 have no Telnet to themselves. */
const openCommandLine = 'if command -v cli >/dev/null; then cli; else telnet localhost; fi';

export const platform = definePlatform({
  ...edgeSwitch,
  id: 'ubiquiti_edgeswitch',
  name: 'EdgeSwitch and UniFi switch',
  aliases: ['ubiquiti_unifiswitch'],
  notes: [
    ...(edgeSwitch.notes ?? []),
    'A UniFi switch lets one in at a shell, `NAME-US.6.5.59#`; its command line is opened from there, and what its controller set is backed up.',
  ],

  modes: {
    shell: { prompt: /^[\w .-]{1,80}\.v?\d{1,3}\.\d{1,3}\.\d{1,3}#[ ]?$/, to: { exec: [openCommandLine] } },
    exec: { ...exec, to: { ...exec.to, shell: ['exit'] } },
    privileged,
    config,
  },
});
