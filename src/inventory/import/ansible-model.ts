import { importError, type Origin } from './draft.ts';

/** A value with its place; `vault` stands for what only Ansible's vault can read. */
export interface AnsibleValue {
  readonly value: unknown;
  readonly origin: Origin;
}
export type AnsibleVariables = Map<string, AnsibleValue>;

/** What a vault-encrypted scalar is read as. */
export const vaulted = Symbol('vault');

export interface AnsibleGroup {
  readonly variables: AnsibleVariables;
  readonly hosts: Set<string>;
  readonly children: Set<string>;
}

/** An inventory of Ansible as its files say it. */
export class AnsibleInventory {
  readonly hosts = new Map<string, { readonly variables: AnsibleVariables; readonly origin: Origin }>();
  readonly groups = new Map<string, AnsibleGroup>();

  group(name: string): AnsibleGroup {
    let group = this.groups.get(name);
    if (!group) {
      group = { variables: new Map(), hosts: new Set(), children: new Set() };
      this.groups.set(name, group);
    }
    return group;
  }

  host(name: string, origin: Origin): AnsibleVariables {
    let host = this.hosts.get(name);
    if (!host) {
      host = { variables: new Map(), origin };
      this.hosts.set(name, host);
    }
    return host.variables;
  }
}

const mostHosts = 200_000;

/** `sw[01:50]`, `r[a:c]`, `h[1:10:3]`, several of them in one pattern: the names that Ansible makes of it. */
export function expandRange(pattern: string, origin: Origin): string[] {
  const match = /\[([^[\]]*)\]/.exec(pattern);
  if (!match) return [pattern];
  const [from = '', to = '', step = '1', ...more] = match[1]!.split(':');
  const size = Number(step);
  if (more.length > 0 || to === '' || !Number.isInteger(size) || size < 1) {
    throw importError(origin, `"${match[0]}": expected a range such as [01:50] or [a:f]`);
  }
  const middle = rangeOf(from, to, size, match[0], origin);
  const rest = expandRange(pattern.slice(match.index + match[0].length), origin);
  if (middle.length * rest.length > mostHosts)
    throw importError(origin, `${match[0]} makes more than ${mostHosts} hosts`);
  const head = pattern.slice(0, match.index);
  return middle.flatMap((one) => rest.map((tail) => `${head}${one}${tail}`));
}

function rangeOf(from: string, to: string, step: number, text: string, origin: Origin): string[] {
  const isNumeric = /^\d*$/.test(from) && /^\d+$/.test(to);
  const isLetters = /^[A-Za-z]$/.test(from) && /^[A-Za-z]$/.test(to);
  const first = isNumeric ? Number(from) : from.charCodeAt(0);
  const last = isNumeric ? Number(to) : to.charCodeAt(0);
  if (!(isNumeric || isLetters) || last < first || (last - first) / step > mostHosts) {
    throw importError(origin, `"${text}": expected a range such as [01:50] or [a:f]`);
  }
  // Leading zeros of the first number set the width (documentation of the ini plug-in).
  const width = isNumeric && from.startsWith('0') ? from.length : 0;
  const names: string[] = [];
  for (let at = first; at <= last; at += step) {
    names.push(isNumeric ? String(at).padStart(width, '0') : String.fromCharCode(at));
  }
  return names;
}
