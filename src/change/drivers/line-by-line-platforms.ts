import { platformsWithDialect } from './dialects.ts';
import { lineByLine } from './line-by-line.ts';

/** What has a driver of its own, because its system can do more. */
const withOwnDriver = new Set([
  'arista_eos',
  'aruba_aoscx',
  'cisco_ios',
  'cisco_nxos',
  'cisco_xe',
  'cisco_xr',
  'hp_comware',
  'huawei_vrpv8',
  'juniper_junos',
  'nokia_sros',
  'paloalto_panos',
  'ubiquiti_edgerouter',
  'vyos',
]);

/** Every other platform whose configuration we read as a tree. */
export const lineByLineDriver = lineByLine(
  'line by line',
  platformsWithDialect.filter((platform) => !withOwnDriver.has(platform)),
);
