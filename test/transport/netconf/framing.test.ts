import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetwrightError } from '#core';
import { FrameReader, type Framing, frame } from '../../../src/transport/netconf/framing.ts';

/** RFC 6242 section 4.2, byte for byte. */
const chunkedExample =
  '\n#4\n<rpc\n#18\n message-id="102"\n\n#79\n     xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n  <close-session/>\n</rpc>\n##\n';
const chunkedMessage =
  '<rpc message-id="102"\n     xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n  <close-session/>\n</rpc>';

/** RFC 6242 section 4.3: request and reply one after the other. */
const plainExample = `<?xml version="1.0" encoding="UTF-8"?>
<rpc message-id="105"
xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
  <get-config>
    <source><running/></source>
    <config xmlns="http://example.com/schema/1.2/config">
     <users/>
    </config>
  </get-config>
</rpc>
]]>]]>
<?xml version="1.0" encoding="UTF-8"?>
<rpc-reply message-id="105"
xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
  <config xmlns="http://example.com/schema/1.2/config">
    <users>
      <user><name>root</name><type>superuser</type></user>
    </users>
  </config>
</rpc-reply>
]]>]]>`;

describe('framing of NETCONF', () => {
  test('reads the chunked example of RFC 6242', () => {
    expect(read([Buffer.from(chunkedExample)], 'chunked')).toEqual([chunkedMessage]);
  });

  test('reads the end-of-message example of RFC 6242', () => {
    const [rpc, reply, ...rest] = read([Buffer.from(plainExample)], 'end-of-message');
    expect(rest).toEqual([]);
    expect(rpc).toMatch(/^<\?xml.*<\/rpc>\n$/s);
    expect(reply).toMatch(/^\n<\?xml.*<\/rpc-reply>\n$/s);
  });

  test.each(['chunked', 'end-of-message'] as const)(
    'writes %s frames that it reads, however they are split',
    (framing) => {
      const message = fc.string({
        unit: fc.constantFrom(']', ']]>', ']]>]]', '\n', '\n#', '\n##\n', '#4', 'a', 'é', '😀'),
        minLength: 1,
      });
      fc.assert(
        fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(400)), (messages, cuts) => {
          fc.pre(framing === 'chunked' || messages.every((one) => !`${one}]]>]]>`.slice(0, -1).includes(']]>]]>')));
          const wire = Buffer.concat(messages.map((one) => frame(one, framing)));
          expect(read(split(wire, cuts), framing)).toEqual(messages);
        }),
      );
    },
  );

  test('reads a message in chunks of any size, down to bytes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.array(fc.nat(60)),
        fc.array(fc.nat(400)),
        (text, cuts, packets) => {
          const chunks = split(Buffer.from(text), cuts).filter((chunk) => chunk.length > 0);
          const wire = Buffer.concat([
            ...chunks.flatMap((chunk) => [Buffer.from(`\n#${chunk.length}\n`), chunk]),
            Buffer.from('\n##\n'),
          ]);
          expect(read(split(wire, packets), 'chunked')).toEqual([text]);
        },
      ),
    );
  });

  test('forgives line ends between messages, as some systems send them', () => {
    expect(read([Buffer.from('\r\n\n#3\n<a>\n##\n\n\n#3\n<b>\n##\n\n')], 'chunked')).toEqual(['<a>', '<b>']);
  });

  test.each([
    ['<hello>', 'a line feed before the chunk, got "<"'],
    ['\n#a\n', 'the size of a chunk, got "a"'],
    ['\n#0\n', 'the size of a chunk, got "0"'],
    ['\n#01\n', 'the size of a chunk, got "0"'],
    ['\n#4x', 'a line feed after the size of a chunk, got "x"'],
    ['\n##\n', 'the size of a chunk, got "#"'],
    ['\n#2\nabc', 'a line feed before the chunk, got "c"'],
    ['\n#2\nab\n#2', ''],
    ['\n#2\nab\n##x', 'a line feed after the end of chunks, got "x"'],
    ['\n#4294967296\n', 'a chunk of at most 4294967295 bytes'],
    ['\n#99999999999\n', 'a line feed after the size of a chunk, got "9"'],
    ['\n#-1\n', 'the size of a chunk, got "-"'],
  ])('says what is wrong with %j', (wire, message) => {
    if (message === '') {
      expect(read([Buffer.from(wire)], 'chunked')).toEqual([]);
      return;
    }
    const error = refusal(() => read([Buffer.from(wire)], 'chunked'));
    expect(error.code).toBe('NW_NETCONF_PROTOCOL');
    expect(error.message).toContain(message);
  });

  test.each(['chunked', 'end-of-message'] as const)('bounds the size of a message (%s)', (framing) => {
    const endless = framing === 'chunked' ? Buffer.from(`\n#2000\n${'x'.repeat(2000)}`) : Buffer.alloc(2000, 'x');
    const error = refusal(() => read([endless], framing, 1000));
    expect(error.code).toBe('NW_OUTPUT_TOO_LARGE');
    expect(read([frame('x'.repeat(999), framing), frame('y'.repeat(999), framing)], framing, 1000)).toHaveLength(2);
  });

  test('never throws anything but its own errors, on any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.boolean(), (pieces, isChunked) => {
        try {
          read(
            pieces.map((piece) => Buffer.from(piece)),
            isChunked ? 'chunked' : 'end-of-message',
          );
        } catch (error) {
          expect(error).toBeInstanceOf(NetwrightError);
        }
      }),
    );
  });

  test('does not send a delimiter within a message', () => {
    expect(refusal(() => frame('<a>]]>]]></a>', 'end-of-message')).code).toBe('NW_XML_INVALID');
    expect(frame('<a>]]>]]></a>', 'chunked').toString()).toBe('\n#13\n<a>]]>]]></a>\n##\n');
  });
});

function read(pieces: readonly Buffer[], framing: Framing, maxMessageBytes = 1_000_000): string[] {
  const messages: string[] = [];
  let parts: Buffer[] = [];
  const reader = new FrameReader(
    {
      bytes: (piece) => parts.push(Buffer.from(piece)),
      end: () => {
        messages.push(Buffer.concat(parts).toString());
        parts = [];
      },
    },
    { label: 'r1', maxMessageBytes },
  );
  reader.framing = framing;
  for (const piece of pieces) reader.feed(piece);
  return messages;
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set([...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
  return places.map((to, at) => bytes.subarray(at === 0 ? 0 : places[at - 1]!, to));
}

function refusal(work: () => unknown): NetwrightError {
  try {
    work();
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
