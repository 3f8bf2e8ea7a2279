import { NetwrightError } from '#core';
import type { Device } from '#inventory';
import type { GateLimit } from './job-queue.ts';
import type { RunLimits } from './run.ts';

/** What a device shares with others, where the number of those at once is limited. */
export function gatesOf(device: Device, limits: RunLimits): readonly GateLimit[] {
  const gates: GateLimit[] = [];
  const gate = (kind: string, name: string | undefined, limit: number | undefined): void => {
    if (name !== undefined && limit !== undefined) gates.push({ key: `${kind}:${name}`, limit });
  };
  gate('site', device.site, limits.perSite);
  for (const hop of new Set(device.jump)) gate('jump', hop, limits.perJump);
  gate('credential', device.credential, limits.perCredential);
  gate('platform', device.platform, limits.perPlatform);
  return gates;
}

/** @throws NetwrightError `NW_USAGE` when a limit would let nothing through. */
export function checkLimits(limits: RunLimits): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
      throw new NetwrightError('NW_USAGE', `${name}: expected a whole number from 1, got ${limit}`);
    }
  }
}
