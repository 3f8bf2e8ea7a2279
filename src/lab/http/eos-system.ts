import type { SimulatedDevice } from '../device.ts';
import {
  addressIn,
  localAsOf,
  ownRouterId,
  portsOf,
  prefixText,
  type RouteEntry,
  routesAt,
  routesIn,
  routesOf,
  routesTo,
} from '../network/index.ts';

/** What EOS tells in JSON of itself: fans and supplies, users, VRFs, SNMP, and routes. */
export function eosSystem(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { facts, running } = device;
  switch (command) {
    case 'show system environment cooling':
      return {
        coolingMode: 'automatic',
        overrideFanSpeed: 0,
        systemStatus: 'coolingOk',
        fanTraySlots: [1, 2, 3, 4].map((slot) => ({
          label: String(slot),
          status: 'ok',
          fans: [{ label: `${slot}/1`, status: 'ok', configuredSpeed: 30, actualSpeed: 30 + (slot % 2) }],
        })),
        powerSupplySlots: [1, 2].map((slot) => ({
          label: `PowerSupply${slot}`,
          status: 'ok',
          fans: [{ label: `PowerSupply${slot}/1`, status: 'ok', configuredSpeed: 30, actualSpeed: 30 }],
        })),
      };
    case 'show system environment temperature':
      return {
        systemStatus: 'temperatureOk',
        powerSupplySlots: [],
        cardSlots: [],
        tempSensors: ['Cpu temp sensor', 'Front-panel temp sensor', 'Board sensor'].map((description, nth) => ({
          name: `TempSensor${nth + 1}`,
          description,
          currentTemperature: 30 + facts.number(nth + 9_700, 12),
          maxTemperature: 48,
          overheatThreshold: 95,
          criticalThreshold: 105,
          inAlertState: false,
          hwStatus: 'ok',
          relPos: String(nth + 1),
        })),
      };
    case 'show system environment power':
      return {
        powerSupplies: Object.fromEntries(
          [1, 2].map((slot) => [
            String(slot),
            {
              modelName: 'PWR-500AC-R',
              state: 'ok',
              capacity: 500,
              outputPower: 80 + facts.number(slot + 9_750, 20),
              inputCurrent: 0.4,
              outputCurrent: 7.1,
              managed: true,
            },
          ]),
        ),
      };
    case 'show users accounts':
      return {
        users: Object.fromEntries(
          [...running.text.matchAll(/^username (\S+)(?: privilege (\d+))?(?: role (\S+))?/gm)].map(
            ([, username = '', level = '1', role = '']) => [
              username,
              { username, privLevel: Number(level), role, sshAuthorizedKey: '' },
            ],
          ),
        ),
      };
    case 'show vrf':
      return {
        vrfs: {
          default: {
            routeDistinguisher: '',
            vrfState: 'up',
            interfaces: portsOf(device)
              .filter(({ vlan }) => vlan === undefined)
              .map(({ name }) => name),
            protocols: {
              ipv4: { supported: true, protocolState: 'up', routingState: 'up' },
              ipv6: { supported: true, protocolState: 'up', routingState: 'down' },
            },
          },
        },
      };
    case 'show snmp v2-mib chassis':
      return { chassisId: `SSJ${facts.hex(3, 8).toUpperCase()}` };
    case 'show snmp v2-mib contact':
      return { contact: /^snmp-server contact (.*)$/m.exec(running.text)?.[1] ?? '' };
    case 'show snmp v2-mib location':
      return { location: /^snmp-server location (.*)$/m.exec(running.text)?.[1] ?? '' };
    default:
      return eosRoutes(device, command);
  }
}

const kinds = { connected: 'connected', local: 'connected', static: 'static', bgp: 'eBGP' } as const;

function eosRoutes(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const [, kind = '', rest = ''] = /^show ip (route|bgp) (.*)$/.exec(command) ?? [];
  const text = /\d+\.\d+\.\d+\.\d+(?:\/\d+)?/.exec(rest)?.[0];
  const asked = addressIn(text ?? '');
  if (asked === undefined || text === undefined) return undefined;
  const all = routesOf(device).filter(({ protocol }) => protocol !== 'local');
  const isLonger = /\blonger-prefixes\b/.test(rest);
  const [, only] = /\s(bgp|connected|static)\b/.exec(rest.slice(rest.indexOf(text))) ?? [];
  const found = (
    isLonger ? routesIn(all, asked) : text.includes('/') ? routesAt(all, asked) : routesTo(all, asked)
  ).filter(({ protocol }) => only === undefined || protocol === only);
  return kind === 'route'
    ? routeTable(found)
    : bgpTable(
        device,
        found.filter(({ session }) => session !== undefined),
      );
}

const grouped = (routes: readonly RouteEntry[], value: (routes: readonly RouteEntry[]) => object): object =>
  Object.fromEntries(
    [...Map.groupBy(routes, ({ prefix }) => prefixText(prefix))].map(([prefix, some]) => [prefix, value(some)]),
  );

const routeTable = (found: readonly RouteEntry[]): Record<string, unknown> => ({
  vrfs: {
    default: {
      routingDisabled: false,
      allRoutesProgrammedHardware: true,
      allRoutesProgrammedKernel: true,
      defaultRouteState: 'reachable',
      routes: grouped(found, (same) => ({
        kernelProgrammed: true,
        hardwareProgrammed: true,
        directlyConnected: same[0]!.protocol === 'connected',
        routeAction: 'forward',
        routeType: kinds[same[0]!.protocol],
        preference: same[0]!.protocol === 'bgp' ? 200 : same[0]!.distance,
        metric: 0,
        vias: same.map(({ port, nextHop }) => ({
          interface: port,
          ...(nextHop !== undefined && { nexthopAddr: nextHop }),
        })),
      })),
    },
  },
});

const bgpTable = (device: SimulatedDevice, found: readonly RouteEntry[]): Record<string, unknown> => ({
  vrfs: {
    default: {
      vrf: 'default',
      routerId: ownRouterId(device),
      asn: String(localAsOf(device)),
      bgpRouteEntries: grouped(found, (same) => ({
        address: same[0]!.prefix.ip,
        maskLength: same[0]!.prefix.length,
        totalPaths: same.length,
        bgpRoutePaths: same.map(({ session, nextHop, asPath }) => ({
          asPathEntry: { asPathType: 'External', asPath: asPath.join(' ') },
          med: 0,
          localPreference: 100,
          weight: 0,
          nextHop,
          routeType: { valid: true, active: true, ecmp: false, stale: false, backup: false },
          routeDetail: {
            origin: 'Igp',
            peerEntry: { peerRouterId: session!.routerId, peerAddr: session!.address },
            communityList: [],
            extCommunityList: [],
          },
        })),
      })),
    },
  },
});
