import { describe, expect, test } from 'vitest';
import type { NetwrightError } from '#core';
import { guardComplete } from '../../src/backup/guard.ts';
import { catalogueIds, loadPlatform, loadSamples } from '../platforms/samples.ts';

/** So much of a secret may stand in a message: a cut after its first characters is not known for one by any rule. */
const harmless = 4;

describe.each(catalogueIds)('%s', (id) => {
  test('an output that is cut within a secret is refused without showing it', async () => {
    const platform = await loadPlatform(id);
    const command = platform.backup.commands.find((one) => one.as === 'configuration')!;
    const leaks: string[] = [];
    for (const { text, gone } of loadSamples(id).secrets) {
      for (const secret of gone) {
        const from = text.indexOf(secret);
        for (let length = harmless; from >= 0 && length <= secret.length; length += 1) {
          const cut = text.slice(0, from + length);
          const message = messageOf(() => guardComplete('r1', platform, [{ command, text: cut }]));
          const told = message?.replace(command.run, '').replaceAll('<secret>', '');
          const shown = secret.slice(0, length).split('\n').at(-1)!.slice(0, 20);
          const isElsewhere = text.slice(0, from).includes(shown);
          if (shown.length >= harmless && !isElsewhere && told?.includes(shown)) leaks.push(told);
        }
      }
    }
    expect(leaks.slice(0, 5)).toEqual([]);
  });
});

function messageOf(judge: () => void): string | undefined {
  try {
    judge();
    return undefined;
  } catch (error) {
    return (error as NetwrightError).message;
  }
}
