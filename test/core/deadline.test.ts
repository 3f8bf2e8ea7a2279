import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { NetwrightError, withDeadline } from '#core';

const late = () => new NetwrightError('NW_CONNECT_TIMEOUT', 'r1: too late');

describe('withDeadline', () => {
  it('gives what the work gives', async () => {
    await expect(withDeadline({ timeoutMs: 1000 }, late, async () => 7)).resolves.toBe(7);
  });

  it('does not wait for work that ignores the deadline', async () => {
    await expect(withDeadline({ timeoutMs: 10 }, late, () => new Promise(() => {}))).rejects.toMatchObject({
      code: 'NW_CONNECT_TIMEOUT',
    });
  });

  it('is not over at once because it is further away than a timer of Node reaches', async () => {
    const work = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('done'), 20));
    await expect(withDeadline({ timeoutMs: 40 * 86_400_000 }, late, work)).resolves.toBe('done');
  });

  it('tells the work through its signal', async () => {
    const seen = vi.fn();
    await expect(
      withDeadline({ timeoutMs: 10 }, late, (signal) => {
        signal.addEventListener('abort', () => seen(signal.reason.code));
        return new Promise(() => {});
      }),
    ).rejects.toThrow();
    expect(seen).toHaveBeenCalledWith('NW_CONNECT_TIMEOUT');
  });

  it('ends at once when the outer signal fires, with its error', async () => {
    const outer = new AbortController();
    const work = withDeadline({ signal: outer.signal }, late, () => new Promise(() => {}));
    outer.abort(new NetwrightError('NW_JOB_TIMEOUT', 'job over'));
    await expect(work).rejects.toMatchObject({ code: 'NW_JOB_TIMEOUT' });
  });

  it('ends with whatever the call stands under, and leaves no listener behind', async () => {
    const [caller, disposal] = [new AbortController(), new AbortController()];
    const left = (): number =>
      [caller, disposal].reduce((sum, { signal }) => sum + getEventListeners(signal, 'abort').length, 0);
    await expect(withDeadline({ signal: caller.signal }, late, async () => left(), disposal.signal)).resolves.toBe(2);
    expect(left()).toBe(0);
    const work = withDeadline({ signal: caller.signal }, late, () => new Promise(() => {}), disposal.signal);
    disposal.abort(new NetwrightError('NW_CANCELLED', 'the dialer is closed'));
    await expect(work).rejects.toThrow('the dialer is closed');
    await expect(withDeadline({}, late, async () => 1, disposal.signal)).rejects.toThrow('the dialer is closed');
    expect(left()).toBe(0);
  });

  it('does not begin when the signal has fired already', async () => {
    const work = vi.fn(async () => 1);
    await expect(withDeadline({ signal: AbortSignal.abort() }, late, work)).rejects.toMatchObject({
      code: 'NW_CANCELLED',
    });
    expect(work).not.toHaveBeenCalled();
  });
});
