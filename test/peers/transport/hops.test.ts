import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { Conversation, endpoint, eventually, failureOf, memoryKnownHosts } from '../../transport/conversation.ts';
import { closedPort } from '../../transport/tcp-server.ts';
import { peer } from '../peers.ts';
import { keyLogin } from './key-login.ts';
import { type Sshd, startSshd } from './sshd.ts';

const sshd = peer('sshd');

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

const logins = (server: Sshd): number => server.log().match(/Accepted publickey/g)?.length ?? 0;

describe.skipIf(sshd.isMissing)('hops of OpenSSH', () => {
  it('make a chain of three, used by ten devices at once over one connection each', async () => {
    await using one = await startSshd();
    await using two = await startSshd();
    await using three = await startSshd();
    await using target = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs: 100 });
    const via = [one, two, three].map((hop, index) => keyLogin(hop, { name: `hop${index + 1}` }));
    const channels = await Promise.all(Array.from({ length: 10 }, () => dialer!.open(keyLogin(target, { via }))));
    expect([one, two, three].map(logins)).toEqual([1, 1, 1]);
    expect(logins(target)).toBe(10);
    expect(dialer.openSockets).toBe(1);
    const talks = channels.map((channel) => new Conversation(channel));
    await Promise.all(
      talks.map(async (talk, index) => {
        talk.channel.write(`head -c 300000 /dev/zero | tr "\\\\0" x; echo; echo done-$((${index}+1))\n`);
        await talk.until(new RegExp(`\ndone-${index + 1}\r`), 20_000);
        expect(talk.bytes).toBeGreaterThan(300_000);
        talk.channel.write('exit\n');
        expect(await talk.ended).toBeUndefined();
      }),
    );
    await eventually(() => dialer?.openSockets === 0);
  }, 60_000);

  it('do not make each answer wait 40 ms for an acknowledgement', async () => {
    await using hop = await startSshd();
    await using target = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs: 100 });
    const talk = new Conversation(await dialer.open(keyLogin(target, { via: [keyLogin(hop)] })));
    talk.channel.write('PS1=; stty -echo; echo ready-$((1+1))\n');
    await talk.until(/ready-2\r\n/);
    const tookMs: number[] = [];
    for (let nth = 0; nth < 15; nth += 1) {
      const startedAt = performance.now();
      talk.channel.write(`echo one; sleep 0.002; echo two-$((${nth}+100))\n`);
      await talk.until(new RegExp(`two-${nth + 100}\r\n`));
      tookMs.push(performance.now() - startedAt);
    }
    // The quickest third: the machine may have other things to do.
    expect(tookMs.sort((one, other) => one - other)[4]).toBeLessThan(25);
    talk.channel.destroy();
  }, 60_000);

  it('are named when they refuse to forward, and the target when it is down', async () => {
    await using strict = await startSshd({ config: ['AllowTcpForwarding no'] });
    await using open = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs: 10 });
    const refused = await failureOf(dialer.open(endpoint(22, { via: [keyLogin(strict, { name: 'strict' })] })));
    expect(refused).toMatchObject({ code: 'NW_JUMP_FAILED', retryable: false });
    expect(refused.message).toMatch(/hop strict .*does not forward connections/);
    const down = await failureOf(
      dialer.open(endpoint(await closedPort(), { via: [keyLogin(open, { name: 'open' })] })),
    );
    expect(down).toMatchObject({ code: 'NW_CONNECT_REFUSED' });
    expect(down.message).toMatch(/r1 .*: hop open .* could not connect to it: Connection refused/);
  });

  it('that are killed end the sessions over them at once', async () => {
    await using hop = await startSshd();
    await using target = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const talk = new Conversation(await dialer.open(keyLogin(target, { via: [keyLogin(hop, { name: 'hop' })] })));
    talk.channel.write('echo $((40+2))\n');
    await talk.until(/\r42\r/);
    // At once: long before keepalives, which would take 45 seconds, and the limit of this test.
    await hop.kill();
    expect(await talk.ended).toMatchObject({ code: 'NW_CONNECTION_LOST' });
    expect(dialer.openSockets).toBe(0);
  });
});
