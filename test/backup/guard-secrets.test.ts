import { describe, expect, test } from 'vitest';
import { latin1OfText, type NetwrightError } from '#core';
import { guardComplete } from '../../src/backup/guard.ts';
import { catalogueIds, loadPlatform, loadSamples } from '../platforms/samples.ts';
import { isWithin, lastLineOf, withoutSecrets } from '../platforms/shown-text.ts';

describe.each(catalogueIds)('%s', (id) => {
  test('an output that is cut within a secret is refused without showing it', async () => {
    const platform = await loadPlatform(id);
    const command = platform.backup.commands.find((one) => one.as === 'configuration')!;
    const leaks: string[] = [];
    for (const { text, gone } of loadSamples(id).secrets) {
      const allowed = withoutSecrets(text, gone);
      for (let end = 1; end <= text.length; end += 1) {
        const message =
          messageOf(() => guardComplete('r1', platform, [{ command, latin1: latin1OfText(text.slice(0, end)) }])) ?? '';
        const told = message.replace(`"${command.run}"`, '');
        const line = /last line is "(?<line>.*)"$/.exec(told)?.groups?.['line'];
        const shown = line ?? /(?:ends in|first line is) "(?<line>.*)"$/.exec(told)?.groups?.['line'] ?? '';
        const known = line === undefined ? allowed.slice(0, end) : lastLineOf(allowed.slice(0, end));
        // A mark may be cut where the line is shortened.
        if (!isWithin(shown.replace(/<[a-z]*…$/, '…'), known))
          leaks.push(`${JSON.stringify(text.slice(0, end)).slice(-100)}: ${told}`);
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
