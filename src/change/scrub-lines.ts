import { applySecrets, type Platform } from '#platforms';

/** Lines of configuration as they may be shown: what the platform knows to be secret is replaced by a mark. */
export function scrubLines(lines: readonly string[], { backup }: Pick<Platform, 'backup'>): readonly string[] {
  // One by one: a block of several lines (a certificate) is one element.
  return lines.map((line) => applySecrets(line, backup.secrets, () => '<secret>'));
}
