import { createDiffieHellman, createDiffieHellmanGroup } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { StallProbe } from '../../stall-probe.ts';
import { Conversation, eventually, failureOf, memoryKnownHosts } from '../../transport/conversation.ts';
import { peer } from '../peers.ts';
import { keyLogin } from './key-login.ts';
import { startSshd } from './sshd.ts';

const sshd = peer('sshd');
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const everything = ['HostKeyAlgorithms +ssh-rsa', 'PubkeyAcceptedAlgorithms +ssh-rsa'];

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

describe.skipIf(sshd.isMissing)('against OpenSSH', () => {
  it('logs in with a key, talks in a shell, runs a command and moves files', async () => {
    await using server = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const channel = await dialer.open(keyLogin(server));
    const talk = new Conversation(channel);
    channel.write('echo $((6*7))-answer; stty size; echo $TERM\n');
    await talk.until(/42-answer/);
    await talk.until(/1000 511\r\nvt100/);
    channel.resize?.(132, 43);
    channel.write('stty size\n');
    await talk.until(/43 132\r\n/);
    const result = await channel.exec('printf out; printf err >&2; exit 3');
    expect(result).toMatchObject({ exitCode: 3 });
    expect(result.stdout.toString()).toBe('out');
    expect(result.stderr.toString()).toBe('err');
    const content = Buffer.alloc(300_000, 'configuration\n');
    await channel.putFile(`${server.folder}/file`, content);
    expect(await channel.getFile(`${server.folder}/file`)).toEqual(content);
    expect(await failureOf(channel.getFile(`${server.folder}/none`))).toMatchObject({ code: 'NW_FILE_TRANSFER' });
    channel.write('exit\n');
    expect(await talk.ended).toBeUndefined();
    await eventually(() => dialer!.openSockets === 0);
  });

  /**
   * What ssh2 does by itself in a group exchange: a primality test of the server's prime, 200 ms of CPU for the least
   * of 2048 bits, seconds for those that OpenSSH prefers. A stall that matters is half of the least.
   */
  async function stallBudgetMs(): Promise<number> {
    using probe = new StallProbe();
    await pause();
    const prime = createDiffieHellmanGroup('modp14').getPrime();
    probe.reset();
    createDiffieHellman(prime, Buffer.of(2));
    await pause();
    return probe.worstMs / 2;
  }

  it('would notice a stall', async () => {
    expect(await stallBudgetMs()).toBeGreaterThan(10);
  });

  it.each([
    ['diffie-hellman-group-exchange-sha256'],
    ['diffie-hellman-group18-sha512'],
    ['diffie-hellman-group16-sha512'],
    ['diffie-hellman-group14-sha256'],
    ['curve25519-sha256'],
    ['ecdh-sha2-nistp521'],
  ])(
    'never stops the event loop with %s alone',
    async (kex) => {
      await using server = await startSshd({ config: [`KexAlgorithms ${kex}`] });
      dialer = createDialer({ knownHosts: memoryKnownHosts() });
      using probe = new StallProbe();
      // The first login also loads code; the budget is for those of a running program.
      await (await dialer.open(keyLogin(server))).close();
      // A trap is in every round; the odd collection of garbage is not.
      let leastMs = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 3; round += 1) {
        await pause();
        probe.reset();
        const channel = await dialer.open(keyLogin(server));
        await pause();
        leastMs = Math.min(leastMs, probe.worstMs);
        await channel.close();
      }
      expect(leastMs, `stall with ${kex}`).toBeLessThan(await stallBudgetMs());
      expect(server.log()).toContain(`kex: algorithm: ${kex}`);
    },
    60_000,
  );

  it.each(['chacha20-poly1305@openssh.com', 'aes256-gcm@openssh.com', 'aes192-ctr'])(
    'moves a megabyte under %s alone',
    async (cipher) => {
      await using server = await startSshd({ config: [`Ciphers ${cipher}`] });
      dialer = createDialer({ knownHosts: memoryKnownHosts() });
      const channel = await dialer.open(keyLogin(server));
      const { stdout } = await channel.exec('head -c 1000000 /dev/zero | tr "\\0" x');
      expect(stdout.length).toBe(1_000_000);
      await channel.close();
    },
  );

  it.each(['diffie-hellman-group-exchange-sha256', 'curve25519-sha256'])(
    'loses no byte when the keys are exchanged anew in the middle, with %s and others beside',
    async (kex) => {
      await using server = await startSshd({ config: ['RekeyLimit 300K', `KexAlgorithms ${kex}`] });
      const opened = createDialer({ knownHosts: memoryKnownHosts() });
      dialer = opened;
      const expected = Array.from({ length: 300_000 }, (_, at) => `${at + 1}\n`).join('');
      const talks = Array.from({ length: 3 }, async () => {
        const channel = await opened.open(keyLogin(server));
        const [{ stdout }] = await Promise.all([
          channel.exec('seq 300000'),
          channel.putFile(`${server.folder}/upload`, Buffer.from(expected)),
        ]);
        await channel.close();
        return stdout;
      });
      for (const talk of talks) expect((await talk).toString() === expected).toBe(true);
      expect(server.log().match(/SSH2_MSG_NEWKEYS sent/g)!.length).toBeGreaterThan(3 * 5);
    },
    60_000,
  );

  it('learns that a server needs old algorithms, and names both lists where it may not use them', async () => {
    await using server = await startSshd({
      hostKeyTypes: ['rsa'],
      config: [
        'KexAlgorithms diffie-hellman-group1-sha1,diffie-hellman-group14-sha1',
        'Ciphers 3des-cbc,aes128-cbc',
        'MACs hmac-sha1',
        'HostKeyAlgorithms ssh-rsa',
        'PubkeyAcceptedAlgorithms +ssh-rsa',
      ],
    });
    const remembered: string[] = [];
    dialer = createDialer({
      knownHosts: memoryKnownHosts(),
      algorithmMemory: {
        needsLegacy: (host) => remembered.includes(host),
        remember: (host) => void remembered.push(host),
      },
    });
    const refusal = await failureOf(dialer.open(keyLogin(server, { ssh: { algorithms: 'modern' } })));
    expect(refusal.code).toBe('NW_SSH_NO_COMMON_ALGORITHM');
    expect(refusal.message).toMatch(
      /key exchange: we offer curve25519-sha256, .*; it offers diffie-hellman-group1-sha1, diffie-hellman-group14-sha1/,
    );
    expect(refusal.message).toMatch(/host key: we offer ssh-ed25519, .*; it offers ssh-rsa/);
    expect(refusal.message).toMatch(/cipher: we offer aes128-gcm@openssh.com, .*; it offers 3des-cbc, aes128-cbc/);
    expect(refusal.message).toMatch(/MAC: we offer hmac-sha2-256-etm@openssh.com, .*; it offers hmac-sha1/);

    const first = await dialer.open(keyLogin(server));
    await first.close();
    expect(remembered).toEqual([`[127.0.0.1]:${server.port}`]);
    const connections = (): number => server.log().match(/Connection from /g)?.length ?? 0;
    const before = connections();
    const second = await dialer.open(keyLogin(server));
    expect((await second.exec('echo old')).stdout.toString()).toBe('old\n');
    await second.close();
    expect(connections() - before).toBe(1);
  });

  it('asks for the kind of host key that it knows, so that a server with several is not taken for another', async () => {
    await using server = await startSshd({ hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'], config: everything });
    const knownHosts = memoryKnownHosts();
    const [, , rsa] = server.hostKeys;
    const [type, key] = rsa!.split(' ');
    await knownHosts.add(`[127.0.0.1]:${server.port}`, { type: type!, key: key! });
    dialer = createDialer({ knownHosts });
    const channel = await dialer.open(keyLogin(server, { ssh: { hostKeys: 'strict' } }));
    await channel.close();
  });
});
