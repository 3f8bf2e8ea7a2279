import type { SimulatedDevice } from '../device.ts';
import { type InterfaceLines, interfaceLines, setting, vlanLines } from './lines-interfaces.ts';

/** Show commands that NX-OS answers in tables and rows; undefined for one that it only prints. */
export function nxosJson(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { hex } = device.facts;
  const text = device.running.text;
  switch (command) {
    case 'show version': {
      const seconds = Math.floor((device.time.now() - Date.UTC(2026, 0, 5)) / 1000);
      return {
        nxos_ver_str: '9.3(10)',
        chassis_id: 'Nexus9000 C93180YC-EX chassis',
        host_name: device.host,
        proc_board_id: `FDO${hex(3, 8).toUpperCase()}`,
        kern_uptm_days: Math.floor(seconds / 86_400),
        kern_uptm_hrs: Math.floor(seconds / 3_600) % 24,
        kern_uptm_mins: Math.floor(seconds / 60) % 60,
        kern_uptm_secs: seconds % 60,
      };
    }
    case 'show hostname':
      return { hostname: `${device.host}.lab.example.net` };
    case 'show interface':
      return table('interface', [...interfaceLines(text), ...pluggedPorts(device)].map(interfaceJson));
    case 'show vlan brief': {
      const ports = interfaceLines(text);
      return table(
        'vlanbriefxbrief',
        vlanLines(text).map(({ id, name }) => ({
          'vlanshowbr-vlanid': id,
          'vlanshowbr-vlanid-utf': id,
          'vlanshowbr-vlanname': name,
          'vlanshowplist-ifidx': ports
            .filter((one) => setting(one, 'switchport access vlan') === id)
            .map((one) => one.name)
            .join(','),
        })),
      );
    }
    default:
      return undefined;
  }
}

/** Ports that are plugged in without being configured. */
function pluggedPorts({ facts, running }: SimulatedDevice): readonly InterfaceLines[] {
  const configured = new Set(interfaceLines(running.text).map(({ name }) => name));
  return facts.wires
    .filter(({ port }) => !configured.has(port))
    .map(({ port, peer }) => ({ name: port, lines: [`description to ${peer}`] }));
}

/** One row is an object, several are a list: NX-OS tells them apart so. */
const table = (name: string, rows: readonly Record<string, unknown>[]): Record<string, unknown> => ({
  [`TABLE_${name}`]: { [`ROW_${name}`]: rows.length === 1 ? rows[0] : rows },
});

function interfaceJson(one: InterfaceLines, nth: number): Record<string, unknown> {
  const isDown = one.lines.includes('shutdown');
  return {
    interface: one.name,
    state: isDown ? 'down' : 'up',
    admin_state: isDown ? 'down' : 'up',
    desc: setting(one, 'description') ?? '',
    eth_mtu: setting(one, 'mtu') ?? '1500',
    eth_bw: 10_000_000,
    eth_hw_addr: `00f2.8b${(nth >> 8).toString(16).padStart(2, '0')}.${(nth & 255).toString(16).padStart(4, '0')}`,
    eth_link_flapped: '3week(s) 2day(s)',
  };
}
