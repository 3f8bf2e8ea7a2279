import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NetwrightError } from '#core';
import { openSession } from '#device';
import { OutputBudget, type OutputHolder } from '../../src/device/output-budget.ts';
import { FakeDevice } from './fake-device.ts';
import { endpoint, iosOneByOne } from './fixtures.ts';
import { fc, test } from './property.ts';

class Reader implements OutputHolder {
  readonly label: string;
  isPaused = false;
  bytes = 0;
  error: NetwrightError | undefined;
  readonly #budget: OutputBudget;

  constructor(budget: OutputBudget, label = 'r') {
    this.#budget = budget;
    this.label = label;
  }
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  fail(error: NetwrightError): void {
    this.error = error;
    this.bytes = 0;
  }
  gets(bytes: number): void {
    this.bytes += bytes;
    this.#budget.holds(this, this.bytes);
  }
  lets(): void {
    this.bytes = 0;
    this.#budget.holds(this, 0);
  }
}

describe('the memory of outputs', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('makes all wait but those that hold most, and lets them go on when there is room', () => {
    const budget = new OutputBudget({ limitBytes: 1000, freeBytes: 50, readers: 1 });
    const [a, b, c, small] = ['a', 'b', 'c', 'small'].map((label) => new Reader(budget, label)) as [
      Reader,
      Reader,
      Reader,
      Reader,
    ];
    a.gets(300);
    b.gets(500);
    c.gets(190);
    expect(budget.waiting).toBe(0);
    small.gets(40);
    expect([a, b, c, small].map((one) => one.isPaused)).toEqual([false, false, false, false]);
    c.gets(1);
    b.gets(1);
    a.gets(1);
    // The first that met the limit reads on.
    expect([a, b, c, small].map((one) => one.isPaused)).toEqual([true, true, false, false]);
    c.gets(100);
    expect(budget.totalBytes).toBe(1133);
    c.lets();
    expect([a.isPaused, b.isPaused]).toEqual([true, false]);
    b.lets();
    expect(budget.waiting).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives the place of a silent one to the next, and of a slow one after a while', () => {
    const budget = new OutputBudget({ limitBytes: 1000, freeBytes: 0, readers: 1 });
    const [a, b] = [new Reader(budget, 'a'), new Reader(budget, 'b')];
    a.gets(600);
    b.gets(500);
    a.gets(1);
    expect([a.isPaused, b.isPaused]).toEqual([true, false]);
    vi.advanceTimersByTime(250);
    expect(a.isPaused).toBe(false);
    b.gets(1);
    expect(b.isPaused).toBe(true);
    for (let turn = 0; turn < 8; turn += 1) {
      a.gets(1);
      vi.advanceTimersByTime(250);
    }
    expect(b.isPaused).toBe(false);
  });

  it('fails the largest when a quarter more than all is full', () => {
    const budget = new OutputBudget({ limitBytes: 1000, freeBytes: 500, readers: 1 });
    const readers = [400, 450, 400].map((bytes, at) => {
      const reader = new Reader(budget, `r${at}`);
      reader.gets(bytes);
      return reader;
    });
    expect(readers.map((one) => one.error?.code)).toEqual([undefined, undefined, undefined]);
    readers[0]!.gets(20);
    expect(readers.map((one) => one.error?.code)).toEqual([undefined, 'NW_OUTPUT_TOO_LARGE', undefined]);
    expect(readers[1]!.error!.message).toMatch(/^r1: 0\.0 MB of output, the most of all devices/);
    expect(budget.totalBytes).toBe(820);
  });

  test.prop([
    fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      maxLength: 40,
    }),
    fc.integer({ min: 1, max: 5 }),
  ])('is never exceeded by much, and everybody comes to an end', (wants, readers) => {
    const budget = new OutputBudget({ limitBytes: 1000, freeBytes: 20, readers });
    const left = wants.map(([total, step]) => ({ reader: new Reader(budget), total, step }));
    let mostBytes = 0;
    for (let round = 0; left.some(({ total }) => total > 0); round += 1) {
      expect(round).toBeLessThan(20_000);
      for (const one of left) {
        if (one.reader.error) one.total = 0;
        if (one.total <= 0 || one.reader.isPaused) continue;
        one.total -= one.step;
        one.reader.gets(one.step);
        mostBytes = Math.max(mostBytes, budget.totalBytes);
        if (one.total <= 0 && !one.reader.error) one.reader.lets();
      }
      if (round % 3 === 0) vi.advanceTimersByTime(250);
    }
    expect(mostBytes).toBeLessThanOrEqual(1250);
    expect(budget.totalBytes).toBe(0);
    expect(budget.waiting).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('many devices that never stop printing', () => {
  it('take no more memory than there is, and those that end are read whole', async () => {
    const outputBudget = new OutputBudget({ limitBytes: 2_000_000, freeBytes: 20_000, readers: 3 });
    const config = Array.from({ length: 6000 }, (_, at) => `interface Ethernet1/${at}`).join('\r\n');
    const flood = Buffer.alloc(400_000, 'description endless\r\n');
    const cut = (bytes: Buffer): Buffer[] =>
      Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, at) => bytes.subarray(at * 8192, (at + 1) * 8192));
    let mostBytes = 0;
    const watch = setInterval(() => {
      mostBytes = Math.max(mostBytes, outputBudget.totalBytes);
    }, 1);
    const devices = Array.from({ length: 40 }, (_, at) => {
      const isEndless = at % 4 !== 0;
      const device = new FakeDevice({
        cut,
        gapMs: 1,
        start: (hand) => hand.print('r1#'),
        line: (line, hand) => {
          if (line !== 'show running-config') hand.print('r1#');
          else if (isEndless) hand.print(flood);
          else hand.print(`${config}\r\nr1#`);
        },
      });
      return { device, isEndless };
    });
    const outcomes = await Promise.all(
      devices.map(async ({ device }) => {
        const session = await openSession(endpoint(), iosOneByOne, {
          dialer: device,
          outputBudget,
          maxOutputBytes: 300_000,
        });
        return session.send('show running-config').then(
          (text) => text,
          (error: NetwrightError) => error.code,
        );
      }),
    );
    clearInterval(watch);
    expect(mostBytes).toBeGreaterThan(1_500_000);
    expect(mostBytes).toBeLessThan(2_600_000);
    for (const [at, { isEndless, device }] of devices.entries()) {
      expect(
        outcomes[at] === (isEndless ? 'NW_OUTPUT_TOO_LARGE' : config.replaceAll('\r\n', '\n')),
        `device ${at}: ${outcomes[at]?.slice(0, 40)}`,
      ).toBe(true);
      expect(device.isDestroyed).toBe(isEndless);
    }
    expect(outputBudget.waiting).toBe(0);
    expect(outputBudget.totalBytes).toBeLessThan(1000);
  });
});
