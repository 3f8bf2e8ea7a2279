import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is true; after `timeoutMs` it is a failure. */
export async function until(isTrue: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(5)) if (await isTrue()) return;
  throw new Error(`not true within ${timeoutMs} ms: ${isTrue.toString()}`);
}
