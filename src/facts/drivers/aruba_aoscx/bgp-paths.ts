import type { Ask } from '../../ask.ts';
import type { Route } from '../../model/routes.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asnOf } from '../reading/as-number.ts';
import { blocksIn } from '../reading/blocks.ts';
import { pairsIn } from '../reading/pairs.ts';

export interface Path {
  readonly nextHop: string;
  readonly attributes: Route['protocol_attributes'];
}

/** The paths that BGP has to one prefix; none where it does not tell them. */
export async function pathsOf(ask: Ask, vrf: string, prefix: string): Promise<readonly Path[]> {
  const family = prefix.includes(':') ? 'ipv6' : 'ipv4';
  const command = `show bgp ${vrf === 'default' ? '' : `vrf ${vrf} `}${family} unicast ${prefix}`;
  const output = (await ask.text(command, { optional: true })) ?? '';
  const paths = blocksIn(ask, command, output, /^ *Network *: *(\S{2,60})/, /./);
  ask.understood(command);
  const localAs = asnOf(/^ *(?:BGP )?Local AS *:? *(\d[\d.]{0,15})/m.exec(output)?.[1]);
  return paths.map(({ head, lines }) => {
    const fields = pairsIn([head.input, ...lines]);
    const field = (name: string): string => fields.get(name) ?? '';
    const asPath = /^[\d. (){}]+/.exec(field('aspath'))?.[0]?.trim() ?? '';
    return {
      nextHop: ipOrText(field('nexthop')),
      attributes: {
        as_path: asPath,
        remote_as: asnOf(/^[\d.]+/.exec(asPath)?.[0]),
        local_as: localAs,
        remote_address: ipOrText(field('peer').split(' ')[0] ?? ''),
        local_preference: wholeOf(field('localpref')),
        communities: field('communities')
          .split(/[\s,]+/)
          .filter(Boolean),
        preference2: wholeOf(field('weight')),
        metric: wholeOf(field('metric')),
      },
    };
  });
}

const wholeOf = (text: string): number => Number(/^\d{1,10}$/.exec(text)?.[0] ?? -1);
