import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { escapeXml, Gestures, keyStep, type PageElement, type PageEvent, pageDocument, pagePolicy } from '#page';

describe('text in a page', () => {
  it('comes out as it went in, whatever it is, but for what no document may hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let read = '';
        const parser = new SaxesParser();
        parser.on('text', (part) => {
          read += part;
        });
        parser.on('error', (error) => {
          throw error;
        });
        parser.write(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`).close();
        // XML reads a carriage return as a line feed.
        const wanted = text
          .toWellFormed()
          .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
          .replace(/\r\n?/g, '\n');
        expect(read).toBe(wanted);
      }),
    );
  });

  it('is data, never markup, where a script reads it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant('</script><!--<script>\u2028')), (text) => {
        const page = pageDocument({ title: text, style: '', body: '', script: 'void 0', data: { text } });
        const embedded = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!;
        expect(embedded).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(embedded)).toEqual({ text });
        expect(page.match(/<script/g)).toHaveLength(2);
      }),
    );
  });
});

describe('the policy of a page', () => {
  it('lets its own script run by its hash, and nothing be fetched', () => {
    const policy = pagePolicy('alert(1)');
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update('alert(1)').digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/img-src|connect-src|unsafe-eval|frame-ancestors/);
  });

  it('stands in the page of a file, and in the header of one that is served', () => {
    const parts = { title: 't', style: '', body: '', script: '0' };
    expect(pageDocument(parts)).toContain('http-equiv="Content-Security-Policy"');
    const served = { images: ['self'], isServed: true } as const;
    expect(pageDocument({ ...parts, policy: served })).not.toContain('http-equiv');
    expect(pagePolicy('0', served)).toMatch(/img-src 'self'; connect-src 'self'; .*frame-ancestors 'none'/);
  });
});

describe('gestures', () => {
  function drawing(): { acts: string[]; send: (type: string, event?: Partial<PageEvent>) => void; gestures: Gestures } {
    const listeners = new Map<string, (event: PageEvent) => void>();
    const acts: string[] = [];
    const element = {
      addEventListener: (type: string, listener: (event: PageEvent) => void) => listeners.set(type, listener),
      getBoundingClientRect: () => ({ left: 10, top: 20, width: 100, height: 100 }),
      setPointerCapture: (id: number) => acts.push(`capture ${id}`),
    } as unknown as PageElement;
    const gestures = new Gestures(element, {
      move: (dx, dy) => acts.push(`move ${dx} ${dy}`),
      zoom: (factor, x, y) => acts.push(`zoom ${factor.toFixed(2)} ${x} ${y}`),
      tap: (x, y) => acts.push(`tap ${x} ${y}`),
      hover: (x, y) => acts.push(`hover ${x} ${y}`),
    });
    const usual = { button: 0, pointerId: 1, clientX: 10, clientY: 20, deltaY: 0, preventDefault: () => {} };
    const send = (type: string, event: Partial<PageEvent> = {}): void =>
      listeners.get(type)!({ ...usual, ...event } as PageEvent);
    return { acts, send, gestures };
  }

  it('are a tap where the pointer hardly moved, a drag where it did', () => {
    const { acts, send, gestures } = drawing();
    send('pointermove', { clientX: 15 });
    send('pointerdown');
    send('pointerup', { clientX: 12 });
    expect(gestures.hasDragged).toBe(false);
    send('pointerdown');
    send('pointermove', { clientX: 40, clientY: 25 });
    send('pointerup', { clientX: 40, clientY: 25 });
    expect(gestures.hasDragged).toBe(true);
    expect(acts).toEqual(['hover 5 0', 'tap 2 0', 'capture 1', 'move 30 5']);
  });

  it('zoom by wheel at the pointer, and by two fingers between them', () => {
    const { acts, send } = drawing();
    send('wheel', { deltaY: -1000, clientX: 60, clientY: 70 });
    send('pointerdown', { clientX: 10 });
    send('pointerdown', { pointerId: 2, clientX: 30 });
    send('pointermove', { pointerId: 2, clientX: 50 });
    send('pointermove', { pointerId: 2, clientX: 90 });
    expect(acts.filter((act) => act.startsWith('zoom'))).toEqual(['zoom 4.48 50 50', 'zoom 2.00 40 0']);
  });

  it('leave keys that are no arrows alone', () => {
    expect(keyStep('ArrowLeft')).toEqual([60, 0]);
    expect(keyStep('a')).toBeUndefined();
  });
});
