import { describe, expect, it } from 'vitest';
import { NetwrightError, type Outcome, systemClock } from '#core';
import { defaultConcurrency, type RunEvent, run, type Task } from '#runner';
import { threadCpuMs } from '../cpu-time.ts';
import { CountingConnector, fakeDevice } from './fake-connector.ts';

const devices = (count: number) => Array.from({ length: count }, (_, n) => fakeDevice(`r${n}`));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const atOnce = { now: () => Date.now(), sleep: async () => {} };

async function all<T>(outcomes: AsyncIterable<Outcome<T>>): Promise<Outcome<T>[]> {
  const list: Outcome<T>[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

describe('outcomes', () => {
  it('come in the order in which they are done, with the same facts either way', async () => {
    const connector = new CountingConnector();
    const outcomes = await all(
      run(
        devices(3),
        async ({ device, connect }) => {
          await connect();
          await pause(device.name === 'r0' ? 60 : 5);
          if (device.name === 'r1') throw new NetwrightError('NW_AUTH_FAILED', 'no');
          return 1;
        },
        connector,
      ),
    );
    expect(outcomes.at(-1)?.device).toBe('r0');
    const failed = outcomes.find(({ ok }) => !ok);
    expect(failed).toMatchObject({
      device: 'r1',
      attempts: 1,
      error: { code: 'NW_AUTH_FAILED' },
      transcriptId: 't-r1',
    });
    expect(connector).toMatchObject({ open: 0, closed: 3, destroyed: 0, kept: ['r1'] });
  });

  it('of a defect in a task are failures of that device, not of the run', async () => {
    const outcomes = await all(
      run(
        devices(2),
        async ({ device }) => {
          if (device.name === 'r0') throw new TypeError('undefined is not a function');
        },
        new CountingConnector(),
      ),
    );
    expect(outcomes.map(({ ok }) => String(ok)).toSorted()).toEqual(['false', 'true']);
    expect(outcomes.find(({ ok }) => !ok)?.error?.code).toBe('NW_INTERNAL');
  });

  it('of nothing are none', async () => {
    expect(await all(run([], async () => 1, new CountingConnector()))).toEqual([]);
  });
});

describe('a slow consumer', () => {
  it('loses nothing, and holds up the starting of devices', async () => {
    let begun = 0;
    let most = 0;
    let taken = 0;
    const task: Task<number> = async () => {
      begun += 1;
      return begun;
    };
    const outcomes = run(devices(300), task, new CountingConnector(), { limits: { concurrency: 4 } });
    for await (const outcome of outcomes) {
      taken += 1;
      expect(outcome.ok).toBe(true);
      if (taken < 20) await pause(3);
      most = Math.max(most, begun - taken);
    }
    expect(taken).toBe(300);
    // Four ready to be taken, four that ran when the fourth came.
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe('leaving', () => {
  it('the loop ends what is running before it is left', async () => {
    const connector = new CountingConnector();
    for await (const _ of run(
      devices(50),
      async ({ device, connect, signal }) => {
        await connect();
        if (device.name !== 'r0') await systemClock.sleep(60_000, signal);
      },
      connector,
      { limits: { concurrency: 10 } },
    )) {
      break;
    }
    expect(connector.open).toBe(0);
    expect(connector.opened.length).toBeLessThanOrEqual(11);
  });

  it('by a signal gives every device its outcome, and no socket stays', async () => {
    const controller = new AbortController();
    const connector = new CountingConnector(() => 5);
    const outcomes = await all(
      run(
        devices(30),
        async ({ connect }) => {
          await connect();
          if (connector.open === 7) controller.abort();
          await pause(60_000);
        },
        connector,
        { limits: { concurrency: 7 }, signal: controller.signal },
      ),
    );
    expect(outcomes).toHaveLength(30);
    expect(new Set(outcomes.map(({ error }) => error?.code))).toEqual(new Set(['NW_CANCELLED']));
    expect(outcomes.filter(({ attempts }) => attempts === 1)).toHaveLength(7);
    expect(connector).toMatchObject({ open: 0, destroyed: 7, closed: 0 });
  });

  it('at the deadline of the run says that it took too long', async () => {
    const outcomes = await all(
      run(devices(3), () => pause(60_000), new CountingConnector(), { timeoutMs: 30, limits: { concurrency: 1 } }),
    );
    expect(outcomes.map(({ error }) => error?.message)).toEqual([
      'r0: given up, because the run took longer than 30 ms',
      'r1: not tried, because the run took longer than 30 ms',
      'r2: not tried, because the run took longer than 30 ms',
    ]);
  });
});

describe('a deadline beyond what a timer of Node reaches', () => {
  it('is not over at once, of a run and of a job', async () => {
    const far = 40 * 86_400_000;
    const options = { timeoutMs: far, jobTimeoutMs: far };
    const outcomes = await all(run(devices(2), () => pause(20), new CountingConnector(), options));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe('the deadline of a job', () => {
  it('destroys its session and reports it, whatever the task does', async () => {
    const connector = new CountingConnector();
    const [outcome] = await all(
      run(
        [fakeDevice('r0', { timeoutMs: 200 })],
        async ({ connect }) => {
          await connect();
          await new Promise(() => {});
        },
        connector,
        { jobTimeoutMs: 60_000 },
      ),
    );
    expect(outcome?.error?.code).toBe('NW_JOB_TIMEOUT');
    expect(connector).toMatchObject({ open: 0, destroyed: 1 });
  });

  it('covers all attempts: none begins that could not be waited for', async () => {
    const events: RunEvent[] = [];
    const [outcome] = await all(
      run(
        devices(1),
        async () => {
          throw new NetwrightError('NW_CONNECT_TIMEOUT', 'nobody there');
        },
        new CountingConnector(),
        { retries: 5, jobTimeoutMs: 50, onEvent: (event) => events.push(event) },
      ),
    );
    expect(outcome).toMatchObject({ attempts: 1, error: { code: 'NW_CONNECT_TIMEOUT' } });
    expect(events.some(({ type }) => type === 'retrying')).toBe(false);
  });
});

describe('retries', () => {
  const failing = (code: 'NW_CONNECTION_LOST' | 'NW_AUTH_FAILED', times: number): Task<number> => {
    let count = 0;
    return async ({ attempt }) => {
      count += 1;
      if (count <= times) throw new NetwrightError(code, 'no');
      return attempt;
    };
  };

  it('are made for what may pass, with growing pauses', async () => {
    const pauses: number[] = [];
    const [outcome] = await all(
      run(devices(1), failing('NW_CONNECTION_LOST', 3), new CountingConnector(), {
        retries: 3,
        clock: atOnce,
        random: () => 0.5,
        onEvent: (event) => {
          if (event.type === 'retrying') pauses.push(event.inMs);
        },
      }),
    );
    expect(outcome).toMatchObject({ ok: true, value: 4, attempts: 4 });
    expect(pauses).toEqual([750, 1500, 3000]);
  });

  it('are not made for what will not', async () => {
    const [outcome] = await all(
      run(devices(1), failing('NW_AUTH_FAILED', 3), new CountingConnector(), { retries: 3, clock: atOnce }),
    );
    expect(outcome).toMatchObject({ ok: false, attempts: 1 });
  });

  it('hold no place while they wait: others go on', async () => {
    const order: string[] = [];
    const outcomes = await all(
      run(
        devices(4),
        async ({ device, attempt }) => {
          order.push(`${device.name} ${attempt}`);
          if (device.name === 'r0' && attempt === 1) throw new NetwrightError('NW_CONNECTION_LOST', 'gone');
        },
        new CountingConnector(),
        { limits: { concurrency: 1 }, clock: { now: () => Date.now(), sleep: async () => await pause(30) } },
      ),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(order).toEqual(['r0 1', 'r1 1', 'r2 1', 'r3 1', 'r0 2']);
  });
});

describe('batches', () => {
  it('begin only when the one before is done', async () => {
    const begun: string[] = [];
    const done: string[] = [];
    const seen: [string, number][] = [];
    for await (const { device } of run(
      devices(20),
      async ({ device: { name } }) => {
        begun.push(name);
        await pause(Math.random() * 5);
        seen.push([name, done.length]);
        done.push(name);
      },
      new CountingConnector(),
      { serial: [1, '10%', '100%'] },
    )) {
      expect(done).toContain(device);
    }
    expect(begun[0]).toBe('r0');
    expect(begun.slice(1, 3).sort()).toEqual(['r1', 'r2']);
    expect(begun).toHaveLength(20);
  });

  it('end with the first failure when that is wanted', async () => {
    const outcomes = await all(
      run(
        devices(10),
        async ({ device }) => {
          if (device.name === 'r1') throw new NetwrightError('NW_AUTH_FAILED', 'no');
        },
        new CountingConnector(),
        { serial: [1, 2, '100%'], failFast: true },
      ),
    );
    const codes = outcomes.map(({ error }) => error?.code ?? 'ok');
    expect(codes.slice(0, 3).sort()).toEqual(['NW_AUTH_FAILED', 'ok', 'ok']);
    expect(codes.slice(3)).toEqual(Array(7).fill('NW_SKIPPED'));
    expect(outcomes[3]?.error?.message).toBe('r3: not tried, because r1 failed with NW_AUTH_FAILED');
  });

  it('of senseless sizes are refused', async () => {
    await expect(all(run(devices(2), async () => 1, new CountingConnector(), { serial: [0] }))).rejects.toMatchObject({
      code: 'NW_USAGE',
    });
  });
});

it('what a listener of events throws ends the run, and leaves nothing open', async () => {
  const connector = new CountingConnector();
  const outcomes = run(devices(20), async ({ connect }) => await connect(), connector, {
    limits: { concurrency: 3 },
    onEvent: ({ type }) => {
      if (type === 'finished') throw new Error('the listener is broken');
    },
  });
  await expect(all(outcomes)).rejects.toThrow('the listener is broken');
  expect(connector.open).toBe(0);
});

it('limits that let nothing through are refused', async () => {
  const outcomes = run(devices(1), async () => 1, new CountingConnector(), { limits: { perSite: 0 } });
  await expect(all(outcomes)).rejects.toMatchObject({
    code: 'NW_USAGE',
    message: 'perSite: expected a whole number from 1, got 0',
  });
});

it('default concurrency goes by memory and by open files, to a thousand at most', () => {
  const gigabyte = 1024 ** 3;
  expect(defaultConcurrency(64 * gigabyte, 1_000_000)).toBe(1000);
  expect(defaultConcurrency(64 * gigabyte, 1024)).toBe(480);
  expect(defaultConcurrency(gigabyte, 1_000_000)).toBe(256);
  expect(defaultConcurrency(0, 0)).toBeGreaterThanOrEqual(1);
});

it('waiting behind a full gate costs nothing: the event loop turns when something happens, and not to look', async () => {
  const turns = (): number => performance.nodeTiming.uvMetricsInfo.loopCount;
  const many = Array.from({ length: 20 }, (_, n) => fakeDevice(`r${n}`, { site: 'one' }));
  const before = turns();
  const outcomes = run(many, () => pause(50), new CountingConnector(), { limits: { perSite: 1, concurrency: 10 } });
  expect(await all(outcomes)).toHaveLength(20);
  // A second of waiting; to look each millisecond would be a thousand turns.
  expect(turns() - before).toBeLessThan(20 * 15);
});

it('50,000 devices behind one full site start as fast as any', async () => {
  const cpuMsOf = async (siteOf: (n: number) => string): Promise<number> => {
    const many = Array.from({ length: 50_000 }, (_, n) => fakeDevice(`r${n}`, { site: siteOf(n) }));
    const before = threadCpuMs();
    let count = 0;
    for await (const { ok } of run(many, async () => {}, new CountingConnector(), {
      limits: { perSite: 1, concurrency: 100 },
    })) {
      if (ok) count += 1;
    }
    expect(count).toBe(50_000);
    return threadCpuMs() - before;
  };
  const free = await cpuMsOf((n) => `s${n}`);
  // A scan of the queue for each start would be 10^9 steps, many times all the rest.
  expect(await cpuMsOf((n) => (n < 49_000 ? 'full' : `s${n}`))).toBeLessThan(5 * free);
});
