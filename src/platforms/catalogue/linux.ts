import { endMarker, files, shellFailures, shellModes, shellOpen, unixSecrets, unixVolatile } from '../families/unix.ts';
import { definePlatform } from '../platform.ts';

/** In the order in which they are printed. */
const networkFiles = [
  '/etc/hostname',
  '/etc/hosts',
  '/etc/resolv.conf',
  '/etc/network/interfaces',
  '/etc/network/interfaces.d/*',
  '/etc/netplan/*.yaml',
  '/etc/systemd/network/*.net*',
  '/etc/sysconfig/network-scripts/ifcfg-*',
  '/etc/NetworkManager/system-connections/*',
  '/etc/sysctl.conf',
  '/etc/sysctl.d/*.conf',
  '/etc/nftables.conf',
  '/etc/iptables/rules.v?',
  '/etc/wireguard/*.conf',
  '/etc/frr/daemons',
  '/etc/frr/*.conf',
  '/etc/bird/*.conf',
  '/etc/ssh/sshd_config',
  '/etc/snmp/snmpd.conf',
  '/etc/chrony/chrony.conf',
  '/etc/ntp.conf',
];

export const platform = definePlatform({
  id: 'linux',
  vendor: 'Linux',
  name: 'Linux',
  verified: 'peer',
  notes: [
    'Written for Debian, Ubuntu, RHEL and Alpine with Bash or another Bourne shell.',
    'What is backed up is the network part of /etc as far as the user may read it; no password file is touched.',
    'Log in as root or give the user read access to keep files such as those of WireGuard.',
  ],

  modes: shellModes,
  home: 'shell',
  configure: 'shell',

  open: shellOpen,
  close: ['exit'],
  failures: shellFailures,
  pipelining: 'full',
  // The line that prints the files must not wrap in the echo.
  terminal: { columns: 2048, type: 'dumb' },

  backup: {
    commands: [
      { run: 'cat /etc/os-release', as: 'comment', optional: true, keep: [/^(?:PRETTY_NAME|VERSION_ID|ID)=/] },
      { run: 'uname -srm', as: 'comment', optional: true },
      { run: files(networkFiles), as: 'configuration' },
      { run: 'ip route show proto static', as: 'comment', optional: true },
      { run: 'ip -6 route show proto static', as: 'comment', optional: true },
    ],
    comment: '# ',
    complete: { end: [endMarker] },
    volatile: unixVolatile,
    secrets: unixSecrets,
  },
  config: { dialect: 'plain' },
  transaction: { method: 'configure replace', atomic: true, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    greeting: /^SSH-2\.0-OpenSSH_.*(?:Debian|Ubuntu|raspbian)/i,
    probes: [{ run: 'uname -s', match: /(?:^|\n)Linux[ \r]*(?:\n|$)/, priority: 40 }],
  },
});
