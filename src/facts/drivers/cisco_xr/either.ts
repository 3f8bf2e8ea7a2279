import { NetwrightError } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { GetterName } from '../../getters.ts';

/** A reader that gives undefined where the device cannot be asked in its way. */
export type IfKnown<R> = R extends (...args: infer A) => Promise<infer V>
  ? (...args: A) => Promise<V | undefined>
  : never;

/** Over NETCONF where the device is reached that way, otherwise from what the command line prints. */
export const either =
  <G extends GetterName>(overNetconf: IfKnown<ReadFacts<G>>, fromText: ReadFacts<G>): ReadFacts<G> =>
  async (ask, args) =>
    (await overNetconf(ask, args)) ?? (await fromText(ask, args));

/** What nobody reads from text yet. */
export const onlyNetconf =
  <G extends GetterName>(name: string, overNetconf: IfKnown<ReadFacts<G>>): ReadFacts<G> =>
  async (ask, args) => {
    const found = await overNetconf(ask, args);
    if (found !== undefined) return found;
    throw new NetwrightError('NW_NOT_SUPPORTED', `${ask.device} (cisco_xr): "${name}" is only to be had over NETCONF`, {
      hint: 'Set `netconf-yang agent ssh` on the router, and `api: { protocol: netconf }` in the inventory.',
    });
  };
