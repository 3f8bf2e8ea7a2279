import type { SimulatedDevice } from '../device.ts';
import {
  arpEntries,
  bgpSessions,
  dotted,
  localAsOf,
  macEntries,
  networkOf,
  ntpSources,
  ownRouterId,
  type Port,
  portsOf,
  vlansOf,
} from '../network/index.ts';
import { weekClockOf } from '../personas/answers/answer.ts';

/** One row is an object, several are a list: NX-OS tells them apart so. Without a row there is no table. */
export const table = (name: string, rows: readonly object[]): Record<string, unknown> =>
  rows.length === 0 ? {} : { [`TABLE_${name}`]: { [`ROW_${name}`]: rows.length === 1 ? rows[0] : rows } };

/** What NX-OS tells in tables and rows of its interfaces and of what it learned there. */
export function nxosTables(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  switch (command) {
    case 'show interface':
      return table('interface', portsOf(device).map(interfaceRow));
    case 'show interface counters detailed':
      return table('interface', portsOf(device).map(counterRow));
    case 'show ip interface vrf all':
      return table(
        'intf',
        portsOf(device)
          .filter(({ addresses }) => addresses.length > 0)
          .map(addressRow),
      );
    case 'show ipv6 interface vrf all':
      return {};
    case 'show ip arp vrf all': {
      const learned = arpEntries(device).filter(({ isOwn }) => !isOwn);
      const adjacencies = learned.map(({ ip, mac, port, ageMin }) => ({
        'intf-out': port,
        'ip-addr-out': ip,
        'time-stamp': `00:${String(ageMin).padStart(2, '0')}:07`,
        mac: dotted(mac),
      }));
      return table('vrf', [{ 'vrf-name-out': 'all', 'cnt-total': learned.length, ...table('adj', adjacencies) }]);
    }
    case 'show mac address-table':
      return table(
        'mac_address',
        macEntries(device).map(({ mac, vlan, port }) => ({
          disp_mac_addr: dotted(mac),
          disp_type: '* ',
          disp_vlan: String(vlan),
          disp_is_static: 'disabled',
          disp_age: '0',
          disp_is_secure: 'disabled',
          disp_is_ntfy: 'disabled',
          disp_port: port,
        })),
      );
    case 'show vlan brief':
      return table(
        'vlanbriefxbrief',
        vlansOf(device).map(({ id, name, untagged, tagged }) => ({
          'vlanshowbr-vlanid': id,
          'vlanshowbr-vlanid-utf': String(id),
          'vlanshowbr-vlanname': name || (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`),
          'vlanshowbr-vlanstate': 'active',
          'vlanshowbr-shutstate': 'noshutdown',
          ...(untagged.length + tagged.length > 0 && {
            'vlanshowplist-ifidx': [...untagged, ...tagged].map((port) => port.name).join(','),
          }),
        })),
      );
    case 'show vrf detail':
      return table('vrf', [vrfRow('default', 1), vrfRow('management', 2)]);
    case 'show vrf interface':
      return table(
        'if',
        portsOf(device)
          .filter(({ vlan }) => vlan === undefined)
          .map(({ name }) => ({
            if_name: name,
            vrf_name: name === 'mgmt0' ? 'management' : 'default',
            vrf_id: name === 'mgmt0' ? 2 : 1,
            soo: '--',
          })),
      );
    case 'show ntp peers':
      return table('peers', [
        ...ntpSources(device).map((address) => ({
          PeerIPAddress: address,
          serv_peer: 'Server',
          conf_flag: '(configured)',
        })),
        ...ntpSources(device, 'peer').map((address) => ({
          PeerIPAddress: address,
          serv_peer: 'Peer',
          conf_flag: '(configured)',
        })),
      ]);
    case 'show ntp peer-status':
      return {
        totalpeers: `Total peers : ${ntpSources(device).length}`,
        ...table(
          'peersstatus',
          ntpSources(device).map((remote, nth) => ({
            syncmode: nth === 0 ? '*' : '=',
            remote,
            local: '0.0.0.0',
            st: '3',
            poll: '64',
            reach: '377',
            delay: '0.00104',
            vrf: 'management',
          })),
        ),
      };
    case 'show bgp all summary vrf all':
      return bgpTable(device);
    default:
      return undefined;
  }
}

const reasonOf = ({ isUp, isEnabled }: Port): string =>
  isUp ? 'none' : isEnabled ? 'Link not connected' : 'Administratively down';

function interfaceRow(port: Port): object {
  const { name, description, isEnabled, isUp, mtu, mac, kbits, addresses, traffic, errorsIn } = port;
  const prefix = /^Vlan/.test(name) ? 'svi' : 'eth';
  if (prefix === 'svi') {
    return {
      interface: name,
      svi_admin_state: isEnabled ? 'up' : 'down',
      svi_rsn_desc: reasonOf(port),
      svi_line_proto: isUp ? 'up' : 'down',
      svi_mac: dotted(mac),
      svi_desc: description,
      ...(addresses[0] !== undefined && { svi_ip_addr: addresses[0].ip, svi_ip_mask: addresses[0].length }),
      svi_mtu: mtu,
      svi_bw: kbits,
    };
  }
  return {
    interface: name,
    state: isUp ? 'up' : 'down',
    admin_state: isEnabled ? 'up' : 'down',
    ...(isUp ? {} : { state_rsn_desc: reasonOf(port) }),
    eth_hw_desc: '1000/10000 Ethernet',
    eth_hw_addr: dotted(mac),
    eth_bia_addr: dotted(mac),
    ...(description !== '' && { desc: description }),
    ...(addresses[0] !== undefined && {
      eth_ip_addr: addresses[0].ip,
      eth_ip_mask: addresses[0].length,
      eth_ip_prefix: networkOf(addresses[0]),
    }),
    eth_mtu: String(mtu),
    eth_bw: kbits,
    eth_link_flapped: isUp ? '3week(s) 2day(s)' : 'never',
    ...(name === 'mgmt0'
      ? {
          vdc_lvl_in_pkts: traffic.packetsIn,
          vdc_lvl_in_ucast: traffic.packetsIn,
          vdc_lvl_in_mcast: 0,
          vdc_lvl_in_bcast: 0,
          vdc_lvl_in_bytes: traffic.bytesIn,
          vdc_lvl_out_pkts: traffic.packetsOut,
          vdc_lvl_out_ucast: traffic.packetsOut,
          vdc_lvl_out_mcast: 0,
          vdc_lvl_out_bcast: 0,
          vdc_lvl_out_bytes: traffic.bytesOut,
        }
      : {
          eth_inucast: traffic.packetsIn,
          eth_inbytes: traffic.bytesIn,
          eth_inerr: String(errorsIn),
          eth_indiscard: '0',
          eth_outucast: traffic.packetsOut,
          eth_outbytes: traffic.bytesOut,
          eth_outerr: '0',
          eth_outdiscard: '0',
        }),
  };
}

const counterRow = ({ name, traffic }: Port): object =>
  name === 'mgmt0'
    ? {
        interface: name,
        mgmt_in_bytes: traffic.bytesIn,
        mgmt_in_mcast: 0,
        mgmt_out_bytes: traffic.bytesOut,
        mgmt_out_mcast: 0,
      }
    : {
        interface: name,
        eth_inbytes: traffic.bytesIn,
        eth_inucast: traffic.packetsIn,
        eth_outbytes: traffic.bytesOut,
        eth_outucast: traffic.packetsOut,
      };

function addressRow({ name, addresses, isUp, isEnabled, mtu }: Port, nth: number): object {
  const [first, ...others] = addresses;
  return {
    'vrf-name-out': name === 'mgmt0' ? 'management' : 'default',
    'intf-name': name,
    'proto-state': isUp ? 'up' : 'down',
    'link-state': isUp ? 'up' : 'down',
    'admin-state': isEnabled ? 'up' : 'down',
    iod: String(nth + 2),
    prefix: first!.ip,
    subnet: networkOf(first!),
    masklen: String(first!.length),
    ...table(
      'secondary_address',
      others.map(({ ip, length }) => ({ prefix1: ip, masklen1: String(length) })),
    ),
    mtu: String(mtu),
  };
}

const vrfRow = (name: string, id: number): object => ({
  vrf_name: name,
  vrf_id: id,
  vrf_state: 'Up',
  vpnid: 'unknown',
  rd: '0:0',
});

function bgpTable(device: SimulatedDevice): Record<string, unknown> {
  const neighbors = bgpSessions(device).map(({ address, asn, messages, isUp, isShut, uptimeS, prefixes }) => ({
    neighborid: address,
    neighborversion: '4',
    msgrecvd: messages,
    msgsent: messages + 2,
    neighbortableversion: '41',
    inq: '0',
    outq: '0',
    neighboras: String(asn),
    time: weekClockOf(uptimeS),
    state: isUp ? 'Established' : isShut ? 'Shut (Admin)' : 'Idle',
    prefixreceived: String(prefixes),
  }));
  const family = {
    'af-id': 1,
    safi: 1,
    'af-name': 'IPv4 Unicast',
    tableversion: '41',
    configuredpeers: String(neighbors.length),
    capablepeers: String(neighbors.length),
    ...table('neighbor', neighbors),
  };
  return table('vrf', [
    {
      'vrf-name-out': 'default',
      'vrf-router-id': ownRouterId(device),
      'vrf-local-as': String(localAsOf(device)),
      ...table('af', [{ 'af-id': 1, ...table('saf', [family]) }]),
    },
  ]);
}
