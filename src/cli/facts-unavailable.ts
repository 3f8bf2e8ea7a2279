import { type FailedOutcome, withoutDevice } from './failures.ts';
import type { Screen } from './screen.ts';
import { counted } from './table.ts';

const mostNames = 6;

/** What a platform does not have is nothing that went wrong: the device was not even asked. */
export const isUnavailable = ({ error }: FailedOutcome): boolean => error.code === 'NW_NOT_SUPPORTED';

/** Says on stderr which devices cannot be asked, and why: platforms without a driver share one line. */
export function reportUnavailable(screen: Screen, outcomes: readonly FailedOutcome[]): void {
  if (outcomes.length === 0) return;
  const { yellow } = screen.errorColors;
  const say = (text: string): void => screen.note(`  ${yellow('not available')} ${text}`);
  const driverless = outcomes.filter(({ error }) => Array.isArray(error.details['drivers']));
  const [first] = driverless;
  if (first !== undefined) {
    const platforms = [...new Set(driverless.map(({ error }) => String(error.details['platform'])))].sort();
    const drivers = (first.error.details['drivers'] as readonly string[]).join(', ');
    const subject = platforms.length === 1 ? platforms[0]! : platforms.join(', ');
    say(`on ${counted(driverless.length, 'device')}: no facts driver for ${subject}; drivers: ${drivers}`);
  }
  const others = outcomes.filter((outcome) => !driverless.includes(outcome));
  for (const [message, alike] of Map.groupBy(others, ({ device, error }) => withoutDevice(device, error.message))) {
    const names = alike.slice(0, mostNames).map(({ device }) => device);
    const more = alike.length > mostNames ? `, and ${alike.length - mostNames} more` : '';
    say(`on ${names.join(', ')}${more}: ${message}`);
  }
}
