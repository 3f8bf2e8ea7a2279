import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerConfig, type Session } from 'ssh2';

/** A host key that costs little to make. */
export function hostKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
}

export interface SshServer extends AsyncDisposable {
  readonly port: number;
  /** Connections that came in, ever. */
  readonly connectionCount: number;
  readonly openConnections: number;
  /** Ends all connections roughly. */
  breakAll(): void;
}

export interface SshServerOptions {
  readonly config?: Partial<ServerConfig>;
  /** Default: user `admin`, password `secret`. */
  readonly authenticate?: (context: AuthContext) => void;
  readonly onSession?: (session: Session) => void;
  readonly onClient?: (client: Connection) => void;
  /** Open direct-tcpip channels as asked. */
  readonly forwards?: boolean;
  /** Never answer a request for a direct-tcpip channel. */
  readonly ignoresForwards?: boolean;
}

const passwordOnly = (context: AuthContext): void => {
  if (context.method === 'password' && context.username === 'admin' && context.password === 'secret') context.accept();
  else context.reject(['password']);
};

/** An SSH server of ssh2's in this process, on a free port of the loopback. */
export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const net = await import('node:net');
  const sockets = new Set<Socket>();
  let connectionCount = 0;
  const server = new ssh2.Server({ hostKeys: [hostKey()], ...options.config }, (client) => {
    options.onClient?.(client);
    client.on('error', () => {});
    client.on('authentication', options.authenticate ?? passwordOnly);
    client.on('session', (accept) => options.onSession?.(accept()));
    client.on('tcpip', (accept, reject, info) => {
      if (options.ignoresForwards) return;
      if (!options.forwards) {
        reject();
        return;
      }
      const out = net.connect(info.destPort, info.destIP);
      out.setNoDelay(true);
      out.once('error', () => reject());
      out.once('connect', () => {
        const channel = accept();
        channel.on('error', () => {});
        out.on('error', () => channel.close());
        channel.pipe(out).pipe(channel);
        out.on('close', () => channel.close());
        channel.on('close', () => out.destroy());
      });
    });
  });
  // ssh2's server wraps a net.Server; its sockets are needed to break connections and to switch Nagle off.
  const inner = (server as unknown as { _srv: NetServer })._srv;
  inner.on('connection', (socket: Socket) => {
    connectionCount += 1;
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connectionCount() {
      return connectionCount;
    },
    get openConnections() {
      return sockets.size;
    },
    breakAll() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A session that greets with a prompt, echoes lines, and leaves on `exit`, whereupon it calls `onExit`. */
export function echoShell(session: Session, onExit?: () => void): void {
  session.on('pty', (accept) => accept?.());
  session.on('shell', (accept) => {
    const shell = accept();
    shell.write('r1#');
    let line = '';
    shell.on('data', (chunk: Buffer) => {
      line += chunk.toString();
      for (let end = line.indexOf('\n'); end !== -1; end = line.indexOf('\n')) {
        const command = line.slice(0, end).replace(/\r$/, '');
        line = line.slice(end + 1);
        if (command === 'exit') {
          shell.exit(0);
          shell.end();
          onExit?.();
          return;
        }
        shell.write(`${command}\r\n`);
        if (command === 'flood') shell.write(`${'x'.repeat(Number(process.env['FLOOD'] ?? 4_000_000))}\r\n`);
        shell.write('r1#');
      }
    });
  });
  session.on('exec', (accept, _reject, info) => {
    const channel = accept();
    channel.write(`ran ${info.command}`);
    channel.stderr.write('note');
    channel.exit(3);
    channel.end();
  });
}
