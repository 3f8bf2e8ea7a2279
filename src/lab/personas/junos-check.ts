import type { Complaint, Refused } from '../persona.ts';
import { type ConfigNode, parseTree } from '../section-tree.ts';

const octets = /\b(?:25[6-9]|2[6-9]\d|[3-9]\d\d|\d{4,})\.\d{1,3}\.\d{1,3}|\b\d{1,3}\.(?:25[6-9]|2[6-9]\d|[3-9]\d\d)\b/;

/** Values that are refused where they are typed. */
export const junosRefusals: readonly Refused[] = [
  {
    match: new RegExp(`^set .*(?:address|neighbor|router-id|next-hop|server) (?=\\S*(?:${octets.source}))\\S+`),
    says: (line, caret) => {
      const value = /(?:address|neighbor|router-id|next-hop|server) (\S+)/.exec(line)?.[1] ?? '';
      return `${' '.repeat(caret + line.indexOf(value))}^\ninvalid ip address or hostname: '${value}'\n`;
    },
  },
  {
    match:
      /^set interfaces (?!(?:[a-z]{2,3}-\d+\/\d+\/\d+(?::\d+)?|ae\d+|lo0|irb|fxp0|em\d|me0|vme|st0|gr-\S+|lt-\S+|reth\d+|interface-range|traceoptions|apply-groups)(?:\s|\.|$))\S+/,
    says: (line, caret) =>
      `${' '.repeat(caret + 'set interfaces '.length)}^\ninvalid interface type: ${line.split(' ')[2] ?? ''}\n`,
  },
];

const find = (nodes: readonly ConfigNode[], line: string): readonly ConfigNode[] =>
  nodes.find((node) => node.line === line)?.below ?? [];

/** What `commit check` finds: policies that do not exist, external peers of no known number. */
export function junosCheck(text: string): Complaint[] {
  const tree = parseTree(text, { style: 'set', negate: 'delete ', comment: /^##/, hostname: /$^/ });
  const policies = new Set(
    find(tree, 'policy-options').flatMap(({ line }) => /^policy-statement (\S+)/.exec(line)?.[1] ?? []),
  );
  const complaints: Complaint[] = [];
  for (const group of find(find(tree, 'protocols'), 'bgp')) {
    const name = /^group (\S+)/.exec(group.line)?.[1];
    if (name === undefined) continue;
    const path = ['protocols', 'bgp', group.line];
    for (const { line } of group.below) {
      const [, direction, list = ''] = /^(import|export) (.+)$/.exec(line) ?? [];
      for (const policy of list.replaceAll(/[[\]]/g, '').split(' ')) {
        if (direction !== undefined && policy !== '' && !policies.has(policy))
          complaints.push({ path, line: direction, says: `Policy error: Policy ${policy} referenced but not defined` });
      }
    }
    const isExternal = group.below.some(({ line }) => line === 'type external');
    const hasPeer = group.below.some(({ line }) => line.startsWith('peer-as '));
    for (const neighbor of group.below) {
      const address = /^neighbor (\S+)/.exec(neighbor.line)?.[1];
      if (address === undefined || !isExternal || hasPeer) continue;
      if (neighbor.below.some(({ line }) => line.startsWith('peer-as '))) continue;
      complaints.push({
        path: ['protocols'],
        line: 'bgp',
        says: `Error in neighbor ${address} of group ${name}:\npeer AS number must be configured for an external peer`,
      });
    }
  }
  return complaints;
}

/** The first interface is off: that is where we come from. */
export function junosShutsOff(text: string): boolean {
  const port = find(
    find(parseTree(text, { style: 'set', negate: 'delete ', comment: /^##/, hostname: /$^/ }), 'interfaces'),
    'ge-0/0/0',
  );
  return (
    port.length === 0 ||
    port.some(({ line }) => line === 'disable') ||
    !port.some(({ line }) => line.startsWith('unit '))
  );
}
