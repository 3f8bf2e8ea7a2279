import type { Persona } from '../persona.ts';
import { volatile } from '../volatile.ts';

/** Debian 12, as a bastion or a server. */
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
  modes: { shell: { prompt: ({ user, host }) => `\x1b[?2004h${user}@${host}:~$ ` } },
  start: 'shell',
  enter: () => '\r\n\x1b[?2004l\r',
  pipes: false,
  unknown: (line) => `-bash: ${line.split(' ')[0]}: command not found\n`,
  commands: [
    {
      words: 'uname -a',
      print: ({ host }) =>
        `Linux ${host} 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01) x86_64 GNU/Linux\n`,
    },
    { words: 'uname [*]', print: () => 'Linux\n' },
    { words: 'hostname', print: ({ host }) => `${host}\n` },
    { words: 'id', print: ({ user }) => `uid=1000(${user}) gid=1000(${user}) groups=1000(${user})\n` },
    { words: 'true' },
    { words: 'stty *' },
    { words: 'export *' },
    { words: 'unset *' },
    {
      words: 'uptime',
      print: () => ` up ${volatile('uptime')},  1 user,  load average: 0.${volatile('percent')}, 0.10, 0.05\n`,
    },
    {
      words: 'cat /etc/os-release',
      print: () =>
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nID=debian\n',
    },
    { words: 'cat /etc/hostname', print: ({ host }) => `${host}\n` },
    { words: 'cat /etc/debian_version', print: () => '12.5\n' },
    { words: 'cat /etc/network/interfaces', effect: 'configuration' },
    { words: 'cat *', print: (_, files) => files.map((file) => `cat: ${file}: No such file or directory\n`).join('') },
    { words: 'exit', effect: 'logout', print: () => 'logout\n' },
    { words: 'logout', effect: 'logout' },
  ],
  config: {
    parts: [
      ({ host, ip }) =>
        `# ${host}: interfaces(5)\nsource /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n    address ${ip(1)}/24\n    gateway ${ip(2)}\n`,
      {
        share: 1,
        each: ({ ip, description }, nth) =>
          `\n# ${description(nth)}\nauto eth0.${nth + 100}\niface eth0.${nth + 100} inet static\n    address ${ip(nth + 3)}/24\n`,
      },
    ],
  },
  edit: { style: 'flat', negate: '', vocabulary: ['auto'], hostname: /^hostname (\S+)/ },
  changes: [
    (_, nth) => ({ lines: [`auto eth1.${nth + 2000}`], sentence: `interface eth1.${nth + 2000} comes up at boot` }),
  ],
};
