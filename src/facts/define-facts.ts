import type { Ask } from './ask.ts';
import type { ArgsOf, FactsOf, GetterName } from './getters.ts';
import type { LldpNeighborsDetail } from './model/neighbors.ts';

/** Answers one getter on one platform. What it returns is checked against the schema of the getter by the caller. */
export type ReadFacts<G extends GetterName> = (ask: Ask, args: ArgsOf<G>) => Promise<FactsOf<G>>;

/** What a family of platforms can tell. A getter that is absent is `NW_NOT_SUPPORTED` there. */
export interface FactsDriver {
  /** Platform ids; the aliases of a platform need no mention. */
  readonly platforms: readonly string[];
  readonly getters: { readonly [G in GetterName]?: ReadFacts<G> };
  /** Neighbours by CDP, in the shape of LLDP's: what the topology is drawn from where LLDP is silent. */
  readonly cdp?: (ask: Ask) => Promise<LldpNeighborsDetail>;
}

/** Checks a declaration's types. One folder a driver, one file a getter; its index.ts exports the declaration. */
export const defineFacts = (driver: FactsDriver): FactsDriver => driver;
