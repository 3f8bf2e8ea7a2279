import { readU16 } from './as-path.ts';
import { walkAttributes } from './attribute-spans.ts';
import { familyOf, setMessageNextHop } from './next-hop.ts';
import type { MrtContext, Problem } from './read-context.ts';
import { readNlri } from './read-nlri.ts';

/** Whether prefixes have path identifiers before them: a session agrees on it for each family (RFC 7911). */
export interface PathIds {
  readonly 4: boolean;
  readonly 6: boolean;
}

/**
 * The body of an UPDATE (RFC 4271 section 4.3, RFC 4760): withdrawals before announcements, plain prefixes before
 * those of MP_UNREACH_NLRI and MP_REACH_NLRI.
 */
export function readUpdate(
  context: MrtContext,
  at: number,
  end: number,
  offset: number,
  hasPathId: boolean | PathIds,
): Problem {
  const { route, log, sink } = context;
  const { bytes, attributes } = route;
  if (at + 4 > end) return 'the message ends before its attributes';
  const withdrawnEnd = at + 2 + readU16(bytes, at);
  if (withdrawnEnd + 2 > end) return 'the withdrawn prefixes are longer than the message';
  const attributesAt = withdrawnEnd + 2;
  const attributesEnd = attributesAt + readU16(bytes, withdrawnEnd);
  const isWhole = attributesEnd <= end && walkAttributes(bytes, attributesAt, attributesEnd, attributes);
  const withdraw = (): void => {
    log.withdrawals += 1;
    sink.withdrawal(route);
  };
  const announce = (): void => {
    log.routes += 1;
    sink.route(route);
  };
  let problem: Problem;
  const nlri = (family: 4 | 6, from: number, to: number, take: () => void): void => {
    route.family = family;
    const withPathId = typeof hasPathId === 'boolean' ? hasPathId : hasPathId[family];
    if (!readNlri(route, from, to, withPathId, take)) problem = 'damaged prefixes';
  };
  nlri(4, at + 2, withdrawnEnd, withdraw);
  if (!isWhole) return 'damaged attributes';
  const { mpUnreach, mpUnreachEnd, mpReach, mpReachEnd } = attributes;
  if (mpUnreach >= 0 && mpUnreachEnd - mpUnreach >= 3) {
    const family = familyOf(bytes, mpUnreach);
    if (family === undefined || bytes[mpUnreach + 2]! > 3) log.skip('prefixes of a family that is not read', offset);
    else nlri(family, mpUnreach + 3, mpUnreachEnd, withdraw);
  }
  route.nextHop = attributes.nextHop;
  route.nextHopBytes = attributes.nextHop < 0 ? 0 : 4;
  nlri(4, attributesEnd, end, announce);
  if (mpReach >= 0) {
    const family = mpReachEnd - mpReach < 5 ? undefined : familyOf(bytes, mpReach);
    if (family === undefined || bytes[mpReach + 2]! > 3) log.skip('prefixes of a family that is not read', offset);
    else {
      const from = setMessageNextHop(route);
      if (from < 0) return 'a damaged MP_REACH_NLRI';
      nlri(family, from, mpReachEnd, announce);
    }
  }
  return problem;
}
