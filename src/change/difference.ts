import type { Platform } from '#platforms';
import { unifiedDiff } from '#store';
import { comparable } from './fingerprint.ts';

const mostLines = 60;

/** What lies between two configurations, as a unified diff without its head; not scrubbed. */
export async function differenceOf(before: string, now: string, platform: Pick<Platform, 'backup'>): Promise<string> {
  const diff = await unifiedDiff(
    { name: 'before', text: comparable(before, platform) },
    { name: 'now', text: comparable(now, platform) },
    1,
  );
  const lines = diff.split('\n').slice(2);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length <= mostLines) return lines.join('\n');
  return [...lines.slice(0, mostLines), `… and ${lines.length - mostLines} more lines`].join('\n');
}
