import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeText,
  NetwrightError,
  parseXml,
  rawXml,
  readXml,
  renderXml,
  writeXml,
  XmlElement,
  XmlReader,
  xml,
} from '#core';
import { StallProbe } from '../stall-probe.ts';

const reply = `<?xml version="1.0" encoding="UTF-8"?>
<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" xmlns:junos="http://xml.juniper.net/junos/21.2R0/junos" message-id="7">
  <interface-information xmlns="http://xml.juniper.net/junos/21.2R0/junos-interface" junos:style="normal">
    <physical-interface>
      <name>
ge-0/0/0
</name>
      <admin-status junos:format="Enabled">up</admin-status>
      <description>to &lt;core&gt; <![CDATA[& <more>]]></description>
    </physical-interface>
    <physical-interface><name>ge-0/0/1</name></physical-interface>
  </interface-information>
</rpc-reply>
`;

describe('reading XML', () => {
  test('names elements by local name and namespace, whatever the prefix', () => {
    const root = parseXml(reply);
    expect(root.is('rpc-reply', 'urn:ietf:params:xml:ns:netconf:base:1.0')).toBe(true);
    expect(root.attribute('message-id')).toBe('7');
    const first = root.at('interface-information/physical-interface');
    expect(first?.valueAt('name')).toBe('ge-0/0/0');
    expect(first?.child('name')?.text).toBe('\nge-0/0/0\n');
    expect(first?.valueAt('description')).toBe('to <core> & <more>');
    const status = first?.child('admin-status', 'http://xml.juniper.net/junos/21.2R0/junos-interface');
    expect(status?.attribute('format', 'http://xml.juniper.net/junos/21.2R0/junos')).toBe('Enabled');
    expect(status?.attribute('format', '')).toBeUndefined();
    expect(root.child('interface-information', 'other')).toBeUndefined();
    expect(root.allAt('interface-information/physical-interface/name').map((name) => name.value)).toEqual([
      'ge-0/0/0',
      'ge-0/0/1',
    ]);
    expect([...root.descendants('name')].map((name) => name.line)).toEqual([5, 11]);
    expect(root.at('interface-information/nothing/name')).toBeUndefined();
    expect(root.text).toBe('');
  });

  test.each([
    ['<a>\n  <b></c>\n</a>', 2],
    ['<a><b>', 1],
    ['', 1],
    ['<a/><b/>', 1],
    ['<a>&nbsp;</a>', 1],
    ['<p:a/>', 1],
    ['<a b="1" b="2"/>', 1],
    ['\n<a>\u0007</a>', 2],
  ])('says where %j is wrong', (text, line) => {
    const error = refusal(() => parseXml(text, { what: 'reply of r1' }));
    expect(error.code).toBe('NW_XML_INVALID');
    expect(error.message).toMatch(new RegExp(`^reply of r1, line ${line} column \\d+: `));
    expect(error.details).toMatchObject({ line });
  });

  test('refuses a document type, and so every bomb of entities', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>';
    expect(refusal(() => parseXml(bomb)).message).toContain('document type');
    expect(refusal(() => parseXml('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).message).toContain('document type');
  });

  test('refuses elements nested without end before they fill the memory', () => {
    const reader = new XmlReader({ maxDepth: 100 });
    expect(refusal(() => reader.write('<a>'.repeat(101))).message).toContain('more than 100');
  });

  test('takes what devices send all the same when told to', () => {
    const text = decodeText(Buffer.from([...Buffer.from('<d>Caf'), 0xe9, 0x07, ...Buffer.from('</d>')]));
    expect(parseXml(text, { tolerant: true }).text).toBe('Caf\u00e9\ufffd');
    expect(parseXml('<d>\ud83d\ude00</d>', { tolerant: true }).text).toBe('\ud83d\ude00');
  });

  test('reads pieces cut anywhere as it reads the whole', () => {
    const text = reply.replace('ge-0/0/1', 'ge-\ud83d\ude00 é &#x1F600;');
    const whole = renderXml(parseXml(text));
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), fc.boolean(), (cuts, tolerant) => {
        const reader = new XmlReader({ tolerant });
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          reader.write(text.slice(from, cut));
          from = cut;
        }
        expect(renderXml(reader.end())).toBe(whole);
      }),
    );
  });

  test('reads five megabytes in slices that keep nobody waiting', async () => {
    const text = `<data>${'<interface><name>ge-0/0/0</name><mtu>1500</mtu></interface>\n'.repeat(85_000)}</data>`;
    using probe = new StallProbe();
    const data = await readXml(text);
    expect(data.children.length).toBe(85_000);
    expect((await writeXml(data)).length).toBeGreaterThan(5_000_000);
    expect(probe.worstMs).toBeLessThan(100);
    await expect(writeXml(data, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'NW_CANCELLED' });
    const signal = AbortSignal.abort();
    await expect(readXml(text, { signal })).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  test('answers any text with an element or an NW_XML_INVALID', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('<>/&;!?-[]"\'= abx:\n\u0001')) }), (text) => {
        try {
          expect(parseXml(`<a>${text}</a>`)).toBeInstanceOf(XmlElement);
        } catch (error) {
          expect(error).toMatchObject({ code: 'NW_XML_INVALID' });
        }
      }),
      { numRuns: 500 },
    );
    for (let length = 0; length < reply.trimEnd().length; length += 1) {
      expect(refusal(() => parseXml(reply.slice(0, length))).code).toBe('NW_XML_INVALID');
    }
  });
});

