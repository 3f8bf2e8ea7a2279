import { createPrivateKey } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import ssh2 from 'ssh2';
import type { KeyText, UnlockedKey } from './private-key.ts';

/** The formats that OpenSSL does not know: OpenSSH's own and PuTTY's. */
const isForSsh2 = (pem: string): boolean => /BEGIN OPENSSH PRIVATE KEY|^PuTTY-User-Key-File-/m.test(pem);

function unlock({ pem, passphrase }: KeyText): UnlockedKey {
  if (!/PRIVATE KEY-----|^PuTTY-User-Key-File-/m.test(pem)) return { error: 'it is no private key in a known format' };
  if (isForSsh2(pem)) {
    const parsed = ssh2.utils.parseKey(pem, passphrase);
    if (parsed instanceof Error) return { error: reason(parsed.message, passphrase) };
    const key = Array.isArray(parsed) ? parsed[0] : parsed;
    if (!key?.isPrivateKey()) return { error: 'it holds no private key' };
    return { pem: key.getPrivatePEM() };
  }
  try {
    const key = createPrivateKey(passphrase === undefined ? { key: pem } : { key: pem, passphrase });
    return { pem: key.export({ format: 'pem', type: 'pkcs8' }).toString() };
  } catch (error) {
    const said = reason(error instanceof Error ? error.message : String(error), passphrase);
    // One wrong passphrase in 256 decrypts to something with the right padding, which is then no key.
    const isGarbled = passphrase !== undefined && /decoder|asn1/i.test(said) && isEncrypted(pem);
    return { error: isGarbled ? 'the passphrase does not fit, or the key is damaged' : said };
  }
}

const isEncrypted = (pem: string): boolean => /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(pem);

function reason(message: string, passphrase: string | undefined): string {
  if (/no passphrase|passphrase required|interrupted or cancelled|bad password read/i.test(message)) {
    return 'it is protected by a passphrase, and the credential has none';
  }
  if (passphrase !== undefined && /integrity|bad decrypt|bad passphrase|decrypt|wrong final block/i.test(message)) {
    return 'the passphrase does not fit';
  }
  return message;
}

parentPort?.postMessage(unlock(workerData as KeyText));
