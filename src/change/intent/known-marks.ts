import { markOf } from '#backup';
import { NetwrightError } from '#core';
import { applySecrets, type Platform } from '#platforms';
import type { Intent } from '../driver.ts';
import { isXml } from './xml.ts';

const mark = /<secret(?::[0-9a-f]+)?>/g;

/** Whether a text has marks in place of secrets, as stored configurations do. In XML `<secret>` is an element. */
export const hasMarks = (text: string): boolean => !isXml(text) && text.search(mark) >= 0;

/**
 * A stored configuration that was edited, as the device would have it: each mark is the secret that the device has
 * now. A mark is never sent.
 *
 * @param running the configuration of the device, secrets included
 * @throws NetwrightError `NW_CHANGE_REFUSED` for a mark of a secret that the device does not have, or that stands for
 * several, with its line
 */
export function withSecretsOf(
  intent: Intent,
  running: string,
  {
    device,
    platform,
    scrubKey,
    skippedLines,
  }: {
    readonly device: string;
    readonly platform: Platform;
    readonly scrubKey: Uint8Array;
    /** Lines that stood before this text. */
    readonly skippedLines: number;
  },
): Intent {
  const known = new Map<string, Set<string>>();
  const marked = markOf(device, scrubKey);
  applySecrets(running, platform.backup.secrets, (secret, rule) => {
    const shown = marked(secret, rule);
    const values = known.get(shown) ?? new Set();
    known.set(shown, values.add(secret));
    return secret;
  });
  const text = intent.text.replace(mark, (shown: string, at: number) => {
    const [value, ...others] = known.get(shown) ?? [];
    if (value !== undefined && others.length === 0) return value;
    const line = skippedLines + intent.text.slice(0, at).split('\n').length;
    const why =
      value === undefined ? 'the device has no such secret now' : 'the device has several secrets that look like this';
    throw new NetwrightError(
      'NW_CHANGE_REFUSED',
      `${device}: line ${line} of what is wanted has ${shown} in place of a secret, and ${why}`,
      {
        hint: `write the secret, take it from a credential with {{ secret('name') }} in a template, or begin with netwright show ${device} --sealed`,
      },
    );
  });
  return { ...intent, text };
}
