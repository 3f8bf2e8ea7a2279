import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Platform } from '#platforms';
import type { ByteMemory } from './byte-memory.ts';
import type { Part } from './collect.ts';

/** Another release may judge and scrub the same text otherwise. */
const release = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version;

const rules = new WeakMap<Platform, string>();

/** What the platform says about judging and scrubbing, as text; a file of the workspace that is read again is another platform. */
function rulesOf(platform: Platform): string {
  let text = rules.get(platform);
  if (text === undefined) {
    const { id, failures, backup } = platform;
    text = JSON.stringify([release, id, failures, backup], (_, value: unknown) =>
      value instanceof RegExp ? String(value) : value,
    );
    rules.set(platform, text);
  }
  return text;
}

/**
 * Names an output without giving anything of it away: an HMAC under a key of the workspace. Outputs of one device with the same
 * fingerprint pass the same guard and become the same configuration.
 *
 * @param parts without volatile lines
 */
export function outputFingerprint(
  device: string,
  platform: Platform,
  parts: readonly Part[],
  scrubKey: Uint8Array,
  memory: ByteMemory,
): string {
  const key = createHmac('sha256', scrubKey).update('output of a device\0').digest();
  const sizes = parts.map(({ command, latin1 }) => [command.run, latin1.length]);
  const hmac = createHmac('sha256', key).update(JSON.stringify([device, rulesOf(platform), sizes]));
  return memory.use(
    parts.map(({ latin1 }) => latin1),
    (bytes) => hmac.update(bytes).digest('base64'),
  );
}

/** Whether the same configuration gives the same output: not where a system encrypts its secrets anew at each read. */
export const repeatsItself = ({ backup }: Platform): boolean => !backup.secrets.some(({ resalted }) => resalted);
