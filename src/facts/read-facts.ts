import { NetwrightError } from '#core';
import type { FactWarning } from './ask.ts';
import { checkArgs, checkFacts } from './check-facts.ts';
import type { ReadFacts } from './define-facts.ts';
import { driverOf, driverPlatforms } from './drivers/index.ts';
import { type ArgsOf, type FactsOf, type GetterName, shortName } from './getters.ts';
import { type AskedCommand, RecordingAsk } from './recording-ask.ts';
import type { FactSource } from './sources/source.ts';

/** What a getter found, what it did not understand, and what it asked. */
export interface Answer<T> {
  readonly value: T;
  readonly warnings: readonly FactWarning[];
  /** Why the value is empty although nothing went wrong: `LLDP is not enabled`. */
  readonly notes: readonly string[];
  readonly sources: readonly AskedCommand[];
}

/**
 * Asks one getter of one device. The value has the getter's shape, secrets included: see `hideSecrets`.
 * @throws NetwrightError `NW_NOT_SUPPORTED` where the platform has no such getter, `NW_USAGE` for wrong arguments,
 * `NW_FACTS_INVALID` for a value that does not fit its schema, and whatever asking throws.
 */
export async function readFacts<G extends GetterName>(
  getter: G,
  source: FactSource,
  args?: Partial<ArgsOf<G>>,
): Promise<Answer<FactsOf<G>>> {
  const complete = checkArgs(getter, args);
  const read = await checkSupport(getter, source.device, source.platform.id);
  const ask = new RecordingAsk(source);
  const value = checkFacts(getter, source.device, await read(ask, complete));
  ask.finish(saysNothing(value));
  const { warnings, notes, sources } = ask;
  return { value, warnings, notes, sources };
}

/**
 * How the platform answers a getter.
 * @throws NetwrightError `NW_NOT_SUPPORTED` where it does not
 */
export async function checkSupport<G extends GetterName>(
  getter: G,
  device: string,
  platform: string,
): Promise<ReadFacts<G>> {
  const driver = await driverOf(platform);
  const read = driver?.getters[getter] as ReadFacts<G> | undefined;
  if (read !== undefined) return read;
  const hint = '`netwright facts list` shows which platforms have them';
  if (driver === undefined) {
    const drivers = driverPlatforms();
    throw new NetwrightError(
      'NW_NOT_SUPPORTED',
      `${device} (${platform}): no facts driver for ${platform}; drivers: ${drivers.join(', ')}`,
      { hint, details: { platform, drivers } },
    );
  }
  throw new NetwrightError(
    'NW_NOT_SUPPORTED',
    `${device} (${platform}): no facts "${shortName(getter)}" of ${platform}`,
    {
      hint,
      details: { platform, getter },
    },
  );
}

/** Whether a value holds nothing that a device said: no rows, no text, only the numbers for "unknown". */
function saysNothing(value: unknown): boolean {
  if (value === '' || value === -1 || value === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(saysNothing);
}
