import { createPrivateKey, createPublicKey, diffieHellman, randomBytes } from 'node:crypto';

/** What ssh2 wants of the object that does the arithmetic of a key exchange. */
export interface DiffieHellmanSide {
  generateKeys(): Buffer;
  computeSecret(otherPublicKey: Buffer): Buffer;
  getPrime(): Buffer;
  getGenerator(): Buffer;
}

/** Twice the 256 bits of the strongest cipher key, as RFC 4419 section 6.2 and OpenSSH choose the exponent. */
const exponentBytes = 64;

/**
 * Diffie-Hellman over a group that the server chose (RFC 4419), without blocking the event loop.
 *
 * `crypto.createDiffieHellman(prime)` tests a prime that it does not know for primality: 0.2 s for 2048 bits,
 * 3 s for 4096, and ssh2 does not look at the verdict. Key objects skip that test, and with an exponent of 512 bits
 * instead of one as long as the prime, 8192 bits take 8 ms instead of 85.
 * @throws RangeError when the group is unfit: RFC 4419 section 3 leaves it to the client to refuse it.
 */
export function groupExchangeSide(prime: Buffer, generator: Buffer, minimumBits: number): DiffieHellmanSide {
  const p = withoutLeadingZeros(prime);
  const bits = p.length === 0 ? 0 : p.length * 8 - Math.clz32(p[0]!) + 24;
  if (bits < minimumBits || bits > 8192)
    throw new RangeError(`the server chose a group of ${bits} bits, allowed are ${minimumBits} to 8192`);
  if ((p.at(-1)! & 1) === 0) throw new RangeError('the server chose a group whose modulus is even');
  const g = withoutLeadingZeros(generator);
  if (g.length === 0 || (g.length === 1 && g[0] === 1) || Buffer.compare(padded(g, p.length), p) >= 0)
    throw new RangeError('the server chose a group with an unfit generator');

  // The top bit is set, so that the exponent always has its full length; it stays below the prime.
  const exponent = randomBytes(Math.min(exponentBytes, p.length - 1));
  exponent[0]! |= 0x80;
  const algorithm = sequence(diffieHellmanOid, sequence(integer(p), integer(g)));
  const privateKey = createPrivateKey({
    key: sequence(integer(Buffer.of(0)), algorithm, element(0x04, integer(exponent))),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    generateKeys: () => publicValue(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
    computeSecret(other) {
      const key = sequence(algorithm, element(0x03, Buffer.concat([Buffer.of(0), integer(other)])));
      return diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) });
    },
    getPrime: () => p,
    getGenerator: () => g,
  };
}

// DER, as much of it as two key formats need (RFC 5208 and RFC 5280 around PKCS #3 parameters).

/** 1.2.840.113549.1.3.1, dhKeyAgreement. */
const diffieHellmanOid = Buffer.from('06092a864886f70d010301', 'hex');

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(parts));

function integer(value: Buffer): Buffer {
  const bare = withoutLeadingZeros(value);
  const isNegative = bare.length === 0 || bare[0]! >= 0x80;
  return element(0x02, isNegative ? Buffer.concat([Buffer.of(0), bare]) : bare);
}

/** The INTEGER in the BIT STRING at the end of a SubjectPublicKeyInfo. */
function publicValue(spki: Buffer): Buffer {
  const outer = contentOf(spki, 0);
  const algorithm = contentOf(spki, outer.start);
  const bits = contentOf(spki, algorithm.end);
  const value = contentOf(spki, bits.start + 1);
  return Buffer.from(spki.subarray(value.start, value.end));
}

function contentOf(der: Buffer, at: number): { start: number; end: number } {
  const first = der[at + 1]!;
  const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + sizeBytes;
  const length = sizeBytes === 0 ? first : der.readUIntBE(at + 2, sizeBytes);
  return { start, end: start + length };
}

function withoutLeadingZeros(value: Buffer): Buffer {
  let from = 0;
  while (from < value.length && value[from] === 0) from += 1;
  return value.subarray(from);
}

const padded = (value: Buffer, length: number): Buffer =>
  value.length >= length ? value : Buffer.concat([Buffer.alloc(length - value.length), value]);