describe('writing XML', () => {
  test('escapes values and lets XML stand', () => {
    const inner = xml`<b/>`;
    expect(xml`<a n="${`"'<`}">${'x < y & z\r'}${inner}${[1, undefined, xml`<c/>`]}${null}</a>`.toString()).toBe(
      '<a n="&quot;&apos;&lt;">x &lt; y &amp; z&#13;<b/>1<c/></a>',
    );
    expect(rawXml('\ufeff<?xml version="1.0"?>\n<a/>').toString()).toBe('<a/>');
  });

  test('refuses characters no XML can hold', () => {
    expect(refusal(() => xml`<a>${'ab\u0000'}</a>`).message).toContain('U+0000 at 2');
    expect(refusal(() => xml`<a>${'\udc80'}</a>`).code).toBe('NW_XML_INVALID');
  });

  test('whatever text is put in comes out again, in content and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text));
        expect(parseXml(xml`<a>${text}</a>`.toString()).text).toBe(text);
        fc.pre(!/[\t\n]/.test(text));
        expect(parseXml(xml`<a b="${text}"/>`.toString()).attribute('b')).toBe(text);
      }),
    );
  });

  test('shows a reply as it was sent, in lines', () => {
    expect(
      renderXml(parseXml('<a xmlns="u" xmlns:p="v"><b xmlns="" p:x="1" y="2"/><p:c>z</p:c><d>t<e/>u</d></a>'), {
        indent: 2,
      }),
    ).toBe('<a xmlns="u" xmlns:p="v">\n  <b xmlns="" p:x="1" y="2"/>\n  <p:c>z</p:c>\n  <d>t<e/>u</d>\n</a>');
  });

  test('puts values that stand on lines of their own back into their line, where it indents', () => {
    const element = parseXml('<a><b>\nup\n</b><c>\n\n</c><d>one\ntwo\n</d></a>');
    expect(renderXml(element, { indent: 1 })).toBe('<a>\n <b>up</b>\n <c/>\n <d>one\ntwo\n</d>\n</a>');
    expect(renderXml(element)).toBe('<a><b>\nup\n</b><c>\n\n</c><d>one\ntwo\n</d></a>');
  });

  test('declares what a part of a document needs to stand alone', () => {
    const part = parseXml('<a xmlns="u" xmlns:p="v"><p:c q="1" p:q="2"><d/></p:c></a>').child('c');
    const again = parseXml(renderXml(part!));
    expect(again.is('c', 'v')).toBe(true);
    expect(again.attribute('q', 'v')).toBe('2');
    expect(again.child('d', 'u')).toBeDefined();
  });

  test('reading what was written gives the same tree', () => {
    fc.assert(
      fc.property(tree(3), (element) => {
        expect(plain(parseXml(renderXml(element)))).toEqual(plain(element));
      }),
    );
  });
});

const uri = fc.constantFrom('', 'u', 'v');
const name = fc.constantFrom('a', 'b', 'c-d');

function tree(depth: number): fc.Arbitrary<XmlElement> {
  return fc
    .record({
      name,
      namespace: uri,
      prefix: fc.constantFrom('', 'p', 'q'),
      attributes: fc.uniqueArray(fc.record({ name, namespace: uri, value: fc.string() }), {
        selector: (attribute) => `${attribute.namespace} ${attribute.name}`,
        maxLength: 2,
      }),
      children: depth === 0 ? fc.constant([]) : fc.array(tree(depth - 1), { maxLength: 3 }),
      text: fc.constantFrom('', 'x', ' & '),
    })
    .map((parts) => new XmlElement(parts.children.length > 0 ? { ...parts, text: '' } : parts));
}

function plain(element: XmlElement): unknown {
  const attributes = element.attributes.map(
    (attribute) => `${attribute.namespace} ${attribute.name}=${attribute.value}`,
  );
  return [element.name, element.namespace, attributes.sort(), element.text, element.children.map(plain)];
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
