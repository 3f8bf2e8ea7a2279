import type { Session } from '#device';
import type { Pace } from './pace.ts';

/** What this very box offers for changes. */
export interface IosMeans {
  /** `configure replace` is there: since 12.3(7)T, not on every small image. */
  readonly canReplace: boolean;
  /** With `archive` and `path` configured it takes a change back by itself. */
  readonly hasArchive: boolean;
  /** Where files go: `flash:`. */
  readonly fileSystem: string;
  /** Undefined when the box does not say. */
  readonly freeBytes: number | undefined;
  /** Somebody's change waits for its confirmation. */
  readonly isPending: boolean;
}

/** Asks the box, without changing anything. */
export async function probe(session: Session, pace: Pace): Promise<IosMeans> {
  const [archive, listing, timer] = await session.sendAll(
    ['show archive', 'dir', 'show archive config rollback timer'],
    {
      ...pace(60_000),
      rejectFailures: false,
    },
  );
  const canReplace = archive!.failure === undefined;
  const free = /\((\d{1,15}) bytes free\)/.exec(listing!.text)?.[1];
  return {
    canReplace,
    hasArchive: canReplace && !/Archive feature not enabled|not enabled|no archive/i.test(archive!.text),
    fileSystem: /^Directory of ([a-z][a-z0-9-]{1,20}:)/m.exec(listing!.text)?.[1] ?? 'flash:',
    freeBytes: free === undefined ? undefined : Number(free),
    isPending: timer!.failure === undefined && isPendingIn(timer!.text),
  };
}

/** Whether `show archive config rollback timer` tells of a change that waits for its confirmation. */
const isPendingIn = (text: string): boolean => /^\s*(?:Time configured|Timer value|Timer type)/im.test(text);

export async function isPending(session: Session, pace: Pace): Promise<boolean> {
  const [timer] = await session.sendAll(['show archive config rollback timer'], {
    ...pace(60_000),
    rejectFailures: false,
  });
  return timer!.failure === undefined && isPendingIn(timer!.text);
}

/** The copy of the running configuration, the archived one and the new one, with some air. */
export const neededBytes = (baseText: string): number => 3 * Buffer.byteLength(baseText) + 8192;

/** What is missing for more, with the command that brings it. */
export function missingOf(means: IosMeans, baseText: string): readonly string[] {
  const missing: string[] = [];
  if (!means.canReplace)
    missing.push('this release knows no `configure replace`: the change goes line by line, and back by computed lines');
  else if (!means.hasArchive) {
    missing.push(
      `archive is not configured, so the box cannot take a change back by itself: \`archive\` and \`path ${means.fileSystem}archive\` bring it`,
    );
  }
  const needed = neededBytes(baseText);
  if (means.canReplace && means.freeBytes !== undefined && means.freeBytes < needed) {
    missing.push(
      `${means.fileSystem} has ${means.freeBytes} bytes free and ${needed} are needed to keep the configuration: \`delete ${means.fileSystem}<file>\` makes room`,
    );
  }
  return missing;
}
