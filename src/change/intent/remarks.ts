import type { Platform } from '#platforms';
import type { Intent } from '../driver.ts';

/** A text without what stands around the configuration, and how many lines of it stood before. */
export interface Bare {
  readonly intent: Intent;
  readonly skippedLines: number;
}

/**
 * A stored configuration begins, or ends, with what the device said of itself, commented out: serial number, release,
 * its administrators on IOS XR. That is no part of what is wanted, and not every system takes it for a comment.
 */
export function withoutRemarks(intent: Intent, platform: Platform): Bare {
  const { comment } = platform.backup;
  // A file of a host is what it is, comments and all.
  if (intent.kind !== 'replace' || intent.file !== undefined || comment.trim() === '')
    return { intent, skippedLines: 0 };
  const lines = intent.text.split('\n');
  const isRemark = (line: string): boolean => line.startsWith(comment) || line === comment.trimEnd() || line === '';
  let from = 0;
  while (from < lines.length && isRemark(lines[from]!)) from += 1;
  let to = lines.length;
  while (to > from && isRemark(lines[to - 1]!)) to -= 1;
  // Nothing but comments: whoever wrote it is told so by the one who reads it.
  if (from === to) return { intent, skippedLines: 0 };
  return { intent: { ...intent, text: `${lines.slice(from, to).join('\n')}\n` }, skippedLines: from };
}
