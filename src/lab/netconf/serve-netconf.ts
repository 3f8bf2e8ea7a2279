import type { Socket } from 'node:net';
import type { Connection, ServerChannel } from 'ssh2';
import type { SimulatedDevice } from '../device.ts';
import { netconfModelOf } from './models.ts';
import { NetconfServer } from './netconf-server.ts';

/** The subsystem `netconf` of a device, where its system has one. @returns false where it has not */
export function servesNetconf(device: SimulatedDevice | undefined): device is SimulatedDevice {
  return device !== undefined && netconfModelOf(device.spec.platform) !== undefined;
}

/** Speaks NETCONF on an accepted channel. @returns what ends it with the connection */
export function serveNetconf(
  device: SimulatedDevice,
  channel: ServerChannel,
  connection: Connection,
  socket: Socket,
): () => void {
  channel.on('error', () => {});
  const server = new NetconfServer(device, netconfModelOf(device.spec.platform)!, {
    write: (bytes) => channel.write(bytes),
    end() {
      channel.exit(0);
      channel.end();
      channel.once('close', () => connection.end());
    },
    reset: () => socket.resetAndDestroy(),
    lose: () => socket.destroySoon(),
  });
  channel.on('data', (bytes: Buffer) => server.receive(bytes));
  channel.on('close', () => server.close());
  return () => server.close();
}
