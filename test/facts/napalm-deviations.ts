/**
 * Where NAPALM is plainly wrong, or says less than the device: the case, the reason, and how its expectation reads once
 * that is mended. Everything else of the case must still be equal.
 */
export interface Deviation {
  readonly reason: string;
  /** The expectation, mended with what we found. */
  readonly mend: (theirs: unknown, ours: unknown) => unknown;
}

/** A text with the lines that hold one of our marks taken from ours: it hides more. */
function withOurMarks(theirs: unknown, ours: unknown): unknown {
  if (typeof theirs === 'string' && typeof ours === 'string') {
    const lines = ours.split('\n');
    return theirs
      .split('\n')
      .map((line, at) => (lines[at]?.includes('<removed>') && alike(line, lines[at]) ? lines[at] : line))
      .join('\n');
  }
  if (theirs === null || typeof theirs !== 'object') return theirs;
  return Object.fromEntries(
    Object.entries(theirs).map(([key, one]) => [key, withOurMarks(one, (ours as Record<string, unknown>)[key])]),
  );
}

/** The same up to the mark. */
const alike = (theirs: string, ours: string): boolean => {
  const [before = ''] = ours.split('<removed>', 1);
  return before.length > 3 && theirs.startsWith(before);
};

type Rows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Each row with these fields as we found them. */
const withOur =
  (...fields: readonly string[]) =>
  (theirs: unknown, ours: unknown): unknown =>
    Object.fromEntries(
      Object.entries(theirs as Rows).map(([key, row]) => [
        key,
        { ...row, ...Object.fromEntries(fields.map((field) => [field, (ours as Rows)[key]?.[field]])) },
      ]),
    );

type Routes = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const distance: Deviation = {
  reason: 'preference is the administrative distance, as on the other systems: the device prints it, NAPALM gives 0',
  mend: (theirs, ours) =>
    Object.fromEntries(
      Object.entries(theirs as Routes).map(([prefix, routes]) => [
        prefix,
        routes.map((route) => ({
          ...route,
          preference: (ours as Routes)[prefix]?.find(({ next_hop }) => next_hop === route['next_hop'])?.['preference'],
        })),
      ]),
    ),
};

const sanitized: Deviation = {
  reason: 'NAPALM leaves passwords and keys in a sanitised configuration that our rules take out',
  mend: withOurMarks,
};

const policies: Deviation = {
  reason: 'the recording has policies and options of each peer, in a namespace that NAPALM does not look into',
  mend: (theirs, ours) => mendEach(theirs, ours, optionsOfPeers),
};

const optionsOfPeers = [
  'configured_holdtime',
  'export_policy',
  'import_policy',
  'local_address_configured',
  'multipath',
  'remove_private_as',
];

/** The expectation with some fields of its objects, at any depth, as ours has them. */
function mendEach(theirs: unknown, ours: unknown, fields: readonly string[]): unknown {
  if (theirs === null || typeof theirs !== 'object') return theirs;
  const of = (key: string): unknown => (ours as Record<string, unknown> | undefined)?.[key];
  if (Array.isArray(theirs)) return theirs.map((one, at) => mendEach(one, of(String(at)), fields));
  return Object.fromEntries(
    Object.entries(theirs).map(([key, one]) => [key, fields.includes(key) ? of(key) : mendEach(one, of(key), fields)]),
  );
}

/** NAPALM takes the words of the comment "!Startup config saved at: …" and leaves its mark. */
const withoutMark = (theirs: unknown): unknown =>
  typeof theirs === 'string'
    ? theirs.replace(/^!\n(?=version )/, '')
    : Object.fromEntries(Object.entries(theirs as object).map(([key, text]) => [key, withoutMark(text)]));

const nxosSanitized: Deviation = {
  reason: `${sanitized.reason}; it also takes roles and groups out, and writes an engine id twice`,
  mend: (theirs, ours) => withOurMarks(withoutMark(theirs), ours),
};

