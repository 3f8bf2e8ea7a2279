import type { SimulatedDevice } from '../device.ts';

/** A device with one of its configurations: the running one, or a candidate. */
export interface Configured extends Pick<SimulatedDevice, 'persona' | 'facts'> {
  readonly running: { readonly text: string };
}
