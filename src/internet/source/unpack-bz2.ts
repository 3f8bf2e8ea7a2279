import { availableParallelism } from 'node:os';
import { Bz2Pool, type DecodedBlock, type PackedBlock } from './bz2-pool.ts';
import { type Bz2Marker, scanBz2Markers } from './bz2-scan.ts';

/** Called with the offset in the packed file, and what is wrong there. */
export type OnPackedDamage = (offset: number, reason: string) => void;

/** Larger than any block that bzip2 can make of 900,000 bytes; beyond it, what follows is not bzip2. */
const longestBlockBytes = 4 << 20;

/**
 * Unpacks bzip2, one stream or many: blocks are found by their magic and decoded in threads, several at once, and
 * come out in order. A damaged block is reported and left out; those around it are kept.
 */
export async function* unpackBz2(
  packed: AsyncIterable<Uint8Array>,
  onDamage: OnPackedDamage,
  threads: number = availableParallelism(),
): AsyncGenerator<Buffer> {
  using pool = new Bz2Pool(threads);
  const queue: { readonly offset: number; readonly block: Promise<DecodedBlock> }[] = [];
  for await (const job of cutBlocks(packed, onDamage)) {
    queue.push({ offset: job.offset, block: pool.decode(job) });
    while (queue.length > pool.depth) yield* take(queue, onDamage);
  }
  await pool.finish();
  while (queue.length > 0) yield* take(queue, onDamage);
}

async function* take(
  queue: { readonly offset: number; readonly block: Promise<DecodedBlock> }[],
  onDamage: OnPackedDamage,
): AsyncGenerator<Buffer> {
  const { offset, block } = queue.shift()!;
  const decoded = await block;
  if ('bytes' in decoded) yield decoded.bytes;
  else onDamage(offset, `bzip2: ${decoded.damage}`);
}

interface CutBlock extends PackedBlock {
  /** In the file, for reports. */
  readonly offset: number;
}

async function* cutBlocks(packed: AsyncIterable<Uint8Array>, onDamage: OnPackedDamage): AsyncGenerator<CutBlock> {
  let stash: Buffer = Buffer.alloc(0);
  let base = 0;
  let scanned = 0;
  let open: Bz2Marker | undefined;
  let isEnded = false;
  let streamCrc = 0;
  const cut = (from: number, to: number): CutBlock => {
    const firstByte = Math.floor(from / 8);
    // A copy of its own, not a piece of Node's shared pool: it goes to another thread.
    const bytes = new Uint8Array(stash.subarray(firstByte - base, Math.ceil(to / 8) - base));
    return { offset: firstByte, bytes, startBit: from - firstByte * 8, endBit: to - firstByte * 8 };
  };
  const step = function* (isLast: boolean): Generator<CutBlock> {
    const found: Bz2Marker[] = [];
    scanned = scanBz2Markers(stash, scanned, base, found, isLast);
    for (const marker of found) {
      if (open) yield cut(open.bit, marker.bit);
      isEnded = marker.kind === 'end';
      open = isEnded ? undefined : marker;
      const crc = crcBehind(stash, marker.bit - base * 8);
      if (!isEnded) streamCrc = ((streamCrc << 1) | (streamCrc >>> 31)) ^ crc;
      else {
        // Each block has a checksum of its own; that of the stream tells whether all of them are there.
        if (streamCrc !== crc) onDamage(Math.floor(marker.bit / 8), 'bzip2: not all blocks of the stream are there');
        streamCrc = 0;
      }
    }
    if (open && base + stash.length - open.bit / 8 > longestBlockBytes) {
      onDamage(Math.floor(open.bit / 8), 'bzip2: a block has no end');
      open = undefined;
    }
    const keep = Math.max(0, Math.min(scanned, open ? Math.floor(open.bit / 8) - base : scanned));
    stash = stash.subarray(keep);
    base += keep;
    scanned -= keep;
  };
  for await (const chunk of packed) {
    stash =
      stash.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([stash, chunk]);
    yield* step(false);
  }
  yield* step(true);
  const end = base + stash.length;
  // Without the end of the stream the last block is whole only by chance; its checksum decides.
  if (open) yield cut(open.bit, end * 8);
  if (!isEnded) onDamage(end, 'bzip2: the file ends inside a stream');
}

/** The 32 bits behind the 48 of a marker. */
function crcBehind(bytes: Uint8Array, bit: number): number {
  const at = (bit + 48) >>> 3;
  const shift = (bit + 48) & 7;
  const word =
    ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  return shift === 0 ? word : (word << shift) | ((bytes[at + 4] ?? 0) >>> (8 - shift));
}
