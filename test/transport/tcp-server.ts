import net, { type AddressInfo, type ServerOpts, type Socket } from 'node:net';

export interface TcpServer extends AsyncDisposable {
  readonly port: number;
  readonly connectionCount: number;
  readonly openConnections: number;
  readonly received: Buffer[];
}

/** A TCP server that does with each connection what it is told. */
export async function startTcpServer(
  onConnection: (socket: Socket) => void = () => {},
  options: ServerOpts = {},
): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  const received: Buffer[] = [];
  let connectionCount = 0;
  const server = net.createServer(options, (socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    get connectionCount() {
      return connectionCount;
    },
    get openConnections() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await startTcpServer();
  await server[Symbol.asyncDispose]();
  return server.port;
}
