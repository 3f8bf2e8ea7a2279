import { afterEach, describe, expect, it } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { Conversation, endpoint, eventually, memoryKnownHosts } from '../../transport/conversation.ts';
import { peer } from '../peers.ts';
import { keyLogin } from './key-login.ts';
import { startSshd } from './sshd.ts';
import { startTelnetd } from './telnetd.ts';

const telnetd = peer('telnetd');
const sshd = peer('sshd');

let dialer: SshDialer | undefined;
afterEach(async () => {
  await dialer?.[Symbol.asyncDispose]();
  dialer = undefined;
});

async function logIn(talk: Conversation): Promise<void> {
  await talk.until(/r1 login: $/);
  talk.channel.write('admin\n');
  await talk.until(/Password: $/);
  talk.channel.write('secret\n');
  await talk.until(/r1> $/);
}

describe.skipIf(telnetd.isMissing)('against inetutils telnetd', () => {
  it('logs in, is echoed, shows its terminal, carries odd bytes, and leaves', async () => {
    await using server = await startTelnetd();
    dialer = createDialer({ knownHosts: memoryKnownHosts() });
    const channel = await dialer.open(endpoint(server.port, { protocol: 'telnet' }), {
      terminal: { columns: 132, rows: 43 },
    });
    const talk = new Conversation(channel);
    await logIn(talk);
    expect(talk.text).toContain('r1 login: admin\r\n');
    expect(talk.text).not.toContain('secret');
    expect(talk.text).toMatch(/term vt100, size 43 132\r\n/i);
    channel.write('show version\n');
    await talk.until(/you said show version\r\nr1> $/);
    channel.write('bytes\n');
    await talk.until(/bytes\r\n\xff\xfe\r\n/);
    channel.write('exit\n');
    expect(await talk.ended).toBeUndefined();
    await eventually(() => dialer?.openSockets === 0);
  });

  it.skipIf(sshd.isMissing)('does the same behind an OpenSSH hop', async () => {
    await using server = await startTelnetd();
    await using hop = await startSshd();
    dialer = createDialer({ knownHosts: memoryKnownHosts(), hopIdleMs: 10 });
    const channel = await dialer.open(
      endpoint(server.port, { protocol: 'telnet', via: [keyLogin(hop, { name: 'bastion' })] }),
    );
    const talk = new Conversation(channel);
    await logIn(talk);
    channel.write('exit\n');
    expect(await talk.ended).toBeUndefined();
    await eventually(() => dialer?.openSockets === 0);
  });
});