const nxosPeers: Deviation = {
  reason: 'NX-OS tells since when a peer is up, which NAPALM passes over; the address of a peer is not its router id',
  mend: (theirs, ours) =>
    Object.fromEntries(
      Object.entries(theirs as Record<string, { peers: Rows }>).map(([vrf, instance]) => [
        vrf,
        {
          ...instance,
          peers: withOur('uptime', 'remote_id')(instance.peers, (ours as Record<string, { peers: Rows }>)[vrf]?.peers),
        },
      ]),
    ),
};

export const deviations: Readonly<Record<string, Deviation>> = {
  'nxos get_bgp_neighbors': nxosPeers,
  'nxos get_mac_address_table': {
    reason: 'the device does not tell moves: unknown is -1, as on the other systems, and not 0',
    mend: (theirs) => (theirs as object[]).map((entry) => ({ ...entry, moves: -1, last_move: -1 })),
  },
  'nxos_ssh get_config': { reason: 'a comment is taken out whole, without leaving its "!"', mend: withoutMark },
  'nxos_ssh get_config_sanitized': nxosSanitized,
  'nxos_ssh get_config_sanitized_filtered': nxosSanitized,
  'nxos_ssh get_interfaces': {
    reason:
      'the device tells when a link flapped last, as NAPALM reads it on NX-API; and the address of a VLAN interface',
    mend: withOur('last_flapped', 'mac_address'),
  },
  'nxos_ssh get_interfaces_counters': {
    reason: 'the management port has counters of unicast and broadcast in show interface; NAPALM gives 0',
    mend: (theirs, ours) => ({ ...(theirs as object), mgmt0: (ours as { mgmt0: unknown }).mgmt0 }),
  },
  'nxos_ssh get_ntp_peers': { reason: 'every line says Server: there is no peer', mend: () => ({}) },
  'nxos_ssh get_route_to': distance,
  'eos get_facts': {
    reason: 'the expectation has no uptime, but the word "...": the device tells when it was started',
    mend: (theirs, ours) => ({ ...(theirs as object), uptime: (ours as { uptime: number }).uptime }),
  },
  'junos get_bgp_neighbors_detail': policies,
  'iosxr_netconf get_bgp_neighbors_detail': {
    reason: 'the recording counts messages and updates, by a name that NAPALM misspells or does not look for',
    mend: (theirs, ours) => mendEach(theirs, ours, ['input_messages', 'input_updates', 'output_updates']),
  },
  'iosxr_netconf get_config_sanitized': {
    reason: 'NAPALM takes the kind of a secret away with it',
    mend: (theirs) => ({
      ...(theirs as { running: string }),
      running: (theirs as { running: string }).running.replaceAll('secret <removed>', 'secret 5 <removed>'),
    }),
  },
  'iosxr_netconf get_probes_results': {
    reason: 'the target of a probe stands in its configuration, where NAPALM takes the source from',
    mend: (theirs, ours) => mendEach(theirs, ours, ['target']),
  },
  'unit get_bgp_neighbors': {
    reason: 'what a session sends stands with bgp.evpn.0: NAPALM takes the table of the instance, which sends nothing',
    mend: (theirs, ours) => mendEach(theirs, ours, ['evpn']),
  },
  'junos get_interfaces': {
    reason: 'an interface without a MAC address has none, where NAPALM writes the word "None"',
    mend: (theirs) =>
      Object.fromEntries(
        Object.entries(theirs as Record<string, { mac_address: string }>).map(([name, one]) => [
          name,
          { ...one, mac_address: one.mac_address === 'None' ? '' : one.mac_address },
        ]),
      ),
  },
  'junos get_ntp_stats': {
    reason: 'NAPALM passes over the first association, and over those whose address the table cuts short',
    mend: (theirs, ours) => {
      const known = new Set((theirs as { remote: string }[]).map(({ remote }) => remote));
      return [...(theirs as unknown[]), ...(ours as { remote: string }[]).filter(({ remote }) => !known.has(remote))];
    },
  },
  'ios get_route_to': distance,
  'ios get_config_sanitized': sanitized,
  'ios get_config_sanitized_filtered': sanitized,
};
