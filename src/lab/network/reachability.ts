import type { SimulatedDevice } from '../device.ts';
import { addressIn } from './addresses.ts';
import { arpEntries } from './neighbor-tables.ts';
import { routesOf, routesTo } from './routes.ts';

/** Whether echo requests to an address come back: its own, a neighbour's, one behind a neighbour that is up. */
export function reaches(device: SimulatedDevice, target: string): boolean {
  const asked = addressIn(target);
  if (asked === undefined) return false;
  const known = arpEntries(device);
  if (known.some(({ ip }) => ip === asked.ip)) return true;
  return routesTo(routesOf(device), asked).some(
    ({ session, nextHop }) => session?.isUp === true || known.some(({ ip, isOwn }) => ip === nextHop && !isOwn),
  );
}
