import type { ReadFacts } from '../../define-facts.ts';
import type { InterfaceCounters } from '../../model/interfaces.ts';
import { asInteger, asText } from '../../values/json.ts';
import { rowsOf } from './nx-json.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Octets and packets of `show interface counters detailed`, errors and discards of `show interface`. NX-OS leaves out
 * counters that are zero. The management port counts no unicast there, and no errors anywhere. VLAN interfaces count
 * routed packets only and are left out.
 */
export const getInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) => {
  const [interfaces, counters] = await Promise.all([
    ask.json('show interface'),
    ask.json('show interface counters detailed'),
  ]);
  const detailed = new Map(rowsOf(counters, 'interface').map((row) => [asText(row['interface']), row]));
  return Object.fromEntries(
    rowsOf(interfaces, 'interface')
      .filter((row) => row['svi_line_proto'] === undefined && row['svi_admin_state'] === undefined)
      .map((row) => {
        const name = asText(row['interface']);
        const details = detailed.get(name) ?? {};
        return [
          name,
          row['vdc_lvl_in_pkts'] === undefined ? portCounters(row, details) : managementCounters(row, details),
        ];
      }),
  );
};

const portCounters = (row: Row, details: Row): InterfaceCounters => ({
  tx_errors: asInteger(row['eth_outerr'], 0),
  rx_errors: asInteger(row['eth_inerr'], 0),
  tx_discards: asInteger(row['eth_outdiscard'], 0),
  rx_discards: asInteger(row['eth_indiscard'], 0),
  tx_octets: asInteger(details['eth_outbytes'], 0),
  rx_octets: asInteger(details['eth_inbytes'], 0),
  tx_unicast_packets: asInteger(details['eth_outucast'], 0),
  rx_unicast_packets: asInteger(details['eth_inucast'], 0),
  tx_multicast_packets: asInteger(details['eth_outmcast'], 0),
  rx_multicast_packets: asInteger(details['eth_inmcast'], 0),
  tx_broadcast_packets: asInteger(details['eth_outbcast'], 0),
  rx_broadcast_packets: asInteger(details['eth_inbcast'], 0),
});

const managementCounters = (row: Row, details: Row): InterfaceCounters => ({
  tx_errors: 0,
  rx_errors: 0,
  tx_discards: 0,
  rx_discards: 0,
  tx_octets: asInteger(details['mgmt_out_bytes'] ?? row['vdc_lvl_out_bytes']),
  rx_octets: asInteger(details['mgmt_in_bytes'] ?? row['vdc_lvl_in_bytes']),
  tx_unicast_packets: asInteger(row['vdc_lvl_out_ucast']),
  rx_unicast_packets: asInteger(row['vdc_lvl_in_ucast']),
  tx_multicast_packets: asInteger(details['mgmt_out_mcast'] ?? row['vdc_lvl_out_mcast']),
  rx_multicast_packets: asInteger(details['mgmt_in_mcast'] ?? row['vdc_lvl_in_mcast']),
  tx_broadcast_packets: asInteger(row['vdc_lvl_out_bcast']),
  rx_broadcast_packets: asInteger(row['vdc_lvl_in_bcast']),
});
