import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';

const pack = promisify(deflate);

export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** A row after the other, one byte a pixel: an index into the palette. */
  readonly pixels: Uint8Array;
  /** Red, green and blue of up to 256 colours. */
  readonly palette: Uint8Array;
}

/**
 * A picture of 256 colours as PNG (RFC 2083), without interlacing or filters: indexes do not differ by their values.
 * @param level of zlib, 1-9
 */
export async function encodePng({ width, height, pixels, palette }: IndexedImage, level = 6): Promise<Buffer> {
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', await pack(rows, { level, strategy: constants.Z_DEFAULT_STRATEGY })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
