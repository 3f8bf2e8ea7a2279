import type { Complaint, Persona, PromptState } from '../persona.ts';
import { type ConfigNode, parseTree } from '../section-tree.ts';
import { srosMd } from '../transactions/sros-md.ts';
import { volatile } from '../volatile.ts';
import { nokia_sros } from './nokia_sros.ts';

/** Two lines: where one stands, then who and which processor. */
const prompt = ({ host, user, path, label, mode, isDirty }: PromptState): string => {
  const [how = '', way = ''] = label.split(' ');
  const last = `A:${user}@${host}# `;
  if (mode === 'exec') return `\r\n[/]\r\n${last}`;
  const place = path.length === 0 ? '/configure' : `/configure ${path.join(' ')}`;
  const context = how === 'explicit' ? `(${way})[${place}]` : `[${way}:${place}]`;
  return `\r\n${isDirty ? '*' : ''}${context}\r\n${last}`;
};

const edit: Persona['edit'] = {
  style: 'md',
  negate: 'delete ',
  root: ['configure'],
  containers: [
    'system',
    'bgp',
    'ipv4',
    'ipv6',
    'primary',
    'ethernet',
    'security',
    'snmp',
    'user-params',
    'local-user',
    'aaa',
    'tacplus',
    'remote-servers',
    'management-interface',
    'isis',
    'ospf',
    'static-routes',
    'policy-options',
    'log',
    'time',
    'ntp',
    'access',
  ],
  lists: [
    'port',
    'router',
    'interface',
    'group',
    'neighbor',
    'user',
    'server',
    'community',
    'card',
    'mda',
    'policy-statement',
    'entry',
    'prefix-list',
  ],
  keyed:
    /^(?:port|router|interface|group|neighbor|user|server|community|card|mda|policy-statement|entry|prefix-list) (?:"[^"]*"|\S+) \S/,
  vocabulary: [
    'coordinates',
    'local-as',
    'hold-time',
    'keepalive',
    'preference',
    'encap-type',
    'speed',
    'autonegotiate',
    'router-id',
    'ecmp',
    'default-action',
    'action',
    'log',
    'filter',
    'level-capability',
    'interface-type',
    'area',
    'bfd-liveness',
    'policy',
    'prefix',
    'members',
    'idle-timeout',
    'dhcp',
    'vprn-type',
    'service-id',
    'customer',
    'configure',
    'name',
    'description',
    'admin-state',
    'address',
    'prefix-length',
    'port',
    'mode',
    'mtu',
    'autonomous-system',
    'peer-as',
    'group',
    'authentication-key',
    'password',
    'secret',
    'version',
    'location',
    'contact',
    'local-address',
    'import',
    'export',
    'console',
    'netconf',
    'type',
    'metric',
    'card-type',
    'mda-type',
    'access-permissions',
  ],
  refuses: [
    {
      match: /\baddress (?!(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$|[^ ]*:)\S+$/,
      says: (line) =>
        `MINOR: MGMT_CORE #2301: Invalid element value - '${line.split(' ').at(-1)}' is not an IP address\n`,
    },
    {
      match: /\badmin-state (?!enable$|disable$)\S+/,
      says: (line) =>
        `MINOR: MGMT_CORE #2301: Invalid element value - '${line.split(' ').at(-1)}' expected: disable|enable\n`,
    },
  ],
  comment: /^#/,
  hostname: /^ {8}name "([^"]+)"/,
};

const find = (nodes: readonly ConfigNode[], line: string): readonly ConfigNode[] =>
  nodes.find((node) => node.line === line)?.below ?? [];

/** Peers need a group, groups have to be there. */
function check(text: string): Complaint[] {
  const bgp = find(find(find(parseTree(text, edit), 'configure'), 'router "Base"'), 'bgp');
  const groups = new Set(bgp.flatMap(({ line }) => /^group "?([^"]+)"?$/.exec(line)?.[1] ?? []));
  return bgp.flatMap(({ line, below }) => {
    if (!line.startsWith('neighbor ')) return [];
    const group = below.flatMap((inner) => /^group "?([^"]+)"?$/.exec(inner.line)?.[1] ?? [])[0];
    if (group !== undefined && groups.has(group)) return [];
    return [
      {
        path: ['router "Base"', 'bgp'],
        line,
        says: group === undefined ? 'Missing mandatory element - group' : `Entry does not exist - group "${group}"`,
      },
    ];
  });
}

