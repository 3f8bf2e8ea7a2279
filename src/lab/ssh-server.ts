import { connect, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import { labHostKey } from './host-keys.ts';
import type { Player, Terminal } from './player.ts';
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
  readonly socket: Socket;
}

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
    this.#injected.set(tag, { player, socket });
    socket.once('close', () => this.#injected.delete(tag));
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

function serve(connection: Connection, { player, socket }: Injected): void {
  // Clients that go away in the middle of a handshake are their own affair.
  connection.on('error', () => socket.destroy());
  connection.on('authentication', (context: AuthContext) => authenticate(player, context));
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
        terminal = openShell(player, accept(), connection, socket, rows);
      });
      session.on('exec', (accept, _, info) => {
        const channel = accept();
        channel.on('error', () => {});
        channel.write(player.exec(info.command));
        channel.exit(0);
        channel.end();
      });
    });
    if (player.ssh.forwards === true)
      connection.on('tcpip', (accept, reject, info) => {
        // A bastion of the lab leads to the lab and nowhere else.
        if (!/^(127\.0\.0\.1|localhost|::1)$/.test(info.destIP)) {
          reject();
          return;
        }
        const onward = connect({ host: '127.0.0.1', port: info.destPort, noDelay: true });
        onward.once('error', () => reject());
        onward.once('connect', () => {
          onward.removeAllListeners('error');
          const channel = accept();
          channel.on('error', () => onward.destroy());
          channel.on('close', () => onward.destroy());
          onward.on('error', () => channel.destroy());
          onward.pipe(channel).pipe(onward);
        });
        connection.on('close', () => onward.destroy());
      });
  });
}

function authenticate(player: Player, context: AuthContext): void {
  const methods = [...(player.ssh.methods ?? (['password', 'keyboard-interactive'] as const))];
  const isRight = (password: string | undefined): boolean => player.admits(context.username, password);
  if (context.method === 'password' && methods.includes('password')) {
    if (isRight(context.password)) context.accept();
    else context.reject(methods);
  } else if (context.method === 'keyboard-interactive' && methods.includes('keyboard-interactive')) {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
      if (isRight(answers[0])) context.accept();
      else context.reject(methods);
    });
  } else context.reject(methods);
}

function openShell(
  player: Player,
  channel: ServerChannel,
  connection: Connection,
  socket: Socket,
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
        socket.destroySoon();
        return;
      }
      channel.exit(0);
      channel.end();
      channel.once('close', () => connection.end());
    },
    reset() {
      socket.resetAndDestroy();
    },
  };
  const terminal = player.open(wire, { protocol: 'ssh', rows, echoes: true, isLoggedIn: true });
  channel.on('data', (bytes: Buffer) => terminal.receive(bytes));
  channel.on('close', () => terminal.close());
  connection.on('close', () => terminal.close());
  return terminal;
}
