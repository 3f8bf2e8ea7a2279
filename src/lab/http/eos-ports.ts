import type { SimulatedDevice } from '../device.ts';
import { arpEntries, coloned, dotted, macEntries, type Port, portsOf, vlansOf } from '../network/index.ts';

const bootedS = Date.UTC(2026, 0, 5) / 1000;

/** Of every entry, by its name. */
const byName = <T>(entries: readonly T[], name: (entry: T) => string | number, value: (entry: T) => object): object =>
  Object.fromEntries(entries.map((entry) => [String(name(entry)), value(entry)]));

/** What EOS tells in JSON of its interfaces, VLANs, and what it learned there. */
export function eosPorts(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  switch (command) {
    case 'show interfaces':
      return { interfaces: byName(portsOf(device), ({ name }) => name, interfaceJson) };
    case 'show interfaces transceiver':
      return {
        interfaces: byName(
          opticalPorts(device),
          ({ name }) => name,
          (port) => opticJson(device, port),
        ),
      };
    case 'show ip interface':
      return {
        interfaces: byName(
          portsOf(device).filter(({ addresses }) => addresses.length > 0),
          ({ name }) => name,
          addressJson,
        ),
      };
    case 'show ipv6 interface':
      return { interfaces: {} };
    case 'show vlan':
      return {
        sourceDetail: '',
        vlans: byName(
          vlansOf(device),
          ({ id }) => id,
          ({ id, name, untagged, tagged }) => ({
            status: 'active',
            name: name || (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`),
            interfaces: byName(
              [...untagged, ...tagged],
              (port) => port.name,
              () => ({ privatePromoted: false }),
            ),
            dynamic: false,
          }),
        ),
      };
    case 'show mac address-table':
      return {
        multicastTable: { tableEntries: [] },
        unicastTable: {
          tableEntries: macEntries(device).map(({ mac, vlan, port }, nth) => ({
            macAddress: coloned(mac),
            lastMove: bootedS + 120 + nth,
            interface: port,
            moves: 1,
            entryType: 'dynamic',
            vlanId: vlan,
          })),
        },
        disabledMacLearningVlans: [],
      };
    case 'show arp vrf all': {
      const learned = arpEntries(device).filter(({ isOwn }) => !isOwn);
      return {
        vrfs: {
          default: {
            dynamicEntries: learned.length,
            ipV4Neighbors: learned.map(({ ip, mac, port, ageMin }) => ({
              hwAddress: dotted(mac),
              address: ip,
              interface: port,
              age: ageMin * 60,
            })),
            notLearnedEntries: 0,
            totalEntries: learned.length,
            staticEntries: 0,
          },
        },
      };
    }
    default:
      return undefined;
  }
}

export const opticalPorts = (device: SimulatedDevice): readonly Port[] =>
  portsOf(device).filter(({ wire }) => wire !== undefined);

/** Received and sent power in dBm, the same at each read. */
export function opticalPower(
  device: SimulatedDevice,
  { name, isUp }: Port,
): { readonly rx: number; readonly tx: number; readonly bias: number } {
  const nth = portsOf(device).findIndex((port) => port.name === name);
  const tenth = (key: number, below: number): number => device.facts.number(nth + key, below) / 100;
  return isUp
    ? { rx: -2 - tenth(9_100, 400), tx: -1 - tenth(9_300, 200), bias: 6 + tenth(9_500, 100) }
    : { rx: -30, tx: -30, bias: 0 };
}

function opticJson(device: SimulatedDevice, port: Port): object {
  const { rx, tx, bias } = opticalPower(device, port);
  return {
    mediaType: '10GBASE-LR',
    rxPower: rx,
    txPower: tx,
    txBias: bias,
    temperature: 34.2,
    voltage: 3.29,
    vendorSn: `XLR${port.mac.slice(6).toUpperCase()}`,
    updateTime: bootedS,
  };
}

function interfaceJson(port: Port): object {
  const { name, description, isEnabled, isUp, mtu, mac, kbits, addresses, traffic, errorsIn, vlan } = port;
  return {
    name,
    description,
    interfaceStatus: isUp ? 'connected' : isEnabled ? 'notconnect' : 'disabled',
    lineProtocolStatus: isUp ? 'up' : 'down',
    forwardingModel: vlan === undefined ? 'routed' : 'bridged',
    hardware: 'ethernet',
    mtu,
    bandwidth: kbits * 1000,
    duplex: 'duplexFull',
    physicalAddress: coloned(mac),
    burnedInAddress: coloned(mac),
    lastStatusChangeTimestamp: bootedS + 120,
    interfaceAddress: addresses.length === 0 ? [] : [primary(port)],
    interfaceCounters: {
      inOctets: traffic.bytesIn,
      inUcastPkts: traffic.packetsIn,
      inMulticastPkts: 0,
      inBroadcastPkts: 0,
      inDiscards: 0,
      totalInErrors: errorsIn,
      outOctets: traffic.bytesOut,
      outUcastPkts: traffic.packetsOut,
      outMulticastPkts: 0,
      outBroadcastPkts: 0,
      outDiscards: 0,
      totalOutErrors: 0,
      linkStatusChanges: isUp ? 1 : 0,
      counterRefreshTime: bootedS,
    },
  };
}

const primary = ({ addresses }: Port): object => {
  const [first, ...others] = addresses.map(({ ip, length }) => ({ address: ip, maskLen: length }));
  return {
    primaryIp: first,
    secondaryIps: {},
    secondaryIpsOrderedList: others,
    virtualIp: { address: '0.0.0.0', maskLen: 0 },
    broadcastAddress: '255.255.255.255',
    dhcp: false,
  };
};

const addressJson = (port: Port): object => ({
  name: port.name,
  description: port.description,
  enabled: true,
  vrf: 'default',
  mtu: port.mtu,
  interfaceStatus: port.isUp ? 'connected' : port.isEnabled ? 'notconnect' : 'disabled',
  lineProtocolStatus: port.isUp ? 'up' : 'down',
  interfaceAddress: primary(port),
});