/** SR OS 20.10 with the model-driven command line: candidates, and configuration in braces. */
export const nokia_sros_md: Persona = {
  ...nokia_sros,
  id: 'nokia_sros_md',
  platform: 'nokia_sros',
  modes: {
    exec: { prompt },
    config: { prompt, edits: true, candidate: 'shared', leaves: 'exec' },
    edit: { prompt, edits: true, candidate: 'shared', leaves: 'exec' },
    private: { prompt, edits: true, candidate: true, leaves: 'exec' },
  },
  abbreviates: false,
  paging: {
    more: 'Press Q to quit, Enter to print next line or any other key to print next page.',
    erase: `\r${' '.repeat(78)}\r`,
  },
  unknown: (line, caret) =>
    `${' '.repeat(Math.max(0, caret))}^^^^\nMINOR: MGMT_CORE #2201: Unknown element - '${line.split(' ')[0]}'\n`,
  commands: [
    ...srosMd,
    { words: 'environment more false', effect: 'page off' },
    { words: 'environment command-completion space false' },
    { words: 'environment console width *' },
    { words: 'environment progress-indicator admin-state disable' },
    { words: 'logout', effect: 'logout' },
    ...nokia_sros.commands.filter(({ words }) =>
      /^show (?:version|system information|card state|chassis|bof)$/.test(words),
    ),
  ],
  config: {
    before: () =>
      `# TiMOS-C-20.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2020 Nokia.\n# All rights reserved. All use subject to applicable license agreements.\n# Configuration format version 20.10 revision 0\n\n# Generated ${volatile('sros')}\n\n`,
    after: () => `\n# Finished ${volatile('sros')}\n`,
    parts: [
      () => 'configure {\n',
      {
        share: 0.4,
        each: ({ description }, nth) =>
          `    port 1/1/${nth + 1} {\n        admin-state enable\n        description "${description(nth)}"\n        ethernet {\n            mode hybrid\n        }\n    }\n`,
      },
      ({ asn, ip, token }) =>
        `    router "Base" {\n        autonomous-system ${asn}\n        bgp {\n            group "transit" {\n                authentication-key "${token(4, 28)} hash2"\n                peer-as ${asn + 1}\n            }\n            neighbor "${ip(501)}" {\n                group "transit"\n            }\n        }\n`,
      {
        share: 0.6,
        each: ({ ip, description }, nth) =>
          `        interface "to-${nth + 1}" {\n            description "${description(nth + 50)}"\n            port 1/1/${nth + 1}\n            ipv4 {\n                primary {\n                    address ${ip(nth)}\n                    prefix-length 31\n                }\n            }\n        }\n`,
      },
      ({ host, token }) =>
        `    }\n    system {\n        name "${host}"\n        security {\n            snmp {\n                community "${token(2, 20)} hash2" {\n                    version v2c\n                }\n            }\n            user-params {\n                local-user {\n                    user "netwright" {\n                        password "$2y$10$${token(3, 53)}"\n                        access {\n                            console true\n                        }\n                    }\n                }\n            }\n        }\n    }\n}\n`,
    ],
  },
  files: { kind: 'flat', prefix: 'cf3:\\', totalBytes: 4_000_000_000, usedBytes: 600_000_000 },
  transfers: { sftp: 'always', scp: 'always' },
  check,
  edit,
  changes: [
    ({ number }, nth) => ({
      lines: [`port 1/1/1 description "cross-connect ${1000 + number(nth, 9000)}"`],
      sentence: `description of port 1/1/1 is now "cross-connect ${1000 + number(nth, 9000)}"`,
    }),
  ],
};
