import { connect, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import { transfers } from './device-disk.ts';
import { labHostKey } from './host-keys.ts';
import { serveNetconf, servesNetconf } from './netconf/serve-netconf.ts';
import { sendInOnePiece } from './one-piece.ts';
import type { Player, Terminal } from './player.ts';
import { scpCommand, serveScp } from './scp-server.ts';
import { serveSftp } from './sftp-server.ts';
import type { Wire } from './tty.ts';

/** Fast ones only: the lab shares the machine with what is measured against it. */
const algorithms: ssh2.Algorithms = {
  kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'diffie-hellman-group14-sha256'],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha1'],
  compress: ['none'],
};

interface Injected {
  readonly player: Player;
  /** The connection itself, which faults reset. */
  readonly socket: Socket;
  /** What SSH is spoken on: the socket, or a slow line to it. */
  readonly stream: Socket;
}

/** Wrong passwords on one connection, as on IOS (`ip ssh authentication-retries`). */
const mostAttempts = 3;
/** How long a client may take to close its side of the channel. */
const goodbyeMs = 1_000;

/** SSH for all devices of a process: one server object for each identification line, banner and host key. */
export class SshServers {
  readonly #servers = new Map<string, ssh2.Server>();
  readonly #keys = new Map<number, string>();
  readonly #injected = new Map<string, Injected>();
  #nextTag = 0;

  /** Serves one accepted connection as that device; `socket` is reset by faults, `stream` is what SSH is spoken on. */
  accept(player: Player, socket: Socket, stream: Socket): void {
    player.connections += 1;
    const keyNumber = player.spec.fault === 'changed-key' && player.connections > 1 ? 1 : 0;
    // ssh2 tells of a connection only after the client's identification line, and then by address and port. Those of
    // the client may be the same on two devices at once, so the socket carries a name of its own in their place.
    const tag = `lab-${this.#nextTag}`;
    this.#nextTag += 1;
    Object.defineProperty(stream, 'remoteAddress', { value: tag });
    this.#injected.set(tag, { player, socket, stream });
    socket.once('close', () => this.#injected.delete(tag));
    sendInOnePiece(stream);
    this.#server(player, keyNumber).injectSocket(stream);
  }

  #server(player: Player, keyNumber: number): ssh2.Server {
    const { ident, banner } = player.ssh;
    const name = JSON.stringify([ident, banner, keyNumber]);
    let server = this.#servers.get(name);
    if (server === undefined) {
      const key = this.#keys.get(keyNumber) ?? labHostKey(keyNumber);
      this.#keys.set(keyNumber, key);
      server = new ssh2.Server(
        { hostKeys: [key], ident, algorithms, ...(banner === undefined ? {} : { banner }) },
        (connection: Connection, info: ssh2.ClientInfo) => {
          const injected = this.#injected.get(info.ip);
          if (injected !== undefined) serve(connection, injected);
        },
      );
      this.#servers.set(name, server);
    }
    return server;
  }
}

