import type { Session } from '#device';
import { type Dialect, type DialectName, dialectOf } from '#parse';
import { notSupported } from './refuse.ts';

/** The notation in which each platform writes its configuration, and in which lines for it are computed. */
const dialects: Readonly<Record<string, DialectName>> = {
  arista_eos: 'eos',
  aruba_aoscx: 'aoscx',
  brocade_fastiron: 'fastiron',
  brocade_netiron: 'fastiron',
  brocade_nos: 'ios',
  cisco_asa: 'asa',
  cisco_ios: 'ios',
  cisco_nxos: 'nxos',
  cisco_s300: 'ios',
  cisco_xe: 'ios',
  cisco_xr: 'iosxr',
  dell_force10: 'ios',
  dell_os10: 'ios',
  dell_powerconnect: 'ios',
  extreme_exos: 'exos',
  fortinet: 'fortios',
  frr: 'frr',
  hp_comware: 'comware',
  hp_procurve: 'procurve',
  huawei_vrp: 'vrp',
  huawei_vrpv8: 'vrp',
  juniper_junos: 'junos',
  mikrotik_routeros: 'routeros',
  nokia_sros: 'sros',
  paloalto_panos: 'panos',
  ubiquiti_edgerouter: 'vyos',
  vyos: 'vyos',
};

/** @throws NetwrightError `NW_NOT_SUPPORTED` for a platform whose notation is not read */
export function dialectFor(session: Session): Dialect {
  const name = dialects[session.platform.id];
  if (name !== undefined) return dialectOf(name);
  throw notSupported(
    session,
    'no lines can be computed for it: its configuration is not read as a tree',
    `type them yourself: netwright run -s ${session.device} "<command>", or netwright shell ${session.device}`,
  );
}

/** Platforms with a notation of their own, whose lines can be computed. */
export const platformsWithDialect: readonly string[] = Object.keys(dialects);
