import type { Complaint, EditStyle } from '../persona.ts';
import { parseTree } from '../section-tree.ts';

const style: EditStyle = {
  style: 'lines',
  negate: 'no ',
  comment: /^!/,
  hostname: /$^/,
  opensText: { match: /^(?:route-policy|prefix-set|as-path-set|community-set) \S+$/, ends: 'end-' },
};

/** What the commit of XR finds: policies and neighbours that are not whole. */
export function xrCheck(text: string): Complaint[] {
  const tree = parseTree(text, style);
  const policies = new Set(tree.flatMap(({ line }) => /^route-policy (\S+)/.exec(line)?.[1] ?? []));
  const complaints: Complaint[] = [];
  for (const bgp of tree.filter(({ line }) => line.startsWith('router bgp '))) {
    for (const neighbor of bgp.below.filter(({ line }) => line.startsWith('neighbor '))) {
      if (!neighbor.below.some(({ line }) => /^(?:remote-as|use) /.test(line))) {
        complaints.push({
          path: [bgp.line],
          line: neighbor.line,
          says: "'ipv4-bgp' detected the 'warning' condition 'The neighbor has no remote-as configured'",
        });
      }
      for (const family of neighbor.below) {
        for (const { line } of family.below) {
          const policy = /^route-policy (\S+) (?:in|out)$/.exec(line)?.[1]?.replace(/\(.*/, '');
          if (policy === undefined || policies.has(policy)) continue;
          complaints.push({
            path: [bgp.line, neighbor.line, family.line],
            line,
            says: `Could not find entry in list: Policy [${policy}] is not defined`,
          });
        }
      }
    }
  }
  return complaints;
}
