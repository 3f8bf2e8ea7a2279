import { didYouMean, NetwrightError } from '#core';
import type { ConfigurationStore, Version } from '#store';
import type { Workspace } from '#workspace';
import { readTime } from './read-time.ts';
import { formatTime } from './table.ts';

/** `r1`, `r1@yesterday`, `r1@2026-01-31T10:00`, `r1@1f3a9c0`. */
export interface VersionReference {
  readonly device: string;
  /** What stands behind the `@`; undefined means the newest. */
  readonly when: string | undefined;
}

/** A device may have an `@` in its name: what is stored under the whole text goes first. */
export async function readVersionReference(store: ConfigurationStore, text: string): Promise<VersionReference> {
  return (await store.latest(text)) === undefined ? parseVersionReference(text) : { device: text, when: undefined };
}

function parseVersionReference(text: string): VersionReference {
  const at = text.lastIndexOf('@');
  if (at < 1) return { device: text, when: undefined };
  return { device: text.slice(0, at), when: text.slice(at + 1) };
}

/** @throws NetwrightError `NW_VERSION_NOT_FOUND`, `NW_DEVICE_UNKNOWN`, `NW_USAGE` when it is neither commit nor time. */
export async function findVersion(workspace: Workspace, { device, when }: VersionReference): Promise<Version> {
  const store = await workspace.configurations();
  const newest = await store.latest(device);
  if (newest === undefined) throw await neverStored(workspace, store, device);
  if (when === undefined) return newest;
  if (/^[0-9a-f]{4,40}$/.test(when)) {
    const version = await store.byCommit(device, when);
    if (version !== undefined) return version;
    if (!/^\d+$/.test(when))
      throw new NetwrightError('NW_VERSION_NOT_FOUND', `${device}: no version in commit ${when}`);
  }
  const version = await store.at(device, readTime(when, workspace.clock.now()));
  if (version === undefined) {
    const oldest = (await store.history(device)).at(-1) ?? newest;
    const since = `the oldest version is of ${formatTime(oldest.atMs)}`;
    throw new NetwrightError('NW_VERSION_NOT_FOUND', `${device}: nothing was stored yet at "${when}"; ${since}`, {
      hint: `netwright history ${device}`,
    });
  }
  return version;
}

/** Whether the device is known and was never stored, or is not known at all. */
async function neverStored(workspace: Workspace, store: ConfigurationStore, device: string): Promise<NetwrightError> {
  const { devices } = await workspace.inventory();
  if (devices.has(device)) {
    return new NetwrightError('NW_VERSION_NOT_FOUND', `${device}: no configuration was stored yet`, {
      hint: `netwright backup -s ${device}`,
    });
  }
  const near = didYouMean(device, [...(await store.devices()), ...devices.keys()]);
  // `diff r1 yesterday`
  if (near === '' && isTime(device, workspace.clock.now())) {
    return new NetwrightError('NW_DEVICE_UNKNOWN', `there is no device "${device}"`, {
      hint: `a time stands behind the name of a device: ${/\s/.test(device) ? `"r1@${device}"` : `r1@${device}`}`,
    });
  }
  return new NetwrightError('NW_DEVICE_UNKNOWN', `there is no device "${device}", and none was stored.${near}`);
}

function isTime(text: string, nowMs: number): boolean {
  try {
    readTime(text, nowMs);
    return true;
  } catch {
    return false; // it is a name then
  }
}
