import { didYouMean, NetwrightError } from '#core';
import type { Persona } from '../persona.ts';
import { arista_eos } from './arista_eos.ts';
import { aruba_aoscx } from './aruba_aoscx.ts';
import { brocade_fastiron } from './brocade_fastiron.ts';
import { cisco_asa } from './cisco_asa.ts';
import { cisco_ios } from './cisco_ios.ts';
import { cisco_nxos } from './cisco_nxos.ts';
import { cisco_xe } from './cisco_xe.ts';
import { cisco_xr } from './cisco_xr.ts';
import { dell_os10 } from './dell_os10.ts';
import { extreme_exos } from './extreme_exos.ts';
import { fortinet } from './fortinet.ts';
import { frr } from './frr.ts';
import { hp_comware } from './hp_comware.ts';
import { hp_procurve } from './hp_procurve.ts';
import { huawei_vrp } from './huawei_vrp.ts';
import { huawei_vrpv8 } from './huawei_vrpv8.ts';
import { juniper_junos } from './juniper_junos.ts';
import { linux } from './linux.ts';
import { mikrotik_routeros } from './mikrotik_routeros.ts';
import { nokia_sros } from './nokia_sros.ts';
import { nokia_sros_md } from './nokia_sros_md.ts';
import { paloalto_panos } from './paloalto_panos.ts';
import { vyos } from './vyos.ts';

/** In the order in which a lab draws them, so that a small lab is a mixed one. */
export const personas: readonly Persona[] = [
  cisco_ios,
  juniper_junos,
  arista_eos,
  hp_comware,
  fortinet,
  mikrotik_routeros,
  nokia_sros,
  aruba_aoscx,
  huawei_vrp,
  extreme_exos,
  paloalto_panos,
  brocade_fastiron,
  cisco_xr,
  hp_procurve,
  vyos,
  cisco_nxos,
  dell_os10,
  cisco_asa,
  frr,
  cisco_xe,
  linux,
  huawei_vrpv8,
];

/** Played only when asked for by name. */
const variants: readonly Persona[] = [nokia_sros_md];

const byId = new Map([...personas, ...variants].map((persona) => [persona.id, persona]));

export const isPersona = (id: string): boolean => byId.has(id);

/** @throws NetwrightError `NW_LAB_FAILED` with a suggestion when the lab cannot play such a platform. */
export function findPersona(id: string): Persona {
  const persona = byId.get(id);
  if (persona !== undefined) return persona;
  const suggestion = didYouMean(id, [...byId.keys()]);
  throw new NetwrightError(
    'NW_LAB_FAILED',
    `the lab cannot play "${id}".${suggestion} It plays: ${[...byId.keys()].join(', ')}`,
  );
}

/** Platform ids that the lab can play. */
export const labPlatforms: readonly string[] = personas.map((persona) => persona.id);

/** Vendor of each of them. */
export const labVendors: Readonly<Record<string, string>> = Object.fromEntries(
  personas.map(({ id, vendor }) => [id, vendor]),
);
