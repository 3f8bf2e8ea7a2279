import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Secret } from '#core';
import { createDialer, type HttpEndpoint, type KnownCertificates, type SshDialer } from '#transport';
import { type ServerCertificate, selfSignedCertificate } from '../../../src/lab/http/self-signed.ts';

export interface TestServer extends AsyncDisposable {
  readonly endpoint: HttpEndpoint;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  /** Sockets that are open. */
  readonly sockets: ReadonlySet<Socket>;
}

export type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void;

/** An HTTP server of a device on a free port of the loopback; answers whatever the handler of the test says. */
export async function startServer(
  handler: Handler,
  options: { readonly certificate?: ServerCertificate; readonly isPlain?: boolean; readonly port?: number } = {},
): Promise<TestServer> {
  const requests: TestServer['requests'] = [];
  const sockets = new Set<Socket>();
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      handler(request, body, response);
    });
  };
  const { cert, key } = options.certificate ?? selfSignedCertificate(['leaf1', '127.0.0.1']);
  const server = options.isPlain ? createHttpServer(listen) : createServer({ cert, key }, listen);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    endpoint: {
      name: 'leaf1',
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      protocol: options.isPlain ? 'http' : 'https',
      login: { user: 'admin', password: new Secret('hunter2') },
      via: [],
    },
    requests,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export const testDialer = (): SshDialer =>
  createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} }, hopIdleMs: 50 });

/** Known certificates in memory. */
export function certificateMemory(): KnownCertificates & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    find: async (host) => {
      const fingerprint = all.get(host);
      return await Promise.resolve(fingerprint === undefined ? [] : [{ fingerprint }]);
    },
    add: async (host, { fingerprint }) => void (await Promise.resolve(all.set(host, fingerprint))),
    replace: async (host, { fingerprint }) => void (await Promise.resolve(all.set(host, fingerprint))),
  };
}
