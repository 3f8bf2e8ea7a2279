import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '#core';
import type { Endpoint } from '#transport';
import { peer } from '../peers.ts';
import { type Sshd, startSshd } from './sshd.ts';

/** A model that touches nothing of the machine: netconfd only stores it. */
const model = `module site {
  namespace "urn:example:site";
  prefix s;
  revision 2026-01-01;
  container site {
    list interface {
      key name;
      leaf name { type string; }
      leaf mtu { type uint16 { range "256..9192"; } default 1500; }
      leaf description { type string; }
    }
  }
}
`;

export interface Netconfd extends AsyncDisposable {
  readonly endpoint: Endpoint;
  readonly sshd: Sshd;
  log(): string;
  kill(): Promise<void>;
}

/** Debian's netconfd (yuma123) behind OpenSSH, with a folder and ports of its own and no start-up configuration. */
export async function startNetconfd(options: { readonly startup?: boolean } = {}): Promise<Netconfd> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-netconfd-'));
  await writeFile(join(folder, 'site.yang'), model);
  const socket = join(folder, 'ncx.sock');
  const logPath = join(folder, 'log');
  const log = (): string => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : '');
  const subsystem = peer('netconf-subsystem').path!;
  // The subsystem finds its server by the port that sshd tells it, so each port stands in its own line.
  const wrapper = join(folder, 'subsystem');
  await writeFile(wrapper, `#!/bin/sh\nset -- $SSH_CONNECTION\nexec ${subsystem} --ncxserver-sockname=$4@${socket}\n`, {
    mode: 0o755,
  });
  const sshd = await startSshd({ config: [`Subsystem netconf ${wrapper}`] });
  const child = spawn(
    peer('netconfd').path!,
    [
      '--no-startup',
      '--target=candidate',
      '--access-control=off',
      `--superuser=${sshd.user}`,
      `--port=${sshd.port}`,
      `--ncxserver-sockname=${socket}`,
      `--modpath=${folder}:/usr/share/yuma/modules`,
      '--module=site',
      `--with-startup=${options.startup ?? false}`,
      '--log-level=info',
      `--log=${logPath}`,
    ],
    { stdio: 'ignore', cwd: folder, env: { PATH: process.env['PATH'], HOME: folder } },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await exited;
    }
  };
  const dispose = async (): Promise<void> => {
    await kill();
    await sshd[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  for (let tried = 0; !existsSync(socket); tried += 1) {
    if (child.exitCode !== null || tried > 200) {
      const said = log();
      await dispose();
      throw new Error(`netconfd did not start: ${said}`);
    }
    await sleep(25);
  }
  return {
    endpoint: {
      name: 'yuma',
      host: '127.0.0.1',
      port: sshd.port,
      protocol: 'ssh',
      login: { user: sshd.user, privateKey: new Secret(sshd.clientKey) },
      via: [],
    },
    sshd,
    log,
    kill,
    [Symbol.asyncDispose]: dispose,
  };
}
