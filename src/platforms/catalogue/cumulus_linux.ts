import { endMarker, files, shellFailures, shellModes, shellOpen, unixSecrets, unixVolatile } from '../families/unix.ts';
import { definePlatform } from '../platform.ts';

/** In the order in which they are printed. */
const switchFiles = [
  '/etc/hostname',
  '/etc/hosts',
  '/etc/resolv.conf',
  '/etc/network/interfaces',
  '/etc/network/interfaces.d/*',
  '/etc/cumulus/ports.conf',
  '/etc/cumulus/switchd.conf',
  '/etc/cumulus/datapath/traffic.conf',
  '/etc/cumulus/acl/policy.d/*.rules',
  '/etc/frr/daemons',
  '/etc/frr/frr.conf',
  '/etc/nvue.d/startup.yaml',
  '/etc/ntp.conf',
  '/etc/snmp/snmpd.conf',
  '/etc/tacplus_servers',
  '/etc/ptm.d/topology.dot',
];

export const platform = definePlatform({
  id: 'cumulus_linux',
  vendor: 'NVIDIA',
  name: 'Cumulus Linux',
  aliases: ['cumulus'],
  verified: 'lab',
  notes: [
    'Written for 3.7, 4.4 and 5.x (NVUE).',
    'Files that only root may read are read through sudo where it asks for no password.',
    'With NVUE the start-up configuration is /etc/nvue.d/startup.yaml.',
  ],

  modes: shellModes,
  home: 'shell',
  configure: 'shell',

  open: [...shellOpen, 'S=; [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && S="sudo -n"; }'],
  close: ['exit'],
  failures: shellFailures,
  pipelining: 'full',
  // The line that prints the files must not wrap in the echo.
  terminal: { columns: 2048, type: 'dumb' },

  backup: {
    commands: [
      { run: 'cat /etc/os-release', as: 'comment', optional: true, keep: [/^(?:PRETTY_NAME|VERSION_ID|VERSION)=/] },
      { run: files(switchFiles, '$S '), as: 'configuration' },
    ],
    comment: '# ',
    complete: { end: [endMarker] },
    volatile: unixVolatile,
    secrets: unixSecrets,
  },
  transaction: { method: 'configure replace', atomic: true, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    greeting: /Cumulus/,
    prompt: /Welcome to (?:NVIDIA )?Cumulus/,
    probes: [{ run: 'cat /etc/os-release', match: /Cumulus Linux/, priority: 95 }],
  },
});
