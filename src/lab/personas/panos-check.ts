import type { Complaint, Refused } from '../persona.ts';
import { type ConfigNode, parseTree } from '../section-tree.ts';

export const panosRefusals: readonly Refused[] = [
  {
    match:
      /\b(?:ip-netmask|ip-address|nexthop ip-address|router-id) (?!(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\/(?:3[0-2]|[12]?\d))?$|[^ ]*:)\S+$/,
    says: (line) => {
      const [name = '', value = ''] = line.split(' ').slice(-2);
      return `Server error : ${name} '${value}' is not a valid value\nInvalid syntax.\n`;
    },
  },
];

const find = (nodes: readonly ConfigNode[], ...path: readonly string[]): readonly ConfigNode[] =>
  path.reduce<readonly ConfigNode[]>((level, step) => level.find(({ line }) => line === step)?.below ?? [], nodes);

/** Groups may only name addresses that are there. */
export function panosCheck(text: string): Complaint[] {
  const tree = parseTree(text, { style: 'set', negate: 'delete ', hostname: /$^/ });
  const vsys = find(tree, 'config', 'devices', 'localhost.localdomain', 'vsys', 'vsys1');
  const known = new Set(find(vsys, 'address').map(({ line }) => line));
  return find(vsys, 'address-group').flatMap(({ line, below }) =>
    below.flatMap((member) => {
      const names = /^static (.+)$/.exec(member.line)?.[1]?.replaceAll(/[[\]]/g, ' ').trim().split(/ +/) ?? [];
      return names
        .filter((name) => !known.has(name))
        .map((name) => ({
          path: ['vsys', 'vsys1', 'address-group', line],
          line: 'static',
          says: `'${name}' is not a valid reference`,
        }));
    }),
  );
}
