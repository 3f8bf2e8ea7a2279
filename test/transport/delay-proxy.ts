import net, { type AddressInfo, type Socket } from 'node:net';

export interface DelayProxy extends AsyncDisposable {
  readonly port: number;
  /**
   * Round trips that led to the last bytes at the client, counted by a logical clock: what a side sends is one
   * journey later than the latest that has reached it. A busy machine makes the journeys longer and not more.
   */
  readonly roundTrips: number;
}

/** Carries TCP to a port with a delay each way, so long that each side has answered before the next bytes come. */
export async function startDelayProxy(targetPort: number, oneWayMs: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  let roundTrips = 0;
  const server = net.createServer((inbound) => {
    /** The journey number of the latest bytes that reached each side. */
    const reached = { client: 0, server: 0 };
    const carry = (from: Socket, to: Socket, sender: 'client' | 'server', receiver: 'client' | 'server'): void => {
      from.on('data', (chunk) => {
        const journey = reached[sender] + 1;
        setTimeout(() => {
          reached[receiver] = Math.max(reached[receiver], journey);
          roundTrips = Math.ceil(reached.client / 2);
          if (!to.destroyed) to.write(chunk);
        }, oneWayMs);
      });
      from.on('close', () => setTimeout(() => to.destroy(), oneWayMs));
      from.on('error', () => {});
    };
    roundTrips = 0;
    inbound.setNoDelay(true);
    sockets.add(inbound);
    inbound.on('close', () => sockets.delete(inbound));
    const outbound = net.connect(targetPort, '127.0.0.1');
    outbound.setNoDelay(true);
    carry(inbound, outbound, 'client', 'server');
    carry(outbound, inbound, 'server', 'client');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get roundTrips() {
      return roundTrips;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
