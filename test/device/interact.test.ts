import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { openSession } from '#device';
import { endpoint, iosDevice, iosOneByOne } from './fixtures.ts';

const shown = (output: PassThrough): string => (output.read() as Buffer | null)?.toString() ?? '';

describe('an interactive session', () => {
  it('joins a terminal and the device until the person leaves', async () => {
    const device = iosDevice({ 'show version': 'Version 15' });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device, prepare: false });
    const [input, output] = [new PassThrough(), new PassThrough()];
    const done = session.interact({ input, output });
    input.write('show version\r');
    let text = '';
    await vi.waitFor(() => {
      text += shown(output);
      expect(text).toBe('r1#show version\r\nVersion 15\r\nr1#');
    });
    input.end();
    await done;
    expect(device.isDestroyed).toBe(false);
    expect(input.listenerCount('data')).toBe(0);
  });

  it('waits for what a pipe asked before it ended', async () => {
    const device = iosDevice({ 'show version': 'Version 15' }, { latencyMs: 100 });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device, prepare: false });
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end('show version\r');
    await session.interact({ input, output, lingerMs: 1000 });
    expect(shown(output)).toBe('r1#show version\r\nVersion 15\r\nr1#');
  });

  it('tells the device of the size of the window, each time it changes, and of the usual one in the end', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device, prepare: false });
    const input = new PassThrough();
    const output = Object.assign(new PassThrough(), { columns: 120, rows: 40 });
    const done = session.interact({ input, output });
    await vi.waitFor(() => expect(device.windows).toEqual([[120, 40]]));
    Object.assign(output, { columns: 80, rows: 24 }).emit('resize');
    expect(device.windows.at(-1)).toEqual([80, 24]);
    input.end();
    await done;
    expect(device.windows).toEqual([
      [120, 40],
      [80, 24],
      [511, 1000],
    ]);
    expect(output.listenerCount('resize')).toBe(0);
  });

  it('ends when the device hangs up', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    const [input, output] = [new PassThrough(), new PassThrough()];
    const done = session.interact({ input, output });
    input.write('exit\r');
    await done;
    expect(input.listenerCount('data')).toBe(0);
  });

  it('ends at an abort', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    const controller = new AbortController();
    const done = session.interact(
      { input: new PassThrough(), output: new PassThrough() },
      { signal: controller.signal },
    );
    controller.abort();
    await expect(done).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  it('slows the device down when the terminal is slow', async () => {
    const device = iosDevice(
      { 'show run': 'x'.repeat(200_000) },
      {
        cut: (bytes) =>
          Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, at) => bytes.subarray(at * 1000, (at + 1) * 1000)),
      },
    );
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    const [input, output] = [new PassThrough(), new PassThrough({ highWaterMark: 4096 })];
    const done = session.interact({ input, output });
    input.write('show run\r');
    await vi.waitFor(() => expect(output.writableLength).toBeGreaterThan(0));
    // Time enough for all of it, where nothing slows the device down.
    await wait(50);
    expect(output.readableLength + output.writableLength).toBeLessThan(20_000);
    let size = 0;
    output.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > 200_000) input.end();
    });
    await Promise.race([done, once(output, 'end')]);
    expect(size).toBeGreaterThan(200_000);
  });
});
