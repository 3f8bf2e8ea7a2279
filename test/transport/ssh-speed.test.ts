import { KeyObject } from 'node:crypto';
import { connect } from 'node:net';
import type { Writable } from 'node:stream';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { GcmReader, GcmWriter } from '../../src/transport/gcm-packets.ts';
import { protocolOf, type SshProtocol } from '../../src/transport/ssh-internals.ts';
import { prepareCiphers, writeInOnePiece } from '../../src/transport/ssh-speed.ts';
import { echoShell, startSshServer } from './ssh-server.ts';

const ciphers = ['aes128-gcm@openssh.com', 'aes128-ctr', 'chacha20-poly1305@openssh.com'] as const;

describe.each(ciphers)('a session with %s', (cipher) => {
  it('writes once a turn, and gives the ciphers key objects', async () => {
    await using server = await startSshServer({
      onSession: echoShell,
      config: { algorithms: { cipher: [cipher] } },
    });
    const socket = connect({ port: server.port, host: '127.0.0.1' });
    // What reaches the system, as the socket hands it on: alone or as one list.
    let calls = 0;
    const inner = socket as unknown as Record<'_write' | '_writev', (...args: unknown[]) => void>;
    for (const name of ['_write', '_writev'] as const) {
      const write = inner[name].bind(socket);
      inner[name] = (...args) => {
        calls += 1;
        write(...args);
      };
    }
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const client = new ssh2.Client();
    const failed = new Promise<never>((_, reject) => client.once('error', reject));
    client.connect({ sock: socket as Writable as never, username: 'admin', password: 'secret', readyTimeout: 0 });
    const protocol: SshProtocol = protocolOf(client);
    writeInOnePiece(protocol, socket);
    prepareCiphers(protocol);
    await Promise.race([new Promise<void>((resolve) => client.once('ready', resolve)), failed]);

    if (cipher === 'aes128-gcm@openssh.com') {
      expect(protocol._decipher).toBeInstanceOf(GcmReader);
      expect(protocol._cipher).toBeInstanceOf(GcmWriter);
    }
    const keys = [protocol._cipher, protocol._decipher].flatMap((one) =>
      Object.entries(one ?? {}).filter(([name]) => /Key/.test(name)),
    );
    expect(keys.length > 0).toBe(cipher !== 'aes128-gcm@openssh.com');
    for (const [name, key] of keys) expect(key, name).toBeInstanceOf(KeyObject);

    // Keys are exchanged anew: ssh2 puts another handler under the reader for that time, and another reader after it.
    const firstReader = protocol._decipher;
    const again = new Promise<void>((resolve) => client.once('handshake', () => resolve()));
    (protocol as SshProtocol & { rekey(): void }).rekey();
    await Promise.race([again, failed]);
    expect(protocol._decipher).not.toBe(firstReader);
    expect(protocol._decipher?.constructor).toBe(firstReader?.constructor);
    const ran = new Promise<string>((resolve, reject) => {
      client.exec('after', (error, channel) => {
        if (error) reject(error);
        else channel.on('data', (chunk: Buffer) => resolve(chunk.toString()));
      });
    });
    expect(await Promise.race([ran, failed])).toBe('ran after');
    await new Promise((resolve) => setTimeout(resolve, 20));

    const before = calls;
    for (let ping = 0; ping < 5; ping += 1) (protocol as SshProtocol & { ping(): void }).ping();
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls - before).toBe(1);

    // The goodbye that is written in the turn of the end is not left behind.
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.end();
    await Promise.race([closed, failed]);
    expect(calls - before).toBe(2);
  });
});
