import { urlCredentials } from '../families/ios-like.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { endMarker, files, shellFailures, shellModes, shellOpen } from '../families/unix.ts';
import { definePlatform, line, secret } from '../platform.ts';

/** In the order in which they are printed. */
const switchFiles = [
  '/etc/hostname',
  '/etc/network/interfaces',
  '/etc/openvswitch/system-id.conf',
  '/etc/default/openvswitch-switch',
];

/** The database as the tool shows it, then the flows of each bridge without counters, then an end marker. */
const showSwitch = [
  '$S ovs-vsctl show',
  'for b in $($S ovs-vsctl list-br); do echo "# flows of $b"; $S ovs-ofctl --no-stats dump-flows "$b"; done',
  "echo '# end of files'",
].join('; ');

export const platform = definePlatform({
  id: 'ovs_linux',
  vendor: 'Open vSwitch',
  name: 'Linux with Open vSwitch',
  verified: 'lab',
  notes: [
    'Written for Open vSwitch 2.15 to 3.1.',
    'The tools want root, or sudo without a password.',
    'Flows that a controller wrote are part of the backup; their counters are not.',
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
      {
        run: '$S ovs-vsctl --version',
        as: 'comment',
        optional: true,
        keep: [/^ovs-vsctl \(Open vSwitch\) /, /^DB Schema /],
      },
      { run: showSwitch, as: 'configuration', drop: [line('ovs_version:', /^[ ]+ovs_version:/)] },
      { run: files(switchFiles, '$S '), as: 'comment' },
    ],
    comment: '# ',
    complete: { end: [endMarker] },
    volatile: [line('is_connected:', /^[ ]+is_connected: (?:true|false)$/)],
    secrets: [
      secret('psk', /\bpsk=(?:"(?<secret>[^"]+)"|(?<secret2>[^\s",}]+))/),
      // The interfaces of Debian.
      secret('wpa-', /^[ \t]+wpa-(?:psk|password)[ \t]+(?<secret>\S.*)/),
      secret('wireless-key', /^[ \t]*wireless-key\d? (?:s:)?(?<secret>\S+)/),
      privateKeyBlock,
      urlCredentials,
    ],
  },
  transaction: { method: 'configure replace', atomic: true, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    probes: [{ run: 'ovs-vsctl --version', match: /Open vSwitch/, priority: 70 }],
  },
});
