import { isOneSided, type Topology } from './topology.ts';

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** `24 devices, 36 links with 40 cables, 2 seen from one end only; 3 neighbours outside the inventory; 1 without an answer` */
export function topologySummary({ nodes, links }: Topology): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const count = (kind: string): number => nodes.filter((node) => node.kind === kind).length;
  const cables = links.reduce((sum, link) => sum + link.cables.length, 0);
  const doubtful = links.reduce(
    (sum, { a, b, cables: all }) => sum + all.filter((cable) => isOneSided(cable, byId.get(a)!, byId.get(b)!)).length,
    0,
  );
  return [
    `${counted(nodes.length - count('outside'), 'device')}, ${counted(links.length, 'link')}`,
    ...(cables === links.length ? [] : [` with ${counted(cables, 'cable')}`]),
    ...(doubtful === 0 ? [] : [`, ${doubtful.toLocaleString('en')} seen from one end only`]),
    ...(count('outside') === 0 ? [] : [`; ${counted(count('outside'), 'neighbour')} outside the inventory`]),
    ...(count('unread') === 0 ? [] : [`; ${count('unread').toLocaleString('en')} told of by others only`]),
    ...(count('silent') === 0 ? [] : [`; ${count('silent').toLocaleString('en')} without an answer`]),
  ].join('');
}
