import { stat } from 'node:fs/promises';
import type { PlanetSource } from '../planet/planet-columns.ts';

/** A planet that is read from a file, and read again when the file is another. */
export interface PlanetFeed {
  /** What is watched; a change of it is a reason to open it again. */
  readonly file: string;
  open(): Promise<PlanetSource>;
}

export interface WatchOptions {
  readonly everyMs: number;
  /** The {@link markOf} the file that is shown, taken before it was opened. */
  readonly shown: () => string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Calls back when the file is another than what is shown, and has been so for one turn: it may be written in pieces. Ends
 * with the signal.
 */
export function watchFile(file: string, options: WatchOptions, changed: () => Promise<void>): void {
  const { everyMs, shown, signal } = options;
  let before: string | undefined;
  let timer: NodeJS.Timeout;
  const look = async (): Promise<void> => {
    const now = await markOf(file);
    const isSettled = now !== undefined && now !== shown() && now === before;
    before = now;
    if (isSettled && !signal.aborted) await changed();
  };
  const next = (): void => {
    if (signal.aborted) return;
    timer = setTimeout(() => void look().finally(next), everyMs);
    timer.unref();
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  next();
}

/** Tells a file from the one before under the same name. Undefined while there is none: it may be away for a moment. */
export const markOf = async (file: string): Promise<string | undefined> =>
  await stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => undefined,
  );
