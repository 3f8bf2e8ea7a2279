import type { Dialect } from '../dialect.ts';
import { FortiRules, readForti, typeForti } from '../lines/forti-rules.ts';
import { dialectOfRules } from '../lines/lines-dialect.ts';
import type { LinesSpec } from '../lines/spec.ts';

const spec: LinesSpec = {
  name: 'fortios',
  notes: ['`show` leaves defaults out: a setting that is absent has its default.'],
  cautions: [
    {
      when: /ENC |private-key/,
      says: 'Values with `ENC` and private keys are encrypted anew at each read: they differ although nothing changed.',
    },
    {
      when: /^unset /,
      says: 'Some settings cannot be unset, such as the virtual domain of an interface; FortiOS says so when it is typed.',
    },
  ],
  step: '    ',
  negate: 'unset',
  comment: /^#/,
  leave: [],
  finish: [],
  literals: [{ kind: 'quote', match: /^set \S+ .*"/ }],
  opens: ['config', ['edit', ['config']]],
  closers: [
    ['config', 'end'],
    ['edit', 'next'],
  ],
  close: 'end',
  layout: {},
  freeText: ['set'],
  single: ['set *'],
  permanent: ['config'],
  ordered: [
    'firewall policy',
    'firewall policy6',
    'firewall proxy-policy',
    'firewall shaping-policy',
    'firewall DoS-policy',
    'firewall central-snat-map',
    'firewall local-in-policy',
    'firewall security-policy',
    'router policy',
    'rule',
    'application list',
  ].map((table) => ({ kind: 'section', words: `config ${table} $`, only: 'edit', moves: true })),
  absenceHidden: ['set', 'edit', 'config'],
  ranks: [
    ['config system global', 45],
    ['config system interface', 10],
    ['config system zone', 12],
    ['config firewall address', 15],
    ['config firewall addrgrp', 16],
    ['config firewall service', 15],
    ['config firewall vip', 16],
    ['config firewall ippool', 16],
    ['config firewall policy', 60],
    ['config router', 55],
  ],
};

/** Fortinet FortiOS. */
export function fortios(): Dialect {
  const rules = new FortiRules(spec);
  return {
    ...dialectOfRules(rules),
    read: (text, file) => readForti(text, rules, file),
    type: (nodes, lines, file) => typeForti(nodes, lines, rules, file),
  };
}
