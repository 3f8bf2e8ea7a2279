import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { algorithmGaps, algorithmOffer } from '../../src/transport/ssh-algorithms.ts';
import { protocolOf } from '../../src/transport/ssh-internals.ts';

const { constants, version } = ((require: NodeJS.Require) => ({
  constants: require('ssh2/lib/protocol/constants.js') as Record<string, string[]>,
  version: (require('ssh2/package.json') as { version: string }).version,
}))(createRequire(import.meta.url));

describe('ssh2 inside', () => {
  it('has the parts that we lean on', () => {
    expect(version).toMatch(/^1\.17\./);
    const client = new ssh2.Client();
    const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    client.on('error', () => {});
    client.connect({ sock: stream, username: 'x', readyTimeout: 0 });
    const protocol = protocolOf(client);
    for (const method of ['parse', 'service', 'authPK', 'session', 'pty', 'shell'] as const)
      expect(protocol[method], method).toBeTypeOf('function');
    for (const message of [
      'SERVICE_ACCEPT',
      'USERAUTH_FAILURE',
      'GLOBAL_REQUEST',
      'DISCONNECT',
      'CHANNEL_OPEN_CONFIRMATION',
      'CHANNEL_DATA',
      'CHANNEL_EXTENDED_DATA',
      'CHANNEL_EOF',
      'CHANNEL_CLOSE',
    ])
      expect(protocol._handlers[message], message).toBeTypeOf('function');
    expect('_kex' in protocol).toBe(true);
    expect('_kexinit' in protocol).toBe(true);
    for (const part of ['alloc', 'finalize'] as const)
      expect(protocol._packetRW.write[part], part).toBeTypeOf('function');
    expect(protocol._cipher && 'encrypt' in protocol._cipher).toBe(true);
    // ssh2 declares no types of what is inside.
    const { _chanMgr: channels, _resetKA: countAnew } = client as unknown as {
      _chanMgr: { add: unknown; get: unknown };
      _resetKA: unknown;
    };
    for (const part of [channels.add, channels.get, countAnew]) expect(part).toBeTypeOf('function');
    stream.destroy();
  });

  it('supports every algorithm that we offer', () => {
    for (const policy of ['modern', 'legacy'] as const) {
      const offer = algorithmOffer(policy, []);
      const lists = [
        [offer.kex, constants['SUPPORTED_KEX']],
        [offer.serverHostKey, constants['SUPPORTED_SERVER_HOST_KEY']],
        [offer.cipher, constants['SUPPORTED_CIPHER']],
        [offer.hmac, constants['SUPPORTED_MAC']],
      ] as const;
      for (const [ours, theirs] of lists)
        expect(
          ours.filter((name) => !theirs!.includes(name)),
          policy,
        ).toEqual([]);
      expect(offer.kex.findIndex((name) => name.includes('group-exchange'))).toBeGreaterThan(
        offer.kex.findLastIndex((name) => !name.includes('group-exchange')),
      );
    }
    const modern = algorithmOffer('modern', []);
    for (const weak of [
      'diffie-hellman-group1-sha1',
      'diffie-hellman-group14-sha1',
      'ssh-rsa',
      'ssh-dss',
      'aes128-cbc',
      '3des-cbc',
      'hmac-sha1',
    ])
      expect([modern.kex, modern.serverHostKey, modern.cipher, modern.hmac].flat()).not.toContain(weak);
    for (const old of [
      'diffie-hellman-group1-sha1',
      'ssh-rsa',
      'ssh-dss',
      '3des-cbc',
      'aes128-cbc',
      'hmac-sha1',
      'hmac-md5',
    ]) {
      const legacy = algorithmOffer('legacy', []);
      expect([legacy.kex, legacy.serverHostKey, legacy.cipher, legacy.hmac].flat()).toContain(old);
    }
  });

  it('asks for known kinds of keys first, RSA in its stronger signatures', () => {
    const known = [
      { type: 'ssh-rsa', key: 'x' },
      { type: 'ssh-ed25519', key: 'y', marker: 'revoked' as const },
    ];
    expect(algorithmOffer('modern', known).serverHostKey.slice(0, 3)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
    ]);
    expect(algorithmOffer('legacy', known).serverHostKey.slice(0, 3)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
    ]);
  });

  it('names each gap once', () => {
    const offer = algorithmOffer('modern', []);
    const old = {
      kex: ['diffie-hellman-group1-sha1'],
      serverHostKey: ['ssh-ed25519'],
      cipherToServer: ['3des-cbc'],
      cipherToClient: ['3des-cbc'],
      macToServer: ['hmac-sha2-256'],
      macToClient: ['hmac-md5'],
      compressionToServer: ['none'],
      compressionToClient: ['none'],
    };
    expect(algorithmGaps(offer, old).map((gap) => gap.what)).toEqual(['key exchange', 'cipher', 'MAC']);
  });
});
