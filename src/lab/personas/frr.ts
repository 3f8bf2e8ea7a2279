import type { Persona } from '../persona.ts';
import { frrAnswers } from './answers/frr-answers.ts';
import { iosTerminal } from './ios-family.ts';
import { iosVocabulary } from './ios-vocabulary.ts';

/** FRR 8.4 with vtysh as the login shell. */
export const frr: Persona = {
  id: 'frr',
  vendor: 'FRRouting',
  kind: 'router',
  ssh: { ident: 'OpenSSH_9.2p1 Debian-2+deb12u3' },
  motd: () => '\nHello, this is FRRouting (version 8.4.4).\nCopyright 1996-2005 Kunihiro Ishiguro, et al.\n\n',
  modes: {
    privileged: { prompt: ({ host }) => `${host}# ` },
    config: {
      prompt: ({ host, section }) => `${host}(${section === '' ? 'config' : section})# `,
      edits: true,
      leaves: 'privileged',
    },
  },
  start: 'privileged',
  abbreviates: true,
  escape: 'do',
  paging: { more: '(END)', erase: '\r\x1b[K' },
  unknown: (line) => `% Unknown command: ${line}\n`,
  commands: [
    ...iosTerminal,
    { words: 'terminal paging', effect: 'page on' },
    { words: 'no terminal paging', effect: 'page off' },
    { words: 'no terminal paginate', effect: 'page off' },
    { words: 'terminal paginate', effect: 'page on' },
    { words: 'enable' },
    { words: 'configure [terminal]', in: ['privileged'], to: 'config' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'quit', in: ['config'], effect: 'up' },
    { words: 'end', in: ['config'], to: 'privileged', effect: 'top' },
    { words: 'exit', in: ['privileged'], effect: 'logout' },
    { words: 'quit', in: ['privileged'], effect: 'logout' },
    {
      words: 'write [memory]',
      effect: 'save',
      print: () =>
        'Note: this version of vtysh never writes vtysh.conf\nBuilding Configuration...\nIntegrated configuration saved to /etc/frr/frr.conf\n[OK]\n',
    },
    {
      words: 'show version',
      print: ({ host }) =>
        `FRRouting 8.4.4 (${host}) on Linux(6.1.0-18-amd64).\nCopyright 1996-2005 Kunihiro Ishiguro, et al.\nconfigured with:\n    '--build=x86_64-linux-gnu' '--prefix=/usr' '--enable-vtysh'\n`,
    },
    ...frrAnswers,
    { words: 'show running-config', effect: 'configuration' },
    { words: 'show running-config *', effect: 'configuration' },
    { words: 'write terminal', effect: 'configuration' },
  ],
  config: {
    before: () => 'Building configuration...\n\nCurrent configuration:\n!\n',
    parts: [
      ({ host, token, ip }) =>
        `frr version 8.4.4\nfrr defaults traditional\nhostname ${host}\nlog syslog informational\npassword ${token(1, 10)}\nservice integrated-vtysh-config\n!\nip route 0.0.0.0/0 ${ip(501)}\n!\n`,
      {
        share: 0.5,
        each: ({ ip, description }, nth) =>
          `interface eth${nth}\n description ${description(nth)}\n ip address ${ip(nth)}/24\n ip ospf cost 10\nexit\n!\n`,
      },
      ({ asn, ip, token }) =>
        `router bgp ${asn}\n bgp router-id ${ip(0)}\n neighbor ${ip(501)} remote-as ${asn + 1}\n neighbor ${ip(501)} description transit NileNet\n neighbor ${ip(501)} password ${token(2, 12)}\n !\n address-family ipv4 unicast\n  network ${ip(7).replace(/\d+$/, '0')}/24\n exit-address-family\nexit\n!\n`,
      {
        share: 0.5,
        each: ({ ip }, nth) =>
          `ip prefix-list CUSTOMERS seq ${(nth + 1) * 5} permit ${ip(nth + 3_000).replace(/\d+$/, '0')}/24\n`,
      },
      () => '!\nline vty\nexit\n!\nend\n',
    ],
  },
  edit: {
    style: 'lines',
    negate: 'no ',
    closer: 'exit',
    dropsEmpty: /^interface /,
    closes: [[/^address-family /, 'exit-address-family']],
    sections: [
      [/^interface \S+/, 'config-if'],
      [/^router \S+/, 'config-router'],
      [/^route-map \S+/, 'config-route-map'],
      [/^address-family \S+/, 'config-router-af', 'nested', /^router /],
    ],
    globals: /^(hostname|ip route|ip prefix-list|log|password|service)\b/,
    single: [
      /^hostname /,
      /^description /,
      /^ip ospf cost /,
      /^neighbor \S+ (remote-as|password|description) /,
      /^bgp router-id /,
    ],
    before: /^(line |end$)/,
    vocabulary: [
      ...iosVocabulary,
      'network',
      'shutdown',
      'match',
      'set',
      'redistribute',
      'route-map',
      'timers',
      'address-family',
    ],
    comment: /^!/,
    hostname: /^hostname (\S+)/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['interface eth0', `description pop ${1 + number(nth, 90)}`],
      sentence: `description of eth0 is now "pop ${1 + number(nth, 90)}"`,
    }),
    ({ asn, ip }, nth) => ({
      lines: [`router bgp ${asn}`, `neighbor ${ip(nth + 6_000)} remote-as ${asn + 4}`],
      sentence: `BGP neighbour ${ip(nth + 6_000)} (AS ${asn + 4}) was added`,
    }),
  ],
};
