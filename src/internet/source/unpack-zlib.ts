import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { OnPackedDamage } from './unpack-bz2.ts';

/** Larger pieces cost fewer turns of the event loop; zlib works on the next while this one is parsed. */
const chunkSize = 1 << 18;
/** Pieces that may wait to be parsed. */
const queueLength = 8;

/** Unpacks gzip, all members of it. */
export function unpackGzip(packed: AsyncIterable<Uint8Array>, onDamage: OnPackedDamage): AsyncGenerator<Buffer> {
  return unpackWith(createGunzip({ chunkSize }), packed, onDamage, 'gzip');
}

/** Unpacks Zstandard, all frames of it. */
export function unpackZstd(packed: AsyncIterable<Uint8Array>, onDamage: OnPackedDamage): AsyncGenerator<Buffer> {
  return unpackWith(createZstdDecompress({ chunkSize }), packed, onDamage, 'zstd');
}

/**
 * Runs a decoder of Node beside the reader. A stream that fails forgets what it had ready; here every piece is taken
 * the moment it is there, so what came before the damage is kept.
 */
async function* unpackWith(
  decoder: Transform,
  packed: AsyncIterable<Uint8Array>,
  onDamage: OnPackedDamage,
  name: string,
): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  let failure: Error | undefined;
  let isDone = false;
  let fed = 0;
  let wake: (() => void) | undefined;
  const notify = (): void => {
    wake?.();
    wake = undefined;
  };
  decoder.on('data', (piece: Buffer) => {
    ready.push(piece);
    if (ready.length >= queueLength) decoder.pause();
    notify();
  });
  decoder.on('error', (error) => {
    failure = error;
    isDone = true;
    notify();
  });
  decoder.on('end', () => {
    isDone = true;
    notify();
  });
  let sourceFailure: unknown;
  const feeding = feed();
  async function feed(): Promise<void> {
    try {
      for await (const chunk of packed) {
        if (isDone || decoder.destroyed) return;
        fed += chunk.length;
        if (!decoder.write(chunk)) await drained();
      }
      if (!decoder.destroyed) decoder.end();
    } catch (error) {
      sourceFailure = error;
      isDone = true;
      notify();
    }
  }
  async function drained(): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        for (const event of ['drain', 'close', 'error', 'end']) decoder.off(event, done);
        resolve();
      };
      for (const event of ['drain', 'close', 'error', 'end']) decoder.on(event, done);
    });
  }
  try {
    for (;;) {
      const piece = ready.shift();
      if (piece !== undefined) {
        if (ready.length < queueLength / 2) decoder.resume();
        yield piece;
      } else if (isDone) break;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    if (sourceFailure !== undefined) throw sourceFailure;
    if (failure !== undefined) onDamage(fed, `${name}: ${failure.message}`);
  } finally {
    decoder.destroy();
    await feeding;
  }
}
