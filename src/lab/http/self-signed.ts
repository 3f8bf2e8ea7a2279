import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

export interface ServerCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

/**
 * A certificate that signs itself, as devices make theirs at the first start: X.509 version 3 (RFC 5280), P-256.
 * @param names host names and IPv4 addresses; the first is the common name
 */
export function selfSignedCertificate(names: readonly [string, ...string[]], validDays = 365): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(commonName, tagged(0x0c, Buffer.from(names[0])))));
  const nowMs = Date.now();
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    // Positive, and different each time: browsers refuse two certificates of one issuer with one serial number.
    tagged(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(nowMs - 86_400_000), time(nowMs + validDays * 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(subjectAltName, tagged(0x04, sequence(...names.map(generalName)))))),
  );
  const certificate = sequence(body, ecdsaWithSha256, bits(signature(body, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** DER of OBJECT IDENTIFIERs: 2.5.4.3, 2.5.29.17, and the algorithm 1.2.840.10045.4.3.2 in its sequence. */
const commonName = Buffer.from('0603550403', 'hex');
const subjectAltName = Buffer.from('0603551d11', 'hex');
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

const signature = (body: Buffer, key: KeyObject): Buffer => sign('sha256', body, key);

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => tagged(0x31, ...parts);
/** A BIT STRING without unused bits. */
const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.of(0), content);

/** UTCTime, which holds until 2049. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/\D/g, '');
  return tagged(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

/** `iPAddress` or `dNSName` of a GeneralName. */
function generalName(name: string): Buffer {
  return isIPv4(name) ? tagged(0x87, Buffer.from(name.split('.').map(Number))) : tagged(0x82, Buffer.from(name));
}
