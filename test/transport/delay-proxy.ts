import net, { type AddressInfo, type Socket } from 'node:net';

export interface DelayProxy extends AsyncDisposable {
  readonly port: number;
}

/** Carries TCP to a port with a delay each way, the connection's own round trip included. */
export async function startDelayProxy(targetPort: number, oneWayMs: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const later = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => setTimeout(() => !to.destroyed && to.write(chunk), oneWayMs));
    from.on('close', () => setTimeout(() => to.destroy(), oneWayMs));
    from.on('error', () => {});
  };
  const server = net.createServer((inbound) => {
    inbound.setNoDelay(true);
    sockets.add(inbound);
    inbound.on('close', () => sockets.delete(inbound));
    const outbound = net.connect(targetPort, '127.0.0.1');
    outbound.setNoDelay(true);
    later(inbound, outbound);
    later(outbound, inbound);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
