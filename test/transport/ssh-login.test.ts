import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ssh2, { type AuthContext, type KeyboardAuthContext } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { loadIdentity } from '../../src/transport/private-key.ts';
import { SshLogin } from '../../src/transport/ssh-login.ts';
import { endpoint, eventually, failureOf } from './conversation.ts';
import { dialing } from './dial.ts';
import { echoShell, startSshServer } from './ssh-server.ts';

const { dial, dialed } = dialing();

/** Notes the methods that a client tries. */
function recorder(decide: (context: AuthContext) => void): {
  tried: string[];
  authenticate: (context: AuthContext) => void;
} {
  const tried: string[] = [];
  return {
    tried,
    authenticate(context) {
      tried.push(context.method);
      decide(context);
    },
  };
}

function questions(
  context: AuthContext,
  prompts: { prompt: string; echo: boolean }[],
  then: (answers: string[]) => void,
): void {
  (context as KeyboardAuthContext).prompt(prompts, (answers) => then(answers as unknown as string[]));
}

describe('the SSH login', () => {
  it('sends the password unasked, without a probe', async () => {
    const { tried, authenticate } = recorder((context) => context.accept());
    await using server = await startSshServer({ authenticate, onSession: echoShell });
    await (await dial().open(endpoint(server.port))).close();
    expect(tried).toEqual(['password']);
  });

  it('names what it tried and what the server offers, and tries a wrong password once', async () => {
    const { tried, authenticate } = recorder((context) => context.reject(['password', 'keyboard-interactive']));
    await using server = await startSshServer({ authenticate });
    const login = { user: 'admin', password: new Secret('hunter2') };
    const failure = await failureOf(dial().open(endpoint(server.port, { login })));
    expect(failure.code).toBe('NW_AUTH_FAILED');
    expect(failure.message).toContain(
      'user "admin" refused; tried password; the server offers password, keyboard-interactive',
    );
    expect(failure.details).toMatchObject({ tried: ['password'], offered: ['password', 'keyboard-interactive'] });
    expect(JSON.stringify(failure) + failure.message + String(failure.stack)).not.toContain('hunter2');
    expect(tried).toEqual(['password']);
  });

  it('answers questions where the server takes only those', async () => {
    const asked: string[][] = [];
    const { tried, authenticate } = recorder((context) => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive']);
        return;
      }
      const prompts = [
        { prompt: 'Username: ', echo: true },
        { prompt: 'Password: ', echo: false },
        { prompt: 'Do you accept and acknowledge the statement above ? (yes/no) : ', echo: true },
      ];
      questions(context, prompts, (answers) => {
        asked.push(answers);
        context.accept();
      });
    });
    await using server = await startSshServer({ authenticate, onSession: echoShell });
    await (await dial().open(endpoint(server.port))).close();
    expect(asked).toEqual([['admin', 'secret', 'yes']]);
    expect(tried).toEqual(['password', 'keyboard-interactive']);
  });

  it('goes on after a partial success', async () => {
    const { tried, authenticate } = recorder((context) => {
      if (context.method === 'password') context.reject(['password', 'keyboard-interactive'], true);
      else questions(context, [{ prompt: 'Passcode:', echo: false }], () => context.accept());
    });
    await using server = await startSshServer({ authenticate, onSession: echoShell });
    await (await dial().open(endpoint(server.port))).close();
    expect(tried).toEqual(['password', 'keyboard-interactive']);
  });

  it('cuts off a server that never stops asking', async () => {
    let rounds = 0;
    const ask = (context: AuthContext): void => {
      rounds += 1;
      questions(context, [{ prompt: 'Password:', echo: false }], () => ask(context));
    };
    const authenticate = (context: AuthContext): void =>
      context.method === 'keyboard-interactive' ? ask(context) : context.reject(['keyboard-interactive']);
    await using server = await startSshServer({ authenticate });
    expect(await failureOf(dial().open(endpoint(server.port)))).toMatchObject({
      code: 'NW_AUTH_FAILED',
      message: expect.stringContaining('10 rounds') as string,
    });
    expect(rounds).toBe(11);
  });

  it('gives up a server that does not answer', async () => {
    await using server = await startSshServer({ authenticate: () => {} });
    const failure = await failureOf(dial().open(endpoint(server.port, { authTimeoutMs: 100 })));
    expect(failure).toMatchObject({ code: 'NW_AUTH_TIMEOUT' });
    await eventually(() => dialed().openSockets === 0 && server.openConnections === 0);
  });

  it('gives up a server that lets in and starts no shell', async () => {
    await using server = await startSshServer({ onSession: (session) => session.on('shell', () => {}) });
    expect(await failureOf(dial().open(endpoint(server.port, { authTimeoutMs: 100 })))).toMatchObject({
      code: 'NW_AUTH_TIMEOUT',
    });
  });

  it('takes the end of the connection after a refusal for a refusal', async () => {
    await using server = await startSshServer({
      onClient: (client) =>
        client.on('authentication', (context) => {
          if (context.method === 'none') context.accept();
          else {
            context.reject(['password']);
            client.end();
          }
        }),
      authenticate: () => {},
    });
    expect(await failureOf(dial().open(endpoint(server.port)))).toMatchObject({ code: 'NW_AUTH_FAILED' });
  });

  it.each([
    [2, 'Too many authentication failures'],
    [14, ''],
  ])('takes a disconnect (%i) during the login for a refusal, which is not tried again', async (reason, words) => {
    await using server = await startSshServer({
      onClient: (client) =>
        client.on('authentication', () => {
          // ssh2 declares no types of what is inside; its own way to disconnect gives no text.
          const { _protocol: protocol } = client as unknown as {
            readonly _protocol: {
              readonly _packetRW: {
                readonly write: { readonly allocStart: number; finalize(packet: Buffer): Buffer } & {
                  alloc(bytes: number): Buffer;
                };
              };
              readonly _cipher: { encrypt(packet: Buffer): void };
            };
          };
          const { write } = protocol._packetRW;
          const at = write.allocStart;
          const packet = write.alloc(1 + 4 + 4 + words.length + 4);
          packet[at] = 1;
          packet.writeUInt32BE(reason, at + 1);
          packet.writeUInt32BE(words.length, at + 5);
          packet.write(words, at + 9);
          packet.writeUInt32BE(0, at + 9 + words.length);
          protocol._cipher.encrypt(write.finalize(packet));
        }),
      authenticate: () => {},
    });
    const failure = await failureOf(dial().open(endpoint(server.port)));
    expect(failure).toMatchObject({ code: 'NW_AUTH_FAILED', retryable: false });
    expect(failure.message).toContain(`tried password; the server said: ${words}`);
  });

  it('leaves the login to the shell where SSH lets everybody in', async () => {
    const { tried, authenticate } = recorder((context) =>
      context.method === 'none' ? context.accept() : context.reject(['publickey']),
    );
    await using server = await startSshServer({ authenticate, onSession: echoShell });
    const channel = await dial().open(endpoint(server.port));
    expect(channel.isLoggedIn).toBe(false);
    expect(tried).toEqual(['password', 'none']);
    await channel.close();
    const other = await dialed().open(endpoint(server.port, { login: { user: 'admin' } }));
    expect(other.isLoggedIn).toBe(false);
    expect(tried.slice(2)).toEqual(['none']);
    await other.close();
  });

  it('answers no question for a new password: the old one has expired', async () => {
    const asked: string[][] = [];
    const authenticate = (context: AuthContext): void => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive']);
        return;
      }
      questions(context, [{ prompt: 'Current password: ', echo: false }], (answers) => {
        asked.push(answers);
        const change = [
          { prompt: 'New password: ', echo: false },
          { prompt: 'Retype new password: ', echo: false },
        ];
        questions(context, change, (more) => {
          asked.push(more);
          context.accept();
        });
      });
    };
    await using server = await startSshServer({ authenticate, onSession: echoShell });
    const failure = await failureOf(dial().open(endpoint(server.port)));
    expect(failure).toMatchObject({
      code: 'NW_AUTH_FAILED',
      message: expect.stringContaining('the password of "admin" has expired') as string,
    });
    expect(asked).toEqual([['secret']]);
  });

  it.each([
    ['Your password has expired. Change now? [yes/no] ', undefined],
    ['Enter new PIN: ', undefined],
    ['(noc) Re-enter password: ', undefined],
    ['The password should be changed. Change now? [Y/N]: ', 'no'],
    ['Do you accept the password policy (yes/no)? ', 'yes'],
    ['admin@new-york-r1 password: ', 'secret'],
    ['Password for newton@router: ', 'secret'],
    ['Verification code: ', 'secret'],
  ])('answers "%s" with %s', async (prompt, answer) => {
    const login = new SshLogin(endpoint(22).login, undefined, undefined);
    const ask = (): string[] => login.answer([{ prompt, echo: false }]);
    if (answer === undefined) expect(ask).toThrow(/has expired/);
    else expect(ask()).toEqual([answer]);
  });

  it('ends its connection to an agent that hangs, and says that it hangs', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'netwright-agent-')), 'socket');
    const connections: net.Socket[] = [];
    const agent = net.createServer((socket) => void connections.push(socket.resume()));
    await new Promise<void>((resolve) => agent.listen(path, resolve));
    try {
      await using server = await startSshServer();
      dial({ agentSocket: path });
      const login = { user: 'admin', agent: true };
      expect(await failureOf(dialed().open(endpoint(server.port, { login, authTimeoutMs: 150 })))).toMatchObject({
        code: 'NW_AUTH_TIMEOUT',
        message: expect.stringContaining(`the ssh-agent at ${path} has not answered`) as string,
      });
      expect(connections).toHaveLength(1);
      await eventually(() => connections[0]!.destroyed);
    } finally {
      for (const socket of connections) socket.destroy();
      agent.close();
      await rm(dirname(path), { recursive: true });
    }
  });

  it('says when there is no agent', async () => {
    await using server = await startSshServer({ authenticate: (context) => context.reject(['publickey']) });
    dial({ agentSocket: '/nonexistent/agent' });
    const login = { user: 'admin', agent: true };
    expect(await failureOf(dialed().open(endpoint(server.port, { login })))).toMatchObject({
      code: 'NW_AUTH_FAILED',
      message: expect.stringMatching(
        /tried agent; the server offers publickey; ssh-agent: Failed to connect to agent|ssh-agent: Failed/,
      ) as string,
    });
  });
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ed25519 = generateKeyPairSync('ed25519');
const openssh = ssh2.utils.generateKeyPairSync('ed25519', {
  passphrase: 'open sesame',
  cipher: 'aes256-ctr',
  rounds: 32,
});
const pem = (key: { export(options: { format: 'pem'; type: 'pkcs8' }): string | Buffer }): string =>
  key.export({ format: 'pem', type: 'pkcs8' }).toString();
