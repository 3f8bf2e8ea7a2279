import type { Complaint, EditStyle, Refused } from '../persona.ts';
import { type ConfigNode, parseTree } from '../section-tree.ts';

const style: EditStyle = { style: 'set', negate: 'delete ', hostname: /$^/ };
/** What the machine has. */
const mostInterfaces = 64;

const find = (nodes: readonly ConfigNode[], line: string): readonly ConfigNode[] =>
  nodes.find((node) => node.line === line)?.below ?? [];

export const vyosRefusals: readonly Refused[] = [
  {
    match:
      /^set interfaces \w+ \S+ (?:vif \d+ )?address (?!'?dhcp)(?!'?(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)'?$)(?!\S*:)\S+/,
    says: (line) =>
      `\n  Error: ${line.split(' ').at(-1)} is not a valid IP host\n\n  Invalid value\n  Value validation failed\n  Set failed\n\n`,
  },
];

/** What the scripts of a commit find. */
export function vyosCheck(text: string): Complaint[] {
  const tree = parseTree(text, style);
  const complaints: Complaint[] = [];
  for (const { line } of find(tree, 'interfaces')) {
    const nth = /^ethernet eth(\d+)$/.exec(line)?.[1];
    if (nth !== undefined && Number(nth) >= mostInterfaces)
      complaints.push({ path: ['interfaces'], line, says: `Interface "eth${nth}" does not exist!` });
  }
  const bgp = find(find(tree, 'protocols'), 'bgp');
  for (const { line, below } of bgp) {
    const peer = /^neighbor (\S+)$/.exec(line)?.[1];
    if (peer === undefined || below.some((inner) => /^(?:remote-as|peer-group) /.test(inner.line))) continue;
    complaints.push({ path: ['protocols'], line: 'bgp', says: `Neighbor "${peer}" remote-as must be set!` });
  }
  return complaints;
}

/** The first interface is off or has no address: nothing gets in any more. */
export function vyosShutsOff(text: string): boolean {
  const port = find(find(parseTree(text, style), 'interfaces'), 'ethernet eth0');
  return !port.some(({ line }) => line.startsWith('address ')) || port.some(({ line }) => line === 'disable');
}
