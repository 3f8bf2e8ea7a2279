import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peer } from '../peers.ts';

export interface Telnetd extends AsyncDisposable {
  readonly port: number;
}

/** What `telnetd` runs instead of /bin/login: a dialogue that needs no account of the machine. */
const login = `#!/bin/sh
printf 'r1 login: '
read -r user
stty -echo
printf 'Password: '
read -r password
stty echo
echo
if [ "$user/$password" != "admin/secret" ]; then
  echo 'Login incorrect'
  exit 1
fi
printf 'term %s, size %s\\n' "$TERM" "$(stty size)"
while printf 'r1> ' && read -r line; do
  case "$line" in
    exit) exit 0 ;;
    bytes) printf '\\377\\376\\012' ;;
    *) printf 'you said %s\\n' "$line" ;;
  esac
done
`;

/** Debian's telnetd, started for each connection with the socket as its standard streams, as inetd does. */
export async function startTelnetd(): Promise<Telnetd> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-telnetd-'));
  const script = join(folder, 'login');
  await writeFile(script, login);
  await chmod(script, 0o755);
  const children = new Set<ChildProcess>();
  const server = net.createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    const child = spawn(peer('telnetd').path!, ['-h', '-E', script], { stdio: [socket, socket, 'ignore'] });
    children.add(child);
    child.once('exit', () => children.delete(child));
    // The child has its own copy now.
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const gone = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(gone);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
