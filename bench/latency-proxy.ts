import { connect, createServer, type Socket } from 'node:net';

export interface LatencyProxy extends AsyncDisposable {
  readonly port: number;
}

/** A TCP relay on loopback that holds every byte for `oneWayMs` in each direction, like a distant link of endless bandwidth. */
export async function startLatencyProxy(to: { host: string; port: number }, oneWayMs: number): Promise<LatencyProxy> {
  const sockets = new Set<Socket>();
  const relay = (from: Socket, into: Socket): void => {
    from.on('data', (chunk) => setTimeout(() => into.writable && into.write(chunk), oneWayMs));
    from.on('end', () => setTimeout(() => into.end(), oneWayMs));
    from.on('error', () => into.destroy());
    from.on('close', () => sockets.delete(from));
  };
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    sockets.add(near);
    // The three-way handshake is done by the kernel on loopback: its round trip is paid here.
    near.pause();
    setTimeout(() => {
      const far = connect({ ...to, noDelay: true, allowHalfOpen: true });
      sockets.add(far);
      relay(near, far);
      relay(far, near);
      near.resume();
    }, 2 * oneWayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
