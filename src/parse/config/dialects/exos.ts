import type { Dialect } from '../dialect.ts';
import { dialectOfRules } from '../lines/lines-dialect.ts';
import { LinesRules, type Polarity } from '../lines/lines-rules.ts';
import type { Section } from '../lines/section.ts';
import type { LinesSpec } from '../lines/spec.ts';

const spec: LinesSpec = {
  name: 'exos',
  notes: ['The order of the modules in which the switch prints its lines is not kept.'],
  cautions: [
    {
      when: /^unconfigure /,
      says: '`unconfigure` does not take every line back that `configure` can give: for settings that we do not know, the switch may refuse it.',
    },
    { when: /^delete vlan /, says: 'Taking a VLAN away takes its lines along.' },
  ],
  step: '',
  negate: 'unconfigure',
  comment: /^#/,
  leave: [],
  finish: [],
  literals: [{ kind: 'quote', match: /^configure banner\b.*"/ }],
  opens: [],
  close: '',
  layout: {},
  freeText: [
    'configure snmp sysName',
    'configure snmp sysContact',
    'configure snmp sysLocation',
    'configure ports * display-string',
    'configure ports * description-string',
    'configure vlan * description',
    'configure banner',
  ],
  single: [
    'configure snmp sysName',
    'configure snmp sysContact',
    'configure snmp sysLocation',
    { words: 'configure timezone', whole: true },
    'configure vlan * tag',
    'configure vlan * ipaddress',
    'configure vlan * description',
    'configure ports * display-string',
    'configure ports * description-string',
    'configure sharing * lacp',
    { words: 'configure account *', whole: true },
    'configure radius mgmt-access primary shared-secret',
    'configure radius mgmt-access secondary shared-secret',
    'configure radius mgmt-access primary server',
    'configure tacacs primary shared-secret',
    'configure tacacs secondary shared-secret',
    'create account admin|user *',
  ],
  absenceHidden: ['configure', 'create'],
  exclusive: /^configure vlan \S+ ipaddress /,
  ranks: [
    ['create', 10],
    ['configure', 55],
    ['enable', 60],
  ],
};

const verbs = { delete: 'create', unconfigure: 'configure', disable: 'enable' } as const;

/** Every line a command: `create` and `delete`, `configure` and `unconfigure`, `enable` and `disable`. */
class ExosRules extends LinesRules {
  override polarity(text: string): Polarity {
    const first = text.charCodeAt(0);
    // `d` or `u`: nearly all lines begin otherwise.
    const match = first === 100 || first === 117 ? /^(delete|unconfigure|disable) (.+)$/s.exec(text) : null;
    if (match === null) return { isNegative: false, body: text };
    return { isNegative: true, body: `${verbs[match[1] as keyof typeof verbs]} ${match[2]!}` };
  }

  override negated(body: string): string {
    const ports = /^(configure vlan (?:"[^"]*"|\S+)) add ports (\S+)(?: (?:un)?tagged)?$/.exec(body);
    if (ports !== null) return `${ports[1]} delete ports ${ports[2]}`;
    const account = /^create account (?:admin|user) (\S+)/.exec(body);
    if (account !== null) return `delete account ${account[1]}`;
    const [verb = '', ...rest] = body.split(' ');
    const opposite = { create: 'delete', configure: 'unconfigure', enable: 'disable' }[verb];
    return opposite === undefined ? `${this.spec.negate} ${body}` : [opposite, ...rest].join(' ');
  }

  override identity(text: string, parents: readonly string[]): string {
    const plain = text.includes('"') ? text.replaceAll(/"([^"\s\\]+)"/g, '$1') : text;
    return super.identity(plain, parents);
  }

  override slot(text: string, parents: readonly string[]): string {
    return super.slot(text.includes('"') ? text.replaceAll(/"([^"\s\\]+)"/g, '$1') : text, parents);
  }

  /** A VLAN takes along what was configured for it. */
  override cascade(text: string): string | undefined {
    const vlan = /^create vlan "?([^"\s]+)"?$/.exec(text);
    return vlan === null ? undefined : `configure vlan ${vlan[1]} `;
  }

  override command(section: Section, typed: string): boolean {
    const account = /^delete account (\S+)$/.exec(typed);
    const ports = /^configure vlan ("[^"]*"|\S+) delete ports (\S+)$/.exec(typed);
    if (account === null && ports === null) return false;
    const meant =
      account === null
        ? ['', ' tagged', ' untagged'].map((kind) => `configure vlan ${ports![1]} add ports ${ports![2]}${kind}`)
        : ['admin', 'user'].map((kind) => `create account ${kind} ${account[1]}`);
    const found = meant.flatMap((text) => section.at(this.slot(text, [])));
    for (const line of found) line.remove();
    // Ports taken from a VLAN that has them by default are a line of their own.
    return found.length > 0 || account !== null;
  }
}

/** Extreme EXOS. */
export const exos = (): Dialect => dialectOfRules(new ExosRules(spec));
