import type { SimulatedDevice } from '../device.ts';
import { nxosTables, table } from './nxos-tables.ts';

/** Show commands that NX-OS answers in tables and rows; undefined for one that it only prints. */
export function nxosJson(device: SimulatedDevice, command: string): Record<string, unknown> | undefined {
  const { hex, number } = device.facts;
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
    case 'show inventory':
      return table('inv', [
        {
          name: 'Chassis',
          desc: 'Nexus9000 C93180YC-EX chassis',
          productid: 'N9K-C93180YC-EX',
          vendorid: 'V03',
          serialnum: `FDO${hex(3, 8).toUpperCase()}`,
        },
      ]);
    case 'show environment':
      return {
        fandetails: {
          fan_filter_status: 'NotSupported',
          ...table(
            'faninfo',
            [1, 2, 3, 4].map((fan) => ({
              fanname: `Fan${fan}(sys_fan${fan})`,
              fanmodel: 'NXA-FAN-30CFM-B',
              fanhwver: '--',
              fandir: 'back-to-front',
              fanstatus: 'Ok',
            })),
          ),
        },
        ...table(
          'tempinfo',
          ['FRONT', 'BACK', 'CPU'].map((sensor, nth) => ({
            tempmod: '1',
            sensor: sensor.padEnd(10),
            majthres: '80',
            minthres: '70',
            curtemp: String(28 + number(nth + 9_700, 12)),
            alarmstatus: 'Ok',
          })),
        ),
        powersup: {
          voltage_level: '12',
          ...table(
            'psinfo',
            [1, 2].map((supply) => ({
              psnum: String(supply),
              psmodel: 'NXA-PAC-650W-PI',
              actual_out: `${90 + number(supply + 9_750, 20)} W`,
              actual_input: '101 W',
              tot_capa: '650 W',
              ps_status: 'Ok',
            })),
          ),
        },
      };
    case 'show processes cpu':
      return { user_percent: '3.00', kernel_percent: '2.00', idle_percent: '95.00' };
    case 'show processes memory shared':
      return table('process_tag', [
        { 'process-memory-share-total-shm-avail': '5120000', 'process-memory-share-total-shm-used': '1720000' },
      ]);
    default:
      return nxosTables(device, command);
  }
}
