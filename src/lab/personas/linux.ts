import type { Persona } from '../persona.ts';
import { volatile } from '../volatile.ts';

/** Debian 12, as a bastion or a server: a shell with files. */
export const linux: Persona = {
  id: 'linux',
  vendor: 'Debian',
  kind: 'server',
  ssh: { ident: 'OpenSSH_9.2p1 Debian-2+deb12u3', forwards: true },
  telnet: {
    banner: '\nDebian GNU/Linux 12\n',
    user: '{host} login: ',
    password: 'Password: ',
    refused: '\nLogin incorrect\n',
    tries: 3,
  },
  motd: ({ host, ip }) =>
    `Linux ${host} 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 x86_64\n\nLast login: ${volatile('ctime')} from ${ip(900)}\n`,
  modes: { shell: { prompt: ({ user, host }) => `\x1b[?2004h${user}@${host}:~$ `, edits: true } },
  start: 'shell',
  enter: () => '\r\n\x1b[?2004l\r',
  pipes: false,
  posix: true,
  unknown: (line) => `-bash: ${line.split(' ')[0]}: command not found\n`,
  commands: [
    {
      words: 'uname -a',
      print: ({ host }) =>
        `Linux ${host} 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01) x86_64 GNU/Linux\n`,
    },
    { words: 'uname -srm', print: () => 'Linux 6.1.0-18-amd64 x86_64\n' },
    { words: 'uname', print: () => 'Linux\n' },
    { words: 'uname *', print: () => 'Linux\n' },
    { words: 'hostname -f', print: ({ host }) => `${host}.lab.example.net\n` },
    { words: 'hostname', print: ({ host }) => `${host}\n` },
    {
      words: 'uptime',
      print: () => ` up ${volatile('uptime')},  1 user,  load average: 0.${volatile('percent')}, 0.10, 0.05\n`,
    },
    { words: 'ip route show proto static', print: ({ ip }) => `192.0.2.0/24 via ${ip(2)} dev eth0\n` },
    { words: 'ip -6 route show proto static' },
    { words: 'ip *', print: ({ ip }) => `2: eth0    inet ${ip(1)}/24 brd + scope global eth0\n` },
  ],
  config: {
    parts: [
      ({ host, ip }) =>
        `==> /etc/hostname <==\n${host}\n\n==> /etc/hosts <==\n127.0.0.1\tlocalhost\n127.0.1.1\t${host}\n\n==> /etc/resolv.conf <==\nnameserver ${ip(3)}\n\n==> /etc/network/interfaces <==\nsource /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n    address ${ip(1)}/24\n    gateway ${ip(2)}\n`,
      {
        share: 1,
        each: ({ ip, description }, nth) =>
          `\n# ${description(nth)}\nauto eth0.${nth + 100}\niface eth0.${nth + 100} inet static\n    address ${ip(nth + 3)}/24\n`,
      },
      ({ token }) =>
        `\n==> /etc/ssh/sshd_config <==\nPermitRootLogin no\nPasswordAuthentication yes\n\n==> /etc/snmp/snmpd.conf <==\nrocommunity ${token(1, 10)} default\n\n==> /etc/os-release <==\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nID=debian\n`,
    ],
  },
  startup: 'commit',
  files: { kind: 'tree', prefix: '', home: '/home/netwright', totalBytes: 40_000_000_000, usedBytes: 4_000_000_000 },
  transfers: { sftp: 'always', scp: 'always' },
  edit: { style: 'files', negate: '', hostname: /^127\.0\.1\.1\t(\S+)/ },
  changes: [
    (_, nth) => ({
      lines: [`echo 'auto eth1.${nth + 2000}' >> /etc/network/interfaces`],
      sentence: `/etc/network/interfaces brings eth1.${nth + 2000} up`,
    }),
    ({ ip }, nth) => ({
      lines: [`echo 'nameserver ${ip(nth + 6_000)}' >> /etc/resolv.conf`],
      sentence: `/etc/resolv.conf has another name server, ${ip(nth + 6_000)}`,
    }),
  ],
};
