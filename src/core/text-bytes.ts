import { isAscii, isUtf8 } from 'node:buffer';

/**
 * Text of devices to strings and back without losing a byte. Devices send UTF-8, Latin-1 and mixtures of them;
 * bytes that are no valid UTF-8 become lone surrogates U+DC80..U+DCFF (the way of Python's PEP 383), which
 * {@link encodeText} turns back into the very same bytes.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let text = '';
  let from = 0;
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += buffer.toString('utf8', from, at) + String.fromCharCode(0xdc00 + buffer[at]!);
    at += 1;
    from = at;
  }
  return text + buffer.toString('utf8', from);
}

/** The bytes that {@link decodeText} read. Other lone surrogates become U+FFFD, as everywhere. */
export function encodeText(text: string): Buffer {
  if (text.isWellFormed()) return text.length < longText ? Buffer.from(text, 'utf8') : encodeLong(text);
  const parts: Buffer[] = [];
  let from = 0;
  for (const match of text.matchAll(/(?<![\ud800-\udbff])[\udc80-\udcff]/g)) {
    parts.push(Buffer.from(text.slice(from, match.index), 'utf8'), Buffer.of(match[0].charCodeAt(0) - 0xdc00));
    from = match.index + 1;
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

const longText = 4096;
const encoder = new TextEncoder();
let scratch = Buffer.allocUnsafeSlow(512 * 1024);

/** `Buffer.from` first measures a text and then writes it; writing it at once and copying is a third faster. */
function encodeLong(text: string): Buffer {
  const mostBytes = text.length * 3;
  if (mostBytes > 4_000_000) return Buffer.from(text, 'utf8');
  if (scratch.length < mostBytes) scratch = Buffer.allocUnsafeSlow(mostBytes);
  return Buffer.from(scratch.subarray(0, encoder.encodeInto(text, scratch).written));
}

/**
 * What {@link decodeText} makes of bytes that are given as Latin-1, one character a byte: so a conversation holds what came, because
 * offsets count bytes then, and a text that is not all ASCII takes half the memory.
 */
export function textOfLatin1(latin1: string): string {
  const bytes = latin1.length <= scratch.length ? scratch : Buffer.allocUnsafeSlow(latin1.length);
  const own = bytes.subarray(0, bytes.write(latin1, 'latin1'));
  return isAscii(own) ? latin1 : decodeText(own);
}

/** The bytes of {@link encodeText} as Latin-1; the inverse of {@link textOfLatin1}. */
export const latin1OfText = (text: string): string =>
  beyondAscii.test(text) ? encodeText(text).toString('latin1') : text;

const beyondAscii = /[^\x00-\x7f]/;

/** Length of the valid UTF-8 sequence at `at`, 0 when there is none (RFC 3629 section 4). */
function sequenceLength(buffer: Buffer, at: number): number {
  const lead = buffer[at]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  return length > 0 && at + length <= buffer.length && isUtf8(buffer.subarray(at, at + length)) ? length : 0;
}
