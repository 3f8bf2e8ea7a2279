import type { Atlas } from '../graph/atlas.ts';
import { knownRouteServers } from '../relationships/route-servers.ts';
import { neighbourCounts } from './as-summary.ts';
import { topsOf } from './tops.ts';

/** What an AS is for the others. */
export const roles = ['transit-free', 'provider', 'route server', 'exchange', 'content', 'edge'] as const;
export type Role = (typeof roles)[number];

/** A role and what it was concluded from. */
export interface RoleEvidence {
  readonly role: Role;
  readonly evidence: readonly string[];
}

const listed: ReadonlySet<number> = new Set(knownRouteServers);
const exchangeName = /\b(?:internet exchange|exchange point|route[ -]?servers?|ixp)\b|^(?:\w+-)?IX\b/i;

/**
 * Who sells transit shows in the relations: somebody is a customer. An exchange or its route server has no customers
 * and is told by PeeringDB, by a list, or by its name.
 */
export function roleOf(atlas: Atlas, as: number): RoleEvidence {
  const { graph, registry } = atlas;
  const asn = graph.asns[as]!;
  const { customers } = neighbourCounts(atlas);
  const type = registry.type(asn);
  if (type === 'Route Server') return { role: 'route server', evidence: ['PeeringDB: Route Server'] };
  if (listed.has(asn)) return { role: 'route server', evidence: ['known route server'] };
  const sold = customers[as]!;
  if (sold > 0) {
    const cone = atlas.cones.recursive[as]!;
    const evidence = [`${sold} direct customers`, `${cone - 1} in its cone`, ...(type ? [`PeeringDB: ${type}`] : [])];
    return topsOf(atlas).includes(as)
      ? { role: 'transit-free', evidence: ['no provider', ...evidence] }
      : { role: 'provider', evidence };
  }
  if (type === 'Content') return { role: 'content', evidence: ['PeeringDB: Content'] };
  const name = registry.name(asn) ?? '';
  if (exchangeName.test(name)) return { role: 'exchange', evidence: [`named "${name}"`] };
  return { role: 'edge', evidence: ['no customer seen', ...(type ? [`PeeringDB: ${type}`] : [])] };
}
