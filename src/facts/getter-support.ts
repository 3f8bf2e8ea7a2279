import { allDrivers } from './drivers/index.ts';
import { type GetterName, getterNames, getters, shortName } from './getters.ts';

export interface GetterSupport {
  readonly getter: GetterName;
  /** As the command line calls it. */
  readonly name: string;
  readonly tells: string;
  readonly args: readonly string[];
  /** Ids of the platforms that have it, in alphabetical order. */
  readonly platforms: readonly string[];
}

/** Which getters there are, and who has them. */
export async function getterSupport(): Promise<readonly GetterSupport[]> {
  const drivers = await allDrivers();
  return getterNames.map((getter) => ({
    getter,
    name: shortName(getter),
    tells: getters[getter].tells,
    args: Object.keys(getters[getter].args.properties),
    platforms: drivers
      .filter((driver) => driver.getters[getter] !== undefined)
      .flatMap(({ platforms }) => platforms)
      .sort(),
  }));
}
