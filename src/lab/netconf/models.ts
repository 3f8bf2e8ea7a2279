import { junosModel } from './junos-model.ts';
import type { NetconfModel } from './netconf-model.ts';
import { xrModel } from './xr-model.ts';

/** The systems that speak NETCONF, on the port of their SSH. */
const models: Readonly<Record<string, NetconfModel>> = { juniper_junos: junosModel, cisco_xr: xrModel };

export const netconfModelOf = (platform: string): NetconfModel | undefined => models[platform];
