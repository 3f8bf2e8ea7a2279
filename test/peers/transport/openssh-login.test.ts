import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { createDialer, openKnownHosts, type SshDialer } from '#transport';
import { endpoint, eventually, failureOf, memoryKnownHosts } from '../../transport/conversation.ts';
import { peer, root } from '../peers.ts';
import { keyLogin } from './key-login.ts';
import { makeKey, startSshd } from './sshd.ts';

const run = promisify(execFile);
const sshd = peer('sshd');
const agent = peer('ssh-agent');
const privileged = root('add a user to log in as');

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

describe.skipIf(sshd.isMissing)('logging in to OpenSSH', () => {
  it.each([
    ['rsa', ['-b', '2048']],
    ['ecdsa', ['-b', '521']],
    ['ed25519', []],
  ])('with keys of ssh-keygen: %s with a passphrase', async (type, more) => {
    await using server = await startSshd();
    const path = await makeKey(server.folder, 'own', type, ...more);
    await run(peer('ssh-keygen').path!, ['-q', '-p', '-P', '', '-N', 'pass phrase', '-f', path]);
    await writeFile(join(server.folder, 'authorized_keys'), await readFile(`${path}.pub`));
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const login = {
      user: server.user,
      privateKey: new Secret(await readFile(path, 'utf8')),
      passphrase: new Secret('pass phrase'),
    };
    const channel = await dialer.open(keyLogin(server, { login }));
    expect((await channel.exec('echo in')).stdout.toString()).toBe('in\n');
    await channel.close();
    // Nothing was asked first: the only key request is the signed one.
    expect(server.log()).not.toContain('Postponed publickey');
  });

  it.skipIf(agent.isMissing)('with an ssh-agent, past a key that the server does not know', async () => {
    await using server = await startSshd();
    const socket = join(server.folder, 'agent');
    const process_: ChildProcess = spawn(agent.path!, ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await new Promise((resolve) => process_.stdout!.once('data', resolve));
      const stranger = await makeKey(server.folder, 'stranger', 'ed25519');
      const known = await makeKey(server.folder, 'known', 'rsa');
      await writeFile(join(server.folder, 'authorized_keys'), await readFile(`${known}.pub`));
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      await run(peer('ssh-add').path!, ['-q', stranger, known], { env });
      dialer = createDialer({ knownHosts: memoryKnownHosts(), agentSocket: socket });
      const channel = await dialer.open(keyLogin(server, { login: { user: server.user, agent: true } }));
      await channel.close();
    } finally {
      const gone = new Promise((resolve) => process_.once('exit', resolve));
      process_.kill('SIGTERM');
      await gone;
    }
  });

  it('refused, with the methods that the server offers', async () => {
    await using server = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const stranger = await readFile(await makeKey(server.folder, 'stranger', 'ed25519'), 'utf8');
    const login = { user: server.user, privateKey: new Secret(stranger), password: new Secret('nothing') };
    const failure = await failureOf(dialer.open(keyLogin(server, { login })));
    expect(failure.code).toBe('NW_AUTH_FAILED');
    expect(failure.message).toContain('tried publickey; the server offers publickey');
    await eventually(() => dialer?.openSockets === 0);
  });

  it.skipIf(privileged.isMissing)(
    'with a password, and with the questions of PAM',
    async () => {
      const user = `nw${process.pid.toString(36)}${Date.now().toString(36)}`.slice(0, 16);
      await run('useradd', ['--no-create-home', '--home-dir', '/', '--shell', '/bin/sh', user]);
      try {
        const setting = spawn('chpasswd', { stdio: ['pipe', 'ignore', 'ignore'] });
        setting.stdin.end(`${user}:right-${user}\n`);
        await new Promise((resolve) => setting.once('exit', resolve));
        const login = { user, password: new Secret(`right-${user}`) };
        for (const config of [
          ['PasswordAuthentication yes'],
          ['UsePAM yes', 'KbdInteractiveAuthentication yes', 'PasswordAuthentication no'],
        ]) {
          await using server = await startSshd({ config });
          dialer = createDialer({ knownHosts: memoryKnownHosts() });
          const channel = await dialer.open(keyLogin(server, { login }));
          expect((await channel.exec('id -un')).stdout.toString()).toBe(`${user}\n`);
          await channel.close();
          const wrong = { user, password: new Secret('wrong password') };
          expect(await failureOf(dialer.open(keyLogin(server, { login: wrong })))).toMatchObject({
            code: 'NW_AUTH_FAILED',
          });
          await dialer[Symbol.asyncDispose]();
        }
      } finally {
        await run('userdel', [user]);
      }
    },
    60_000,
  );

  it('finds its host in a hashed known_hosts of ssh-keygen', async () => {
    await using server = await startSshd();
    const path = join(server.folder, 'known_hosts');
    const [type, key] = server.hostKeys[0]!.split(' ');
    await writeFile(path, `[127.0.0.1]:${server.port} ${type} ${key}\n`);
    await run(peer('ssh-keygen').path!, ['-q', '-H', '-f', path]);
    expect(await readFile(path, 'utf8')).toMatch(/^\|1\|/);
    const own = join(server.folder, 'own');
    dialer = createDialer({ knownHosts: await openKnownHosts({ write: own, read: [path] }) });
    await (await dialer.open(keyLogin(server, { ssh: { hostKeys: 'strict' } }))).close();
    // And ssh-keygen finds what we wrote.
    const fresh = createDialer({ knownHosts: await openKnownHosts({ write: own }) });
    const scanned = await fresh.scanHostKey(keyLogin(server));
    await (await openKnownHosts({ write: own })).add(scanned.host, scanned);
    const { stdout } = await run(peer('ssh-keygen').path!, ['-l', '-F', `[127.0.0.1]:${server.port}`, '-f', own]);
    expect(stdout).toContain(scanned.fingerprint);
    await fresh[Symbol.asyncDispose]();
  });

  it('follows an OpenSSH client configuration through a hop', async () => {
    await using hop = await startSshd();
    await using server = await startSshd();
    const config = join(server.folder, 'config');
    await writeFile(join(server.folder, 'target.key'), server.clientKey);
    await writeFile(join(server.folder, 'hop.key'), hop.clientKey);
    await writeFile(
      config,
      `Host target
  HostName 127.0.0.1
  Port ${server.port}
  User ${server.user}
  IdentityFile ${server.folder}/target.key
  ProxyJump hop
Host hop
  HostName 127.0.0.1
  Port ${hop.port}
  User ${hop.user}
  IdentityFile ${server.folder}/hop.key
`,
    );
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const asked = endpoint(22, { host: 'target', login: { user: '' }, ssh: { configFile: config } });
    const channel = await dialer.open(asked);
    expect((await channel.exec('echo $SSH_CONNECTION')).stdout.toString()).toContain(`127.0.0.1 ${server.port}`);
    expect(hop.log()).toContain('Accepted publickey');
    await channel.close();
  });
});
