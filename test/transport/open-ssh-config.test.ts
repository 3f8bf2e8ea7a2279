import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { openSshUser, withOpenSshConfig } from '../../src/transport/open-ssh-config.ts';
import { passedOverInOpenSshConfig } from '../../src/transport/open-ssh-doubts.ts';
import { endpoint, failureOf } from './conversation.ts';

let folder: string;
let configFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-config-'));
  configFile = join(folder, 'config');
  await writeFile(join(folder, 'edge.key'), 'the key of edge');
  await writeFile(join(folder, 'b2.key'), 'the key of b2');
  await writeFile(
    configFile,
    `
Host edge-*
  HostName %h.example.net
  Port 2222
  user config-user
  IdentityFile ${folder}/missing.key
  IdentityFile ${folder}/%r.key
  ProxyJump b1,ops@b2:2200
Host b1
  HostName 192.0.2.250
Host b2
  IdentityFile ${folder}/b2.key
Host plain
  ProxyJump none
Match host danger exec "touch ${folder}/ran"
  Port 1
Host v6
  ProxyJump admin@[2001:db8::1]:22
Host bad
  ProxyJump @@
`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

const asked = (host: string, more = {}) => endpoint(22, { host, ssh: { configFile }, ...more });

describe('the OpenSSH client configuration', () => {
  it('fills in what the inventory leaves open', async () => {
    await writeFile(join(folder, 'config-user.key'), 'the key of config-user');
    const found = await withOpenSshConfig(asked('edge-7', { login: { user: '' } }));
    expect(found).toMatchObject({ name: 'r1', host: 'edge-7.example.net', port: 2222, login: { user: 'config-user' } });
    expect(found.login.privateKey?.reveal()).toBe('the key of config-user');
    expect(found.via).toMatchObject([
      { name: 'b1', host: '192.0.2.250', port: 22, protocol: 'ssh', via: [] },
      { name: 'b2', host: 'b2', port: 2200, login: { user: 'ops' } },
    ]);
    expect(found.via[1]?.login.privateKey?.reveal()).toBe('the key of b2');
  });

  it('follows the ProxyJump of the first hop on, as OpenSSH does, and no circle', async () => {
    await writeFile(
      configFile,
      `
Host inner
  ProxyJump middle,last
Host middle
  ProxyJump outer
Host last
  ProxyJump nowhere
Host outer
  HostName 192.0.2.1
  User jumper
Host a
  ProxyJump b
Host b
  ProxyJump a
`,
    );
    const { via } = await withOpenSshConfig(asked('inner'));
    expect(via.map(({ host, login }) => `${login.user}@${host}`)).toEqual([
      'jumper@192.0.2.1',
      'admin@middle',
      'admin@last',
    ]);
    expect(await failureOf(withOpenSshConfig(asked('a')))).toMatchObject({
      code: 'NW_CONFIG_INVALID',
      message: expect.stringContaining('circle') as string,
    });
  });

  it('knows the tokens of ProxyJump, whom to log in, and what is no port', async () => {
    await writeFile(
      configFile,
      `
Host sw*
  HostName %h.example.net
  User switcher
  ProxyJump %r@bastion-%n:2200
Host odd
  Port ssh
Host far
  ProxyJump b:70000
`,
    );
    const { via } = await withOpenSshConfig(asked('sw1', { login: { user: '' } }));
    expect(via).toMatchObject([{ host: 'bastion-sw1', port: 2200, login: { user: 'switcher' } }]);
    expect(await openSshUser({ host: 'sw1', port: 22 }, configFile)).toBe('switcher');
    expect(await openSshUser({ host: 'r1', port: 22 }, configFile)).toBe(userInfo().username);
    expect(await failureOf(withOpenSshConfig(asked('far')))).toMatchObject({ code: 'NW_CONFIG_INVALID' });
    expect(await failureOf(withOpenSshConfig(asked('odd')))).toMatchObject({
      code: 'NW_CONFIG_INVALID',
      message: `${configFile}: Port "ssh" of odd: expected a number from 1 to 65535`,
    });
  });

  it('does not overrule the inventory', async () => {
    const key = new Secret('mine');
    const hop = endpoint(22, { name: 'own hop' });
    const found = await withOpenSshConfig(
      asked('edge-7', { port: 830, login: { user: 'admin', privateKey: key }, via: [hop] }),
    );
    expect(found).toMatchObject({ port: 830, login: { user: 'admin', privateKey: key }, via: [{ name: 'own hop' }] });
    expect(found.via).toHaveLength(1);
  });

  it('gives a password to a hop only where the same user logs in', async () => {
    const found = await withOpenSshConfig(asked('edge-7'));
    expect(found.via.map((hop) => [hop.login.user, hop.login.password?.reveal()])).toEqual([
      ['admin', 'secret'],
      ['ops', undefined],
    ]);
  });

  it('leaves others alone, runs nothing, and reads IPv6 hops', async () => {
    expect(await withOpenSshConfig(asked('plain'))).toMatchObject({ host: 'plain', port: 22, via: [] });
    expect(await withOpenSshConfig(asked('danger'))).toMatchObject({ port: 22 });
    await expect(import('node:fs/promises').then(({ stat }) => stat(join(folder, 'ran')))).rejects.toThrow();
    expect((await withOpenSshConfig(asked('v6'))).via).toMatchObject([
      { host: '2001:db8::1', login: { user: 'admin' } },
    ]);
    const without = endpoint(22, { host: 'edge-7' });
    expect(await withOpenSshConfig(without)).toEqual(without);
  });

  it('says what is wrong with it', async () => {
    expect(await failureOf(withOpenSshConfig(asked('bad')))).toMatchObject({
      code: 'NW_CONFIG_INVALID',
      message: expect.stringContaining('ProxyJump "@@"') as string,
    });
    const nowhere = join(folder, 'nowhere');
    const missing = endpoint(22, { ssh: { configFile: nowhere } });
    expect(await failureOf(withOpenSshConfig(missing))).toMatchObject({
      code: 'NW_CONFIG_INVALID',
      message: expect.stringContaining(nowhere) as string,
    });
  });

  it('follows Include: wildcards, files that are missing, sections that go on behind it', async () => {
    await mkdir(join(folder, 'config.d'));
    await writeFile(join(folder, 'config.d', '20-b'), 'Host two\n  Port 22002\nHost *\n  User from-b\n');
    await writeFile(join(folder, 'config.d', '10-a'), 'Host one two\n  Port 22001\n');
    await writeFile(join(folder, 'user of three'), 'User third\n');
    await writeFile(
      configFile,
      [
        `Include ${folder}/missing ${folder}/config.d/*`,
        'ProxyJump none',
        `Host three`,
        `  include = "${folder}/user of three"`,
        '  Port 22003',
      ].join('\n'),
    );
    const found = async (host: string) => {
      const { port, login } = await withOpenSshConfig(asked(host, { login: { user: '' } }));
      return [port, login.user];
    };
    expect(await found('one')).toEqual([22_001, 'from-b']);
    expect(await found('two')).toEqual([22_001, 'from-b']);
    expect(await found('three')).toEqual([22_003, 'from-b']);
    await writeFile(join(folder, 'config.d', '20-b'), 'Host two\n  User b\n');
    expect(await found('three')).toEqual([22_003, 'third']);
    expect(await found('two')).toEqual([22_001, 'b']);
  });

  it('says which Include it cannot follow', async () => {
    const why = async (text: string): Promise<string> => {
      await writeFile(configFile, text);
      const error = await failureOf(withOpenSshConfig(asked('plain')));
      expect(error.code).toBe('NW_CONFIG_INVALID');
      return error.message;
    };
    expect(await why(`Include ${configFile}`)).toMatch(/config:1: Include .*: expected at most 16 files inside one/);
    await writeFile(join(folder, 'sections'), 'Host b\n  Port 1\n');
    expect(await why(`Host a\n  Include ${folder}/sections`)).toMatch(
      /config:2: Include .*sections has sections of its own, which is not followed from within "Host a"/,
    );
    expect(await why(`Include ${folder}`)).toMatch(/config:1: Include .* cannot be read: EISDIR/);
  });

  it('names what it passes over, with file and line, included files too', async () => {
    await writeFile(join(folder, 'more'), 'IdentityAgent ~/agent.sock\n');
    await writeFile(
      configFile,
      `Include ${folder}/more\nHost a\n  ProxyCommand nc %h %p\n  ProxyCommand none\n  ProxyJump b\nMatch host b exec "id"\n  User x\nMatch tagged y\n`,
    );
    expect((await passedOverInOpenSshConfig(configFile)).map((line) => line.replace(`${folder}/`, ''))).toEqual([
      expect.stringMatching(/^more:1: IdentityAgent .*SSH_AUTH_SOCK/),
      expect.stringMatching(/^config:3: ProxyCommand nc %h %p: .*dialled directly/),
      expect.stringMatching(/^config:6: Match host b exec "id": .*never run/),
      expect.stringMatching(/^config:8: Match tagged y: /),
    ]);
    expect(await passedOverInOpenSshConfig(join(folder, 'nowhere'))).toEqual([expect.stringContaining('ENOENT')]);
  });

  it('is read again when it changes', async () => {
    await withOpenSshConfig(asked('plain'));
    await writeFile(configFile, 'Host plain\n  Port 2022\n');
    expect(await withOpenSshConfig(asked('plain'))).toMatchObject({ port: 2022 });
  });
});