const keys: [string, string, string | undefined, string][] = [
  ['RSA in PKCS #1', rsa.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(), undefined, 'ssh-rsa'],
  ['RSA in PKCS #8', pem(rsa.privateKey), undefined, 'ssh-rsa'],
  [
    'ECDSA in SEC 1',
    ec.privateKey.export({ format: 'pem', type: 'sec1' }).toString(),
    undefined,
    'ecdsa-sha2-nistp384',
  ],
  [
    'ECDSA in encrypted PKCS #8',
    ec.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'words' }).toString(),
    'words',
    'ecdsa-sha2-nistp384',
  ],
  ['Ed25519 in PKCS #8', pem(ed25519.privateKey), undefined, 'ssh-ed25519'],
  ["Ed25519 in OpenSSH's format, encrypted", openssh.private, 'open sesame', 'ssh-ed25519'],
];

describe('private keys', () => {
  it.each(keys)('logs in with %s, signed before the server asks', async (_kind, privateKey, passphrase, type) => {
    let verified = 0;
    const { tried, authenticate } = recorder((context) => {
      if (context.method !== 'publickey' || !context.signature) {
        context.reject(['publickey']);
        return;
      }
      const key = ssh2.utils.parseKey(`${type} ${context.key.data.toString('base64')}`);
      if (key instanceof Error || Array.isArray(key)) throw new Error('unreadable key');
      if (key.verify(context.blob!, context.signature, context.hashAlgo) === true) {
        verified += 1;
        context.accept();
      } else context.reject();
    });
    await using server = await startSshServer({ authenticate, onSession: echoShell });
    const login = {
      user: 'admin',
      privateKey: new Secret(privateKey),
      ...(passphrase === undefined ? {} : { passphrase: new Secret(passphrase) }),
    };
    await (await dial().open(endpoint(server.port, { login }))).close();
    expect(verified).toBe(1);
    expect(tried).toEqual(['publickey']);
  });

  it('names what is wrong with a key', async () => {
    const load = (text: string, passphrase?: string): Promise<unknown> =>
      loadIdentity(new Secret(text), passphrase === undefined ? undefined : new Secret(passphrase), 'r1');
    const encrypted = keys[3]![1];
    expect((await failureOf(load('not a key'))).message).toMatch(
      /r1: the private key .* cannot be read: it is no private key/,
    );
    expect((await failureOf(load(openssh.private))).message).toContain('protected by a passphrase');
    expect((await failureOf(load(openssh.private, 'wrong'))).message).toContain('the passphrase does not fit');
    expect((await failureOf(load(encrypted))).message).toContain('protected by a passphrase');
    expect((await failureOf(load(encrypted, 'wrong'))).message).toContain('the passphrase does not fit');
    expect((await failureOf(load(openssh.private.slice(0, 150)))).code).toBe('NW_AUTH_FAILED');
    const strange = generateKeyPairSync('x25519').privateKey;
    expect((await failureOf(load(pem(strange)))).message).toContain('not for SSH');
    expect((await failureOf(load('not a key'))).message).not.toContain('not a key"');
  });

  it('are unlocked no further when nobody waits for them any more', async () => {
    const [head, ...rest] = openssh.private.trim().split('\n');
    const foot = rest.pop()!;
    const blob = Buffer.from(rest.join(''), 'base64');
    // `openssh-key-v1`, cipher, derivation, then its options: a salt of 16 bytes and the rounds.
    const roundsAt = blob.indexOf('bcrypt') + 'bcrypt'.length + 4 + 4 + 16;
    expect(blob.readUInt32BE(roundsAt)).toBe(32);
    blob.writeUInt32BE(1_000_000, roundsAt);
    const endless = new Secret([head, blob.toString('base64'), foot].join('\n'));
    const workers = (): number => process.getActiveResourcesInfo().filter((one) => one === 'MessagePort').length;
    const before = workers();
    const [one, other] = [new AbortController(), new AbortController()];
    const load = (signal: AbortSignal) => failureOf(loadIdentity(endless, new Secret('open sesame'), 'r1', signal));
    const loads = [load(one.signal), load(other.signal)];
    expect(workers()).toBe(before + 1);
    one.abort();
    expect(await loads[0]).toMatchObject({ code: 'NW_CANCELLED' });
    expect(workers()).toBe(before + 1);
    other.abort();
    expect(await loads[1]).toMatchObject({ code: 'NW_CANCELLED' });
    await eventually(() => workers() === before);
  });

  it('says that a passphrase does not fit also when what it gives looks decrypted', async () => {
    const key = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'right' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey;
    const isPaddedRight = (passphrase: string): boolean => {
      try {
        return createPrivateKey({ key, passphrase }).type !== 'private';
      } catch (error) {
        return !/bad decrypt/.test(String(error));
      }
    };
    let tried = 0;
    while (!isPaddedRight(`wrong ${tried}`) && tried < 20_000) tried += 1;
    const loaded = loadIdentity(new Secret(key), new Secret(`wrong ${tried}`), 'r1');
    expect((await failureOf(loaded)).message).toContain('the passphrase does not fit');
  });

  it('fails the login without a connection left when the key is unreadable', async () => {
    await using server = await startSshServer();
    const login = {
      user: 'admin',
      privateKey: new Secret('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'),
    };
    expect(await failureOf(dial().open(endpoint(server.port, { login })))).toMatchObject({ code: 'NW_AUTH_FAILED' });
    await eventually(() => dialed().openSockets === 0);
  });
});
