import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { OnPackedDamage } from './unpack-bz2.ts';

/** Larger pieces cost fewer turns of the event loop; zlib works on the next while this one is parsed. */
const chunkSize = 1 << 18;
/** Pieces that may wait to be parsed. */
const queueLength = 8;
/** A decoder that finds damage gives nothing of what it was fed last: so much is lost at most. */
const feedBytes = 1 << 15;
/** Of files up to this size nothing is lost: they are unpacked again, in small steps. */
const salvageBytes = 1 << 20;
const salvageStep = 64;
/** The trailer of a gzip member, fed byte by byte, so that a wrong checksum costs no data. */
const trailerBytes = 16;

/** Unpacks gzip, all members of it. */
export function unpackGzip(packed: AsyncIterable<Uint8Array>, onDamage: OnPackedDamage): AsyncGenerator<Buffer> {
  return unpackWith(() => createGunzip({ chunkSize }), packed, onDamage, 'gzip');
}

/** Unpacks Zstandard, all frames of it. */
export function unpackZstd(packed: AsyncIterable<Uint8Array>, onDamage: OnPackedDamage): AsyncGenerator<Buffer> {
  return unpackWith(() => createZstdDecompress({ chunkSize }), packed, onDamage, 'zstd');
}

async function* unpackWith(
  createDecoder: () => Transform,
  packed: AsyncIterable<Uint8Array>,
  onDamage: OnPackedDamage,
  name: string,
): AsyncGenerator<Buffer> {
  const fed = new FedBytes();
  let unpackedBytes = 0;
  let damage = '';
  for await (const piece of run(createDecoder(), fed.record(packed), (reason) => {
    damage = reason;
  })) {
    unpackedBytes += piece.length;
    yield piece;
  }
  if (damage === '') return;
  onDamage(fed.bytes, `${name}: ${damage}`);
  let skip = unpackedBytes;
  // The same damage again: it has been reported.
  for await (const piece of run(createDecoder(), smallSteps(fed.kept), () => {})) {
    if (piece.length > skip) yield piece.subarray(skip);
    skip = Math.max(0, skip - piece.length);
  }
}

/** Cuts what is fed into pieces, counts it, and keeps it while it is little. */
class FedBytes {
  bytes = 0;
  kept: Uint8Array[] = [];

  async *record(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      if (this.bytes + chunk.length <= salvageBytes) this.kept.push(chunk);
      else this.kept = [];
      for (let at = 0; at < chunk.length; at += feedBytes) {
        const piece = chunk.subarray(at, at + feedBytes);
        this.bytes += piece.length;
        yield piece;
      }
    }
  }
}

async function* smallSteps(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.concat(chunks);
  const trailer = Math.max(0, bytes.length - trailerBytes);
  for (let at = 0; at < trailer; at += salvageStep) yield bytes.subarray(at, Math.min(at + salvageStep, trailer));
  for (let at = trailer; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
}

/**
 * Runs a decoder of Node beside the reader. A stream that fails forgets what it had ready; here every piece is taken
 * the moment it is there, so what came before the damage is kept.
 */
async function* run(
  decoder: Transform,
  packed: AsyncGenerator<Uint8Array>,
  onFailure: (reason: string) => void,
): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  let isDone = false;
  let sourceFailure: unknown;
  let wake: (() => void) | undefined;
  const changed = (): void => {
    wake?.();
    wake = undefined;
  };
  const done = (): void => {
    isDone = true;
    changed();
  };
  decoder.on('data', (piece: Buffer) => {
    ready.push(piece);
    if (ready.length >= queueLength) decoder.pause();
    changed();
  });
  decoder.on('error', (error) => {
    onFailure(error.message);
    done();
  });
  decoder.on('end', done);
  const closed = once(decoder, 'close').catch(() => undefined);
  const feed = async (): Promise<void> => {
    for await (const chunk of packed) {
      if (isDone || decoder.destroyed) return;
      await Promise.race([new Promise((resolve) => decoder.write(chunk, resolve)), closed]);
    }
    if (!decoder.destroyed) decoder.end();
  };
  const feeding = feed().catch((error: unknown) => {
    sourceFailure = error;
    done();
  });
  try {
    for (;;) {
      const piece = ready.shift();
      if (piece !== undefined) {
        if (ready.length < queueLength / 2) decoder.resume();
        yield piece;
      } else if (isDone) break;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    if (sourceFailure !== undefined) throw sourceFailure;
  } finally {
    decoder.destroy();
    await feeding;
  }
}
