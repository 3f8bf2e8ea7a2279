import type { Atlas } from '../graph/atlas.ts';
import { knownRouteServers } from '../relationships/route-servers.ts';
import { itemsASlice, type Sliced } from '../relationships/slices.ts';
import { neighbourCounts } from './neighbour-counts.ts';
import { topsOf } from './tops.ts';

/** What an AS is for the others; graph files hold places in this list, so what is new comes last. */
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
  const type = registry.type(asn);
  const name = registry.name(asn);
  const role = roleBy(atlas, as, type, name);
  const told = type ? [`PeeringDB: ${type}`] : [];
  const sales = (): readonly string[] => [
    counted(neighbourCounts(atlas).customers[as]!, 'direct customer', 'direct customers'),
    `${(atlas.cones.recursive[as]! - 1).toLocaleString('en')} in its cone`,
    ...told,
  ];
  switch (role) {
    case 'route server':
      return { role, evidence: type === 'Route Server' ? told : ['known route server'] };
    case 'transit-free':
      return { role, evidence: ['no provider', ...sales()] };
    case 'provider':
      return { role, evidence: sales() };
    case 'content':
      return { role, evidence: told };
    case 'exchange':
      return { role, evidence: [`named "${name ?? ''}"`] };
    case 'edge':
      return { role, evidence: ['no customer seen', ...told] };
  }
}

/** The roles of all ASes, as places in {@link roles}. */
export function* concludeRoles(atlas: Omit<Atlas, 'roles'>): Sliced<Uint8Array> {
  const { graph, registry } = atlas;
  const found = new Uint8Array(graph.asns.length);
  for (let as = 0; as < found.length; as += 1) {
    if (as % itemsASlice === 0) yield 'roles';
    const asn = graph.asns[as]!;
    found[as] = roles.indexOf(roleBy(atlas, as, registry.type(asn), registry.name(asn)));
  }
  return found;
}

/** The role alone, of an AS whose type and name are at hand. */
export function roleBy(atlas: Atlas, as: number, type: string | undefined, name: string | undefined): Role {
  const known = atlas.roles?.[as];
  if (known !== undefined) return roles[known]!;
  if (type === 'Route Server' || listed.has(atlas.graph.asns[as]!)) return 'route server';
  if (neighbourCounts(atlas).customers[as]! > 0) return topsOf(atlas).includes(as) ? 'transit-free' : 'provider';
  if (type === 'Content') return 'content';
  return name !== undefined && exchangeName.test(name) ? 'exchange' : 'edge';
}

/** `1 neighbour`, `9,915 neighbours` */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
