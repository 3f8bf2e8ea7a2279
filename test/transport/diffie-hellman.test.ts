import { createDiffieHellmanGroup } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { groupExchangeSide } from '../../src/transport/diffie-hellman.ts';
import { leastCpuMs } from '../cpu-time.ts';

const generator = Buffer.of(2);

describe('our side of a group exchange', () => {
  it.each(['modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18'])(
    'agrees with OpenSSL on a secret over %s',
    (group) => {
      const prime = createDiffieHellmanGroup(group).getPrime();
      for (let round = 0; round < 5; round += 1) {
        const other = createDiffieHellmanGroup(group);
        other.generateKeys();
        // With a leading zero, as an mpint on the wire has it.
        const side = groupExchangeSide(Buffer.concat([Buffer.of(0), prime]), generator, 1024);
        const ours = side.computeSecret(other.getPublicKey());
        const theirs = other.computeSecret(side.generateKeys());
        const bare = (secret: Buffer): string => secret.toString('hex').replace(/^0+/, '');
        expect(bare(ours)).toBe(bare(theirs));
        expect(side.getPrime()).toEqual(prime);
        expect(side.getGenerator()).toEqual(generator);
      }
    },
  );

  it('never takes the same exponent twice', () => {
    const prime = createDiffieHellmanGroup('modp14').getPrime();
    const keys = new Set(
      Array.from({ length: 20 }, () => groupExchangeSide(prime, generator, 2048).generateKeys().toString('hex')),
    );
    expect(keys.size).toBe(20);
  });

  it('refuses groups that protect nothing', () => {
    const prime = createDiffieHellmanGroup('modp14').getPrime();
    const even = Buffer.from(prime);
    even[even.length - 1]! &= 0xfe;
    expect(() => groupExchangeSide(createDiffieHellmanGroup('modp2').getPrime(), generator, 2048)).toThrow(/1024 bits/);
    expect(() => groupExchangeSide(Buffer.alloc(2000, 0xff), generator, 2048)).toThrow(/16000 bits/);
    expect(() => groupExchangeSide(even, generator, 2048)).toThrow(/even/);
    expect(() => groupExchangeSide(prime, Buffer.of(1), 2048)).toThrow(/generator/);
    expect(() => groupExchangeSide(prime, Buffer.alloc(0), 2048)).toThrow(/generator/);
    expect(() => groupExchangeSide(prime, prime, 2048)).toThrow(/generator/);
    expect(() => groupExchangeSide(Buffer.alloc(0), generator, 2048)).toThrow(/0 bits/);
  });

  it('refuses the public values 0, 1 and p - 1 of the other side', () => {
    const prime = createDiffieHellmanGroup('modp14').getPrime();
    const last = Buffer.from(prime);
    last[last.length - 1]! &= 0xfe;
    const side = groupExchangeSide(prime, generator, 2048);
    for (const value of [Buffer.of(0), Buffer.of(1), last]) expect(() => side.computeSecret(value)).toThrow();
  });

  it('tests no prime and takes a short exponent, with the largest group', () => {
    const prime = createDiffieHellmanGroup('modp18').getPrime();
    // Not one of the primes that OpenSSL knows: two less than one, odd, and as long.
    prime[prime.length - 1]! -= 2;
    const ours = leastCpuMs(5, () => void groupExchangeSide(prime, generator, 2048).generateKeys());
    // OpenSSL takes half as many bits in a group that it knows. As many as the prime has would be 16 times the work,
    // and the test of the prime that `createDiffieHellman` makes a thousand times.
    const short = leastCpuMs(5, () => void createDiffieHellmanGroup('modp18').generateKeys());
    expect(ours).toBeLessThan(8 * short);
  });
});
