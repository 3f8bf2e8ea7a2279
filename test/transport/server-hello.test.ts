import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerHello } from '../../src/transport/server-hello.ts';

function kexInit(lists: readonly string[]): Buffer {
  const parts = lists.map((list) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(list.length);
    return Buffer.concat([length, Buffer.from(list)]);
  });
  const payload = Buffer.concat([Buffer.of(20), Buffer.alloc(16, 9), ...parts, Buffer.alloc(5)]);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(payload.length + 1 + 4);
  header[4] = 4;
  return Buffer.concat([header, payload, Buffer.alloc(4)]);
}

const lists = [
  'curve25519-sha256,x',
  'ssh-ed25519',
  'aes128-ctr',
  'aes256-ctr',
  'hmac-sha1',
  'hmac-md5',
  'none',
  'zlib',
  '',
  '',
];
const hello = Buffer.concat([Buffer.from('Unauthorised use is forbidden\r\nSSH-2.0-Cisco-1.25\r\n'), kexInit(lists)]);

describe('the server hello', () => {
  it('reads identification, preamble and lists, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), (cuts) => {
        const heard = new ServerHello();
        let at = 0;
        for (const size of [...cuts, hello.length]) {
          heard.feed(hello.subarray(at, at + size));
          at += size;
        }
        expect(heard).toMatchObject({
          identification: 'SSH-2.0-Cisco-1.25',
          preamble: 'Unauthorised use is forbidden\r\n',
          isComplete: true,
          lists: {
            kex: ['curve25519-sha256', 'x'],
            serverHostKey: ['ssh-ed25519'],
            cipherToServer: ['aes128-ctr'],
            cipherToClient: ['aes256-ctr'],
            macToServer: ['hmac-sha1'],
            macToClient: ['hmac-md5'],
            compressionToServer: ['none'],
            compressionToClient: ['zlib'],
          },
        });
      }),
    );
  });

  it('neither throws nor keeps more than a little of noise', () => {
    fc.assert(
      fc.property(fc.nat(hello.length), fc.uint8Array({ maxLength: 200 }), (cut, noise) => {
        const heard = new ServerHello();
        heard.feed(hello.subarray(0, cut));
        heard.feed(Buffer.from(noise));
        heard.feed(hello.subarray(cut));
      }),
    );
    const heard = new ServerHello();
    for (let index = 0; index < 100; index += 1) heard.feed(Buffer.alloc(10_000, 'x'));
    expect(heard.isComplete).toBe(true);
    expect(heard.raw.length).toBeLessThan(80_000);
  });
});
