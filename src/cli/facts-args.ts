import { NetwrightError } from '#core';
import { type ArgsOf, type GetterName, getters } from '#facts';

/** A type, not an interface: only then commander takes it for a record of options. */
export type GetterFlags = {
  readonly interface?: string | undefined;
  readonly neighbor?: string | undefined;
  readonly group?: string | undefined;
  readonly vrf?: string | undefined;
  readonly name?: string | undefined;
  readonly destination?: string | undefined;
  readonly protocol?: string | undefined;
  readonly longer?: true | undefined;
  readonly retrieve?: 'all' | 'running' | 'candidate' | 'startup' | undefined;
  readonly full?: true | undefined;
  readonly sanitized?: true | undefined;
};

const flagNames = [
  'interface',
  'neighbor',
  'group',
  'vrf',
  'name',
  'destination',
  'protocol',
  'longer',
  'retrieve',
  'full',
  'sanitized',
] as const satisfies readonly (keyof GetterFlags)[];

/**
 * The arguments of a getter from the flags.
 * @throws NetwrightError `NW_USAGE` for a flag that the getter does nothing with.
 */
export function argsOf<G extends GetterName>(getter: G, flags: GetterFlags): Partial<ArgsOf<G>> {
  const known = Object.keys(getters[getter].args.properties);
  const args: Record<string, unknown> = {};
  for (const flag of flagNames) {
    const value = flags[flag];
    if (value === undefined) continue;
    const name = known.find((one) => one === flag || one === `${flag}_address`);
    if (name === undefined) {
      throw new NetwrightError('NW_USAGE', `--${flag}: ${getter.slice(4)} takes no such argument`, {
        hint:
          known.length === 0
            ? 'it takes none'
            : `it takes ${known.map((one) => `--${one.replace('_address', '')}`).join(', ')}`,
      });
    }
    args[name] = value;
  }
  if (getter === 'get_route_to' && args['destination'] === undefined) {
    throw new NetwrightError('NW_USAGE', 'route_to: expected --destination', {
      hint: 'netwright facts route_to --destination 10.0.0.0/8',
    });
  }
  return args as Partial<ArgsOf<G>>;
}