function serve(connection: Connection, injected: Injected): void {
  const { player, socket } = injected;
  let refusals = 0;
  // Clients that go away in the middle of a handshake are their own affair.
  connection.on('error', () => socket.destroy());
  connection.on('authentication', (context: AuthContext) =>
    authenticate(player, context, () => {
      refusals += 1;
      if (refusals >= mostAttempts) connection.end();
    }),
  );
  // Terminals and tunnels that end with the connection.
  const open = new Set<() => void>();
  connection.on('close', () => {
    for (const close of open) close();
    open.clear();
  });
  connection.on('ready', () => {
    connection.on('session', (acceptSession) => {
      const session = acceptSession();
      let rows = 0;
      let terminal: Terminal | undefined;
      session.on('pty', (accept, _, info) => {
        rows = info.rows;
        accept?.();
      });
      session.on('window-change', (accept, _, info) => {
        terminal?.resize(info.rows);
        accept?.();
      });
      session.on('env', (accept) => accept?.());
      session.on('shell', (accept) => {
        const opened = openShell(injected, accept(), connection, rows);
        terminal = opened;
        open.add(() => opened.close());
      });
      session.on('sftp', (accept, reject) => {
        const { device } = player;
        if (device === undefined || !transfers(device, 'sftp')) {
          reject();
          return;
        }
        const sftp = accept();
        sftp.on('error', () => {});
        serveSftp(device, sftp);
      });
      session.on('subsystem', (accept, reject, info) => {
        const { device } = player;
        if (info.name !== 'netconf' || !servesNetconf(device)) {
          reject();
          return;
        }
        open.add(serveNetconf(device, accept(), connection, socket));
      });
      session.on('exec', (accept, _, info) => {
        const channel = accept();
        channel.on('error', () => {});
        const { device } = player;
        const scp = scpCommand(info.command);
        if (device !== undefined && scp !== undefined) {
          if (transfers(device, 'scp')) serveScp(device, channel, scp.how, scp.name);
          else {
            channel.write('Administratively disabled.\r\n');
            channel.exit(1);
            channel.end();
          }
          return;
        }
        const { bytes, exitCode } = player.exec(info.command);
        channel.write(bytes);
        channel.exit(exitCode);
        channel.end();
      });
    });
    if (player.ssh.forwards === true) {
      connection.on('tcpip', (accept, reject, info) => forward(accept, reject, info, open));
    }
  });
}

/** `direct-tcpip` (RFC 4254 section 7.2): a bastion of the lab leads to the lab and nowhere else. */
function forward(
  accept: () => ServerChannel,
  reject: () => void,
  info: ssh2.TcpipRequestInfo,
  open: Set<() => void>,
): void {
  if (!/^(127\.0\.0\.1|localhost|::1)$/.test(info.destIP)) {
    reject();
    return;
  }
  const onward = connect({ host: '127.0.0.1', port: info.destPort, noDelay: true });
  const close = (): void => {
    onward.destroy();
  };
  open.add(close);
  onward.on('close', () => open.delete(close));
  onward.once('error', reject);
  onward.once('connect', () => {
    onward.removeListener('error', reject);
    const channel = accept();
    channel.on('error', close);
    channel.on('close', close);
    onward.on('error', () => channel.destroy());
    onward.pipe(channel).pipe(onward);
  });
}

function authenticate(player: Player, context: AuthContext, refused: () => void): void {
  const methods = [...(player.ssh.methods ?? (['password', 'keyboard-interactive'] as const))];
  const decide = (password: string | undefined): void => {
    if (player.admits(context.username, password)) context.accept();
    else {
      context.reject(methods);
      refused();
    }
  };
  if (context.method === 'password' && methods.includes('password')) {
    decide(context.password);
  } else if (context.method === 'keyboard-interactive' && methods.includes('keyboard-interactive')) {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
      decide(answers[0]);
    });
  } else context.reject(methods);
}

function openShell(
  { player, socket, stream }: Injected,
  channel: ServerChannel,
  connection: Connection,
  rows: number,
): Terminal {
  channel.on('error', () => {});
  const wire: Wire = {
    write(bytes) {
      channel.write(bytes);
    },
    whenDrained(then) {
      if (channel.writableNeedDrain) channel.once('drain', then);
      else setImmediate(then);
    },
    end() {
      if (player.spec.fault === 'cut') {
        // No exit status and no end of the channel: the line is gone in the middle of a sentence.
        stream.end();
        return;
      }
      channel.exit(0);
      channel.end();
      const timer = setTimeout(() => connection.end(), goodbyeMs);
      channel.once('close', () => {
        clearTimeout(timer);
        connection.end();
      });
      connection.once('close', () => clearTimeout(timer));
    },
    hangUp() {
      stream.end();
    },
    reset() {
      socket.resetAndDestroy();
    },
  };
  const terminal = player.open(wire, { protocol: 'ssh', rows, echoes: true, isLoggedIn: true });
  channel.on('data', (bytes: Buffer) => terminal.receive(bytes));
  channel.on('close', () => terminal.close());
  return terminal;
}
