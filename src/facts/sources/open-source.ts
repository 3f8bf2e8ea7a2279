import { NetwrightError } from '#core';
import type { Device } from '#inventory';
import type { Platform, PlatformRegistry } from '#platforms';
import type { Job } from '#runner';
import { createEapiClient, createNxapiClient, type NetconfSession } from '#transport';
import { HttpSource } from './http-source.ts';
import { NetconfSource } from './netconf-source.ts';
import { SessionSource } from './session-source.ts';
import type { FactSource } from './source.ts';

/**
 * Lets a task ask the device of a job, in the way that `api` of the device says: eAPI, NX-API, NETCONF; without it, and
 * for RESTCONF, which answers no commands, at its command line. The connection is the job's, and ends with it.
 */
export async function withSource<T>(
  job: Job,
  platforms: Pick<PlatformRegistry, 'get'>,
  task: (source: FactSource) => Promise<T>,
): Promise<T> {
  const { device, signal } = job;
  switch (device.api?.protocol) {
    case 'eapi': {
      const platform = await platformOf(device, platforms, 'arista_eos');
      return await task(new HttpSource(createEapiClient(await job.http()), platform, signal));
    }
    case 'nxapi': {
      const platform = await platformOf(device, platforms, 'cisco_nxos');
      const { dialect } = device.api;
      const client = createNxapiClient(await job.http(), dialect === undefined ? {} : { dialect });
      return await task(new HttpSource(client, platform, signal));
    }
    case 'netconf': {
      const session = await job.netconf();
      const platform = await platformOf(device, platforms, platformBehind(session));
      const commandLine = async (): Promise<FactSource> => new SessionSource(await job.connect(), signal);
      return await task(new NetconfSource(session, { device: device.name, platform, commandLine, signal }));
    }
    case 'restconf':
    case undefined:
      return await task(new SessionSource(await job.connect(), signal));
  }
}

/** What the inventory says; for `auto`, the platform that speaks so. */
async function platformOf(
  { name, platform }: Device,
  platforms: Pick<PlatformRegistry, 'get'>,
  speaker: string | undefined,
): Promise<Platform> {
  const id = platform === 'auto' ? speaker : platform;
  if (id !== undefined) return await platforms.get(id);
  throw new NetwrightError(
    'NW_PLATFORM_NOT_DETECTED',
    `${name}: its NETCONF hello does not tell which platform it runs`,
  );
}

/** Models that only one system has, by the beginning of their namespace. */
const models = [
  ['http://xml.juniper.net/netconf/junos', 'juniper_junos'],
  ['http://cisco.com/ns/yang/Cisco-IOS-XR-', 'cisco_xr'],
  ['http://cisco.com/ns/yang/Cisco-IOS-XE-', 'cisco_xe'],
  ['http://cisco.com/ns/yang/cisco-nx-os', 'cisco_nxos'],
  ['http://arista.com/yang/', 'arista_eos'],
] as const;

const platformBehind = ({ capabilities }: NetconfSession): string | undefined =>
  models.find(([beginning]) => capabilities.uris.some((uri) => uri.startsWith(beginning)))?.[1];
