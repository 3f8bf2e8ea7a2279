import { Secret } from '#core';
import { openSession } from '#device';
import type { LabDevice } from '#lab';
import type { Platform } from '#platforms';
import { createDialer, type Dialer, type KnownHosts } from '#transport';

/** A benchmark's devices change keys with every start: nothing is remembered. */
const noKnownHosts: KnownHosts = { find: () => [], add: async () => {}, replace: async () => {} };

export const benchDialer = (): Dialer => createDialer({ knownHosts: noKnownHosts });

/** Logs in, reads what a backup of the platform reads (or `commands`), and begins to leave; resolves with the bytes read. */
export async function readConfiguration(
  dialer: Dialer,
  device: LabDevice,
  platform: Platform,
  port = device.port,
  commands: readonly string[] = platform.backup.commands.map((one) => one.run),
): Promise<{ sizeBytes: number; closed: Promise<void> }> {
  const session = await openSession(
    {
      name: device.name,
      host: device.host,
      port,
      protocol: device.transport,
      login: {
        user: device.user,
        password: new Secret(device.password),
        ...(device.enable === undefined ? {} : { enable: new Secret(device.enable) }),
      },
      via: [],
    },
    platform,
    { dialer },
  );
  const outputs = await session.sendAll(commands, { rejectFailures: false });
  return { sizeBytes: outputs.reduce((sum, one) => sum + one.text.length, 0), closed: session.close() };
}
