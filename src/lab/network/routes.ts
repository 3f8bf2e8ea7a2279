import type { SimulatedDevice } from '../device.ts';
import { type Address, addressIn, isWithin, networkOf } from './addresses.ts';
import { type BgpSession, bgpPrefix, bgpSessions } from './bgp-sessions.ts';
import { routerosItems } from './configured-ports.ts';
import { portsOf } from './ports.ts';

export interface RouteEntry {
  /** A network: no bit of the host is set. */
  readonly prefix: Address;
  readonly protocol: 'connected' | 'local' | 'static' | 'bgp';
  /** Absent where the network is at the port itself. */
  readonly nextHop?: string;
  readonly port: string;
  readonly distance: number;
  readonly ageS: number;
  readonly session?: BgpSession;
  /** AS numbers, the neighbour's first. */
  readonly asPath: readonly number[];
}

interface StaticRoute {
  readonly prefix: Address;
  readonly nextHop: string;
}

const staticForms: readonly RegExp[] = [
  /^ *ip(?:v4)? route(?:-static)? (\d\S* \d\S*) (\d\S*)/,
  /^ *ip(?:v4)? route(?:-static)? (\d\S*\/\d+) (\d\S*)/,
  /^ *ip default-gateway ()(\d\S*)/,
  /^ +gateway ()(\d\S*)$/,
  // IOS XR, below `address-family ipv4 unicast`.
  /^ {2}(\d\S*\/\d+) (\d+\.\d+\.\d+\.\d+)$/,
  // Junos.
  /^ +route (\d\S*\/\d+) next-hop (\d+\.\d+\.\d+\.\d+);$/,
];

/** What the running configuration routes by hand. */
export function staticRoutes({ running, persona }: SimulatedDevice): readonly StaticRoute[] {
  const { text } = running;
  const route = (to: string, nextHop: string): StaticRoute[] => {
    const prefix = addressIn(to === '' ? '0.0.0.0/0' : to);
    const gateway = addressIn(nextHop)?.ip;
    return prefix === undefined || gateway === undefined
      ? []
      : [{ prefix: { ...prefix, ip: networkOf(prefix) }, nextHop: gateway }];
  };
  if (persona.edit.style === 'routeros') {
    return routerosItems(text)
      .filter(({ menu, fields }) => menu === '/ip route' && fields['disabled'] !== 'yes')
      .flatMap(({ fields }) => route(fields['dst-address'] ?? '', fields['gateway'] ?? ''));
  }
  const found: StaticRoute[] = [];
  let braces: string | undefined;
  for (const line of text.split('\n')) {
    const match = staticForms.map((form) => form.exec(line)).find((one) => one !== null);
    if (match) found.push(...route(match[1]!, match[2]!));
    // VyOS and Junos in long form: `route 10.0.0.0/8 { next-hop 10.0.0.1 …`.
    braces = /^ +route (\S+) \{$/.exec(line)?.[1] ?? braces;
    const hop = /^ +next-hop (\d\S*?)(?:;| \{)$/.exec(line)?.[1];
    if (hop !== undefined && braces !== undefined) found.push(...route(braces, hop));
  }
  return found;
}

const bootedAgeS = 5 * 7 * 86_400;

/** The routing table: the ports that are up, what is configured, and what the neighbours tell. */
export function routesOf(device: SimulatedDevice): readonly RouteEntry[] {
  const ports = portsOf(device).filter(({ isUp }) => isUp);
  const connected = ports.flatMap(({ addresses, name }) =>
    addresses.flatMap((address): RouteEntry[] => {
      const base = { port: name, distance: 0, ageS: bootedAgeS, asPath: [] };
      const network = { ip: networkOf(address), length: address.length };
      return [
        { ...base, prefix: network, protocol: 'connected' },
        ...(address.length < 32
          ? [{ ...base, prefix: { ip: address.ip, length: 32 }, protocol: 'local' as const }]
          : []),
      ];
    }),
  );
  const fallback = ports.find(({ address, kind }) => address !== undefined && kind !== 'loopback')?.name ?? '';
  const routed = staticRoutes(device).map(({ prefix, nextHop }): RouteEntry => {
    const way = connected.find((one) => isWithin({ ip: nextHop, length: 32 }, one.prefix));
    return {
      prefix,
      nextHop,
      protocol: 'static',
      port: way?.port ?? fallback,
      distance: 1,
      ageS: bootedAgeS,
      asPath: [],
    };
  });
  const told = bgpSessions(device)
    .filter(({ isUp }) => isUp)
    .flatMap((session) =>
      Array.from({ length: session.prefixes }, (_, nth): RouteEntry => {
        const prefix = bgpPrefix(session.peerSeed, nth);
        return {
          prefix,
          nextHop: session.address,
          protocol: 'bgp',
          port: session.port,
          distance: 20,
          ageS: session.uptimeS,
          session,
          asPath: nth % 3 === 0 ? [session.asn] : [session.asn, 64_000 + (nth % 400)],
        };
      }),
    );
  return [...connected, ...routed, ...told];
}

/** The routes that a router names when it is asked for a prefix or an address: the longest that holds it. */
export function routesTo(routes: readonly RouteEntry[], asked: Address): readonly RouteEntry[] {
  const holding = routes.filter(({ prefix }) => isWithin(asked, prefix));
  const longest = Math.max(-1, ...holding.map(({ prefix }) => prefix.length));
  return holding.filter(({ prefix }) => prefix.length === longest);
}

/** The routes of exactly that prefix. */
export const routesAt = (routes: readonly RouteEntry[], asked: Address): readonly RouteEntry[] =>
  routes.filter(({ prefix }) => prefix.length === asked.length && prefix.ip === networkOf(asked));

/** The routes inside a prefix. */
export const routesIn = (routes: readonly RouteEntry[], asked: Address): readonly RouteEntry[] =>
  routes.filter(({ prefix }) => isWithin(prefix, asked));
