import type { CommandSession } from '../command-session.ts';
import type { Persona, Refused } from '../persona.ts';
import type { Reply } from '../reply.ts';
import { volatile } from '../volatile.ts';

/** Words by which the prompt names a context. */
const short: Readonly<Record<string, string>> = { interface: 'if', 'router-interface': 'if' };

const srosVocabulary =
  'location contact coordinates name description address mtu metric import export local-address local-as peer-as type cluster hold-time keepalive import-policy export-policy static-route static-route-entry next-hop preference area interface-type level-capability egress ingress encap-type mode speed autonegotiate lldp sap service customer vpls vprn epipe ies sdp spoke-sdp entry match action log filter scope default-action community prefix as-path policy-statement policy-options begin commit abort accept drop permit deny server user password access home-directory ntp time sntp dst-zone zone snmp trap-group login-control ssh telnet ftp idle-timeout motd pre-login-message router-id autonomous-system ecmp mpls rsvp ldp path lsp primary secondary to from hop admin-group bfd ipv6 icmp secondary arp-timeout'.split(
    ' ',
  );
const srosRefusals: readonly Refused[] = [
  {
    match:
      /\baddress (?!(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\/\d{1,2})?$|[^ ]*:)\d\S*$/,
    says: (line, caret) => `${' '.repeat(caret + line.lastIndexOf(' ') + 1)}^\nError: Invalid parameter.\n`,
  },
];

/** `configure port 1/1/1 shutdown` does that and stays; `configure port 1/1/1` goes there. */
function configureOnce(session: CommandSession): Reply {
  session.go('config');
  const line = session.typed.trim().replace(/^\/?configure +/, '');
  const refused = session.device.faults.refuses(line) ? 'unknown' : session.editing?.type(line);
  const isThere = (session.editing?.path.length ?? 0) > 0;
  session.editing?.keep();
  if (!isThere) session.go('exec');
  if (refused === 'unknown') return { text: `${' '.repeat(20)}^\nError: Bad command.\n` };
  return { text: refused?.says(line, 0) ?? '' };
}

