import { readU16 } from './as-path.ts';
import type { MrtContext, Problem, RecordBody } from './read-context.ts';
import { readUpdate } from './read-update.ts';

/** Type 5, BGP, of the first collectors (RFC 6396 appendix B.2): messages without their header, IPv4 only. */
export function readOldBgp(context: MrtContext, { bytes, at, end, offset, subtype }: RecordBody): Problem {
  const { route, log, sink, peers } = context;
  if (subtype !== 1 && subtype !== 3) {
    log.skip(`BGP subtype ${subtype}`, offset);
    return undefined;
  }
  if (at + 10 > end) return 'the record ends inside its header';
  route.bytes = bytes;
  route.label = 'BGP';
  route.microseconds = -1;
  route.asnBytes = 2;
  route.peer = peers.indexOf(readU16(bytes, at), bytes, at + 2, 4);
  if (subtype === 3) {
    route.oldState = readU16(bytes, at + 6);
    route.newState = readU16(bytes, at + 8);
    log.stateChanges += 1;
    sink.stateChange(route);
    return undefined;
  }
  return readUpdate(context, at + 12, end, offset, false);
}
