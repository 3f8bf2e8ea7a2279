import type { Ask } from '../../ask.ts';
import type { Route } from '../../model/routes.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asnOf } from '../reading/as-number.ts';
import { blocksIn, lineIn } from '../reading/blocks.ts';

export interface BgpPath {
  readonly nextHop: string;
  readonly attributes: Route['protocol_attributes'];
}

/** The paths that BGP has to one prefix, of VRP and of Comware alike; none where it does not tell them. */
export async function pathsIn(ask: Ask, command: string): Promise<readonly BgpPath[]> {
  const output = (await ask.text(command, { optional: true })) ?? '';
  const localAs = asnOf(/^ *Local AS number *: *(\S{1,20})/m.exec(output)?.[1]);
  const paths = blocksIn(ask, command, output, /^ *From *: *([0-9A-Fa-f:.]{2,45})/, /./);
  ask.understood(command);
  return paths.map((path) => {
    const asPath = /^(?:nil|\(null\))$/i.test(lineIn(path, /^AS-path *:? *([\d. (){}a-z]{1,400})/i)?.trim() ?? 'nil')
      ? ''
      : lineIn(path, /^AS-path *:? *([\d. (){}]{1,400})/i)!.trim();
    return {
      nextHop: ipOrText(lineIn(path, /^Original nexthop *: *([0-9A-Fa-f:.]{2,45})/i) ?? ''),
      attributes: {
        as_path: asPath,
        remote_as: asnOf(/^[\d.]+/.exec(asPath)?.[0]),
        local_as: localAs,
        remote_address: ipOrText(path.name),
        local_preference: Number(lineIn(path, /\blocalpref (\d{1,10})/) ?? -1),
        communities: communitiesIn(lineIn(path, /^Community *: *(\S.{0,1000})/i) ?? ''),
        preference2: Number(lineIn(path, /\bpref-val (\d{1,10})/) ?? -1),
        metric: Number(lineIn(path, /\bMED (\d{1,10})/) ?? -1),
      },
    };
  });
}

/** `<100:1>, no-export`. */
const communitiesIn = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((one) => one.replaceAll(/[<>]/g, ''))
    .filter(Boolean);
