import { gunzipSync } from 'node:zlib';
import { Decrypter, generateIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageFile } from '../../src/store/age-file.ts';
import { sealed, unsealed } from '../../src/store/sealing.ts';
import { nativeX25519 } from '../../src/store/x25519-recipient.ts';

const identities = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
const recipients = await Promise.all(identities.map((one) => identityToRecipient(one)));

async function opened(file: Uint8Array, identity: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return await decrypter.decrypt(file);
}

test('the library opens what the platform sealed, whatever its length, with each of the identities', async () => {
  const chunk = 64 * 1024;
  const length = fc.oneof(fc.nat(300), fc.constantFrom(chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 7));
  await fc.assert(
    fc.asyncProperty(length, fc.nat(255), fc.constantFrom(...identities), async (bytes, value, identity) => {
      const content = Buffer.alloc(bytes, value);
      const file = await ageFile(
        content,
        recipients.map((one) => nativeX25519(one)!),
      );
      expect(Buffer.from(await opened(file, identity)).equals(content)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('a sealed text that was cut or changed anywhere does not open', async () => {
  const file = await sealed(Buffer.from('hostname r1\n'), recipients);
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(file);
      changed[at]! ^= flip;
      for (const damaged of [file.subarray(0, at), changed]) {
        await expect(unsealed(damaged, identities.slice(0, 1), 'x.age')).rejects.toMatchObject({
          code: expect.stringMatching(/^NW_SECRETS_(CORRUPT|LOCKED)$/) as string,
        });
      }
    }),
    { numRuns: 60 },
  );
});

test('recipients that only the library knows are sealed to beside ours', async () => {
  const hybrid = await generateIdentity();
  const file = await sealed(Buffer.from('hostname r1\n'), [recipients[0]!, await identityToRecipient(hybrid)]);
  for (const identity of [identities[0]!, hybrid]) {
    expect(gunzipSync(await opened(file, identity)).toString()).toBe('hostname r1\n');
  }
});
