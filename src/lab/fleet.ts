import { NetwrightError } from '#core';
import { cableUp, type Wire } from './cabling.ts';
import { mix } from './facts.ts';
import { type FaultKind, faultKinds, type LabOptions } from './lab.ts';
import { netconfModelOf } from './netconf/models.ts';
import type { Persona } from './persona.ts';
import { findPersona, personas } from './personas/index.ts';

/** One device of the lab as it is planned: every process works the same plan out of the same options. */
export interface DeviceSpec {
  readonly index: number;
  readonly name: string;
  readonly platform: string;
  /** Who plays it. */
  readonly persona: string;
  readonly vendor: string;
  readonly transport: 'ssh' | 'telnet';
  readonly site: string;
  readonly role: string;
  readonly user: string;
  readonly password: string;
  readonly enable: string;
  readonly needsEnable: boolean;
  readonly fault?: FaultKind;
  readonly seed: number;
  /** What its ports are plugged into. */
  readonly wires?: readonly Wire[];
}

const sites = [
  'cairo',
  'giza',
  'alexandria',
  'aswan',
  'luxor',
  'suez',
  'tanta',
  'mansoura',
  'port-said',
  'ismailia',
  'hurghada',
  'asyut',
  'fayoum',
  'minya',
  'damietta',
  'sohag',
  'qena',
  'zagazig',
  'benha',
  'marsa-alam',
] as const;

const routerRoles = ['edge', 'core', 'pe'] as const;
const switchRoles = ['access', 'distribution', 'access', 'datacenter'] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** Role and name: `cairo-edge-r1`, `giza-sw-07`, `aswan-fw-01`, `luxor-srv-02`. */
function placement(
  persona: Persona,
  index: number,
  seed: number,
  counts: Map<string, number>,
): Pick<DeviceSpec, 'name' | 'site' | 'role'> {
  const site = sites[mix(seed, index) % Math.min(sites.length, 4 + Math.floor(index / 12))]!;
  const roles = persona.kind === 'router' ? routerRoles : persona.kind === 'switch' ? switchRoles : [persona.kind];
  const role = roles[mix(seed, index + 31) % roles.length]!;
  const stem =
    persona.kind === 'router'
      ? `${site}-${role}-r`
      : `${site}-${{ switch: 'sw', firewall: 'fw', server: 'srv' }[persona.kind]}-`;
  const nth = (counts.get(stem) ?? 0) + 1;
  counts.set(stem, nth);
  return { name: `${stem}${persona.kind === 'router' ? nth : two(nth)}`, site, role };
}

/** The devices that carry each fault: `share` of all, rounded, spread evenly and never two faults on one. */
function spreadFaults(options: LabOptions, count: number, seed: number): Map<number, FaultKind> {
  const order = Array.from({ length: count }, (_, index) => index).sort(
    (one, other) => mix(seed ^ 0xfa17, one) - mix(seed ^ 0xfa17, other),
  );
  const faults = new Map<number, FaultKind>();
  let next = 0;
  for (const kind of faultKinds) {
    const share = options.faults?.[kind] ?? 0;
    if (!(share >= 0 && share <= 1))
      throw new NetwrightError('NW_LAB_FAILED', `faults.${kind}: expected a share from 0 to 1, got ${share}`);
    const many = share === 0 ? 0 : Math.max(1, Math.round(share * count));
    for (let taken = 0; taken < many && next < count; taken += 1, next += 1) faults.set(order[next]!, kind);
  }
  for (const kind of Object.keys(options.faults ?? {})) {
    if (!(faultKinds as readonly string[]).includes(kind)) {
      throw new NetwrightError('NW_LAB_FAILED', `no fault is called "${kind}"; there are: ${faultKinds.join(', ')}`);
    }
  }
  const total = Object.values(options.faults ?? {}).reduce((sum, share) => sum + share, 0);
  // A little more comes of shares that have no exact sum.
  if (total > 1.000_001) {
    const message = `the faults fall on ${Math.round(total * 100)} % of the devices, and none can have two`;
    throw new NetwrightError('NW_LAB_FAILED', message, {
      hint: 'give shares that add up to 1 at most: cut=0.5,mute=0.5',
    });
  }
  return faults;
}

/** Plans the lab: the same options and seed give the same devices. */
export function planFleet(options: LabOptions): DeviceSpec[] {
  const { devices: count = 24, seed = 1, telnetShare = 0.2 } = options;
  if (!Number.isInteger(count) || count < 0)
    throw new NetwrightError('NW_LAB_FAILED', `devices: expected a whole number, got ${count}`);
  const drawn =
    options.platforms === undefined || options.platforms.length === 0 ? personas : options.platforms.map(findPersona);
  const faults = spreadFaults(options, count, seed);
  const counts = new Map<string, number>();
  const password = `Nile${mix(seed, 1).toString(36)}`;
  const enable = `Delta${mix(seed, 2).toString(36)}`;
  const fleet = Array.from({ length: count }, (_, index): DeviceSpec => {
    const persona = drawn[index % drawn.length]!;
    const fault = faults.get(index);
    // Only SSH has host keys, and NETCONF beside the command line.
    const needsSsh =
      fault === 'changed-key' ||
      (options.apis === true && netconfModelOf(persona.platform ?? persona.id) !== undefined);
    const mayTelnet = persona.telnet !== undefined && !needsSsh;
    return {
      index,
      ...placement(persona, index, seed, counts),
      platform: persona.platform ?? persona.id,
      persona: persona.id,
      vendor: persona.vendor,
      transport: mayTelnet && (mix(seed ^ 0x7e1, index) % 10_000) / 10_000 < telnetShare ? 'telnet' : 'ssh',
      user: 'netwright',
      password,
      enable,
      needsEnable: persona.needsEnable === true,
      ...(fault === undefined ? {} : { fault }),
      seed: mix(seed, index + 1_000_003),
    };
  });
  const wires = cableUp(fleet);
  return fleet.map((spec) => ({ ...spec, wires: wires.get(spec.name) ?? [] }));
}