/** SR OS 20.10, classic CLI: contexts close with `exit`, a star stands before what is not saved. */
export const nokia_sros: Persona = {
  id: 'nokia_sros',
  vendor: 'Nokia',
  kind: 'router',
  ssh: { ident: 'OpenSSH_7.3', banner: 'TiMOS-C-20.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2020 Nokia.\r\n' },
  telnet: {
    banner: 'TiMOS-C-20.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2020 Nokia.\n\n',
    user: 'Login: ',
    password: 'Password: ',
    refused: 'Login incorrect. Try again\n\n',
    tries: 3,
  },
  motd: () => '\n',
  modes: {
    exec: { prompt: ({ host, isDirty }) => `${isDirty ? '*' : ''}A:${host}# ` },
    config: {
      prompt: ({ host, isDirty, path }) =>
        `${isDirty ? '*' : ''}A:${host}>config${path.map((line) => `>${short[line.split(' ')[0]!] ?? line.split(' ')[0]}`).join('')}# `,
      edits: true,
      leaves: 'exec',
    },
  },
  start: 'exec',
  abbreviates: true,
  paging: { more: 'Press any key to continue (Q to quit)', erase: `\r${' '.repeat(37)}\r` },
  unknown: (_, caret) => `${' '.repeat(caret)}^\nError: Bad command.\n`,
  commands: [
    { words: 'environment no more', in: ['exec', 'config'], effect: 'page off' },
    { words: 'environment more', in: ['exec', 'config'], effect: 'page on' },
    { words: 'environment console width *', print: () => '' },
    { words: 'environment no saved-ind-prompt' },
    { words: 'configure', in: ['exec'], to: 'config' },
    { words: 'configure *', in: ['exec'], run: configureOnce },
    { words: '/configure *', in: ['exec'], run: configureOnce },
    { words: 'exit all', in: ['exec', 'config'], to: 'exec', effect: 'top' },
    { words: 'exit', in: ['config'], effect: 'up' },
    { words: 'back', in: ['config'], effect: 'up' },
    { words: 'logout', effect: 'logout' },
    {
      words: 'admin reboot now',
      in: ['exec'],
      run: ({ device }) => {
        device.reboot();
        return { isSilent: true };
      },
    },
    {
      words: 'admin save',
      in: ['exec', 'config'],
      effect: 'save',
      print: () => 'Writing configuration to cf3:\\config.cfg\nSaving configuration ... OK\nCompleted.\n',
    },
    {
      words: 'show version',
      print: () =>
        'TiMOS-C-20.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2020 Nokia.\nAll rights reserved. All use subject to applicable license agreements.\nBuilt on Wed Oct 28 14:20:26 PDT 2020 by builder in /builds/c/2010B/R1/panos/main/sros\n',
    },
    {
      words: 'show system information',
      print: ({ host }) =>
        `===============================================================================\nSystem Information\n===============================================================================\nSystem Name            : ${host}\nSystem Type            : 7750 SR-7\nSystem Version         : C-20.10.R1\nSystem Up Time         : ${volatile('uptime')} (hr:min:sec)\nCurrent Time           : ${volatile('iso')}\n===============================================================================\n`,
    },
    {
      words: 'show card state',
      print: () =>
        '===============================================================================\nCard State\n===============================================================================\nSlot/  Provisioned Type              Admin Operational   Num   Num Comments\n1      iom3-xp                       up    up            2     2\nA      sfm4-7                        up    up                      Active\n===============================================================================\n',
    },
    {
      words: 'show chassis',
      print: ({ hex }) =>
        `System Information\n  Name                              : \n  Type                              : 7750 SR-7\n  Serial number                     : NS${hex(3, 8).toUpperCase()}\n  Temperature                       : ${volatile('percent')}C\n`,
    },
    {
      words: 'show bof',
      print: ({ ip }) =>
        `===============================================================================\nBOF (Memory)\n===============================================================================\n    primary-image      cf3:\\TiMOS-20.10.R1\n    primary-config     cf3:\\config.cfg\n    address            ${ip(1)}/24 active\n===============================================================================\n`,
    },
    { words: 'admin display-config', effect: 'configuration' },
    { words: 'admin display-config *', effect: 'configuration' },
  ],
  config: {
    before: () =>
      `# TiMOS-C-20.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2020 Nokia.\n# All rights reserved. All use subject to applicable license agreements.\n\n# Generated ${volatile('sros')}\n\nexit all\n`,
    after: () => `\nexit all\n\n# Finished ${volatile('sros')}\n`,
    parts: [
      ({ host, token, ip }) =>
        `configure\n#--------------------------------------------------\necho "System Configuration"\n#--------------------------------------------------\n    system\n        name "${host}"\n        snmp\n            shutdown\n        exit\n        security\n            tacplus\n                server 1 address ${ip(601)} secret "${token(1, 22)}" hash2\n            exit\n            snmp\n                community "${token(2, 20)}" hash2 r version v2c\n            exit\n            user "netwright"\n                password "$2y$10$${token(3, 53)}"\n                access console\n            exit\n        exit\n    exit\n#--------------------------------------------------\necho "Port Configuration"\n#--------------------------------------------------\n`,
      {
        share: 0.4,
        each: ({ description }, nth) =>
          `    port 1/1/${nth + 1}\n        description "${description(nth)}"\n        ethernet\n            mode hybrid\n        exit\n        no shutdown\n    exit\n`,
      },
      () =>
        '#--------------------------------------------------\necho "Router (Network Side) Configuration"\n#--------------------------------------------------\n    router Base\n',
      {
        share: 0.6,
        each: ({ ip, description }, nth) =>
          `        interface "to-${nth + 1}"\n            address ${ip(nth)}/31\n            description "${description(nth + 50)}"\n            port 1/1/${nth + 1}\n            no shutdown\n        exit\n`,
      },
      ({ asn, ip, token }) =>
        `        autonomous-system ${asn}\n        bgp\n            group "transit"\n                authentication-key "${token(4, 28)}" hash2\n                peer-as ${asn + 1}\n                neighbor ${ip(501)}\n                exit\n            exit\n            no shutdown\n        exit\n    exit\n`,
    ],
  },
  edit: {
    style: 'lines',
    negate: 'no ',
    step: '    ',
    closer: 'exit',
    root: ['configure'],
    chained: true,
    refuses: srosRefusals,
    ordered: /^(?:entry|ip-filter) /,
    sections: [
      [/^system$/, '', 'nested'],
      [/^port \d+\/\d+\/\d+$/, '', 'nested'],
      [/^router( Base)?$/, '', 'nested'],
      [/^interface "[^"]+"$/, '', 'nested'],
      [/^(bgp|snmp|security|ethernet|ospf|isis|ldp|mpls|time|ntp|sntp|login-control)$/, '', 'nested'],
      [/^group "[^"]+"$/, '', 'nested'],
      [/^neighbor \S+$/, '', 'nested'],
    ],
    negative: /^shutdown$/,
    single: [/^name /, /^description /, /^address /, /^autonomous-system /, /^peer-as /],
    vocabulary: [
      ...srosVocabulary,
      'shutdown',
      'mtu',
      'metric',
      'import',
      'export',
      'local-address',
      'static-route-entry',
    ],
    comment: /^(#|echo )/,
    hostname: /^ {8}name "([^"]+)"/,
  },
  changes: [
    ({ number }, nth) => ({
      lines: ['port 1/1/1', `description "cross-connect ${1000 + number(nth, 9000)}"`],
      sentence: `description of port 1/1/1 is now "cross-connect ${1000 + number(nth, 9000)}"`,
    }),
    ({ ip }, nth) => ({
      lines: ['router Base', `interface "new-${nth}"`, `address ${ip(nth + 6_000)}/31`],
      sentence: `router interface "new-${nth}" (${ip(nth + 6_000)}/31) was added`,
    }),
  ],
};
