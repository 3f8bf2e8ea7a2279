import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { NetwrightError, type Outcome, Secret } from '#core';
import { colorDiff } from '../../src/cli/color-diff.ts';
import { type FailedOutcome, outcomeRecord, reportCounts, reportFailures } from '../../src/cli/failures.ts';
import { interruption } from '../../src/cli/interruption.ts';
import { LeaveKey } from '../../src/cli/leave-key.ts';
import { OutputGroups } from '../../src/cli/output-groups.ts';
import { Progress } from '../../src/cli/progress.ts';
import { Screen } from '../../src/cli/screen.ts';
import { cut, formatCount, formatSize, padded, table } from '../../src/cli/table.ts';
import { transcriptText } from '../../src/cli/transcript-text.ts';

/** A terminal, or a pipe, that remembers what was written. */
class Stream extends EventEmitter {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;
  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }
  write(data: string | Uint8Array): boolean {
    this.text += typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
    return true;
  }
}

function screenOn(options: { readonly isTTY?: boolean; readonly env?: Record<string, string> } = {}) {
  const stdout = new Stream(options.isTTY);
  const stderr = new Stream(options.isTTY);
  const screen = new Screen({
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env: options.env ?? {},
  });
  return { screen, stdout, stderr };
}

describe('a line', () => {
  it('is filled up and cut by the columns that its signs take', () => {
    expect([padded('ab', 4), padded('部署', 5), padded('e\u0301', 2), padded('abc', 2)]).toEqual([
      ...['ab  ', '部署 ', 'e\u0301 ', 'abc'],
    ]);
    expect([cut('部署-交换机', 6), cut('abc', 5), cut('e\u0301ab', 2)]).toEqual(['部署-', 'abc', 'e\u0301a']);
  });
});

describe('a screen', () => {
  it('hides secrets in everything that passes, also where JSON would escape them', () => {
    const { screen, stdout, stderr } = screenOn();
    screen.redactor.learn(new Secret('pa"ss\\word'));
    screen.print('a pa"ss\\word');
    screen.printText('b pa"ss\\word\n');
    screen.note('c pa"ss\\word');
    screen.isJson = true;
    screen.document({ deep: [{ value: 'pa"ss\\word' }] });
    screen.record('pa"ss\\word');
    screen.error(new NetwrightError('NW_INTERNAL', 'd pa"ss\\word'));
    for (const { text } of [stdout, stderr]) {
      expect(text).not.toContain('ss\\word');
      expect(text).not.toContain('ss\\\\word');
    }
    expect(stdout.text.match(/<redacted>/g)).toHaveLength(5);
  });

  it('goes on when the disk under its output is full, and says so at the end', () => {
    const { screen, stdout, stderr } = screenOn();
    stderr.emit('error', Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
    screen.note('not there');
    screen.print('before');
    expect(screen.outputFailure).toBeUndefined();
    stdout.emit('error', Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
    screen.print('after');
    expect([stdout.text, stderr.text, screen.isClosed]).toEqual(['before\n', '', true]);
    expect(screen.outputFailure).toMatchObject({
      code: 'NW_STORE_FULL',
      message: expect.stringMatching(/no space left/),
    });
  });

  it('with --json prints JSON and nothing else', () => {
    const { screen, stdout } = screenOn();
    screen.isJson = true;
    screen.print('for people');
    screen.printText('for people');
    screen.document({ a: 1 });
    expect(JSON.parse(stdout.text)).toEqual({ a: 1 });
  });

  it('gives odd bytes of devices back as they were', () => {
    const { screen, stdout } = screenOn();
    screen.printText('caf\udce9');
    expect(stdout.text).toBe('caf\u00e9');
  });

  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal %s with %o is coloured: %s', (isTTY, env, isColored) => {
    expect(screenOn({ isTTY, env: env as Record<string, string> }).screen.colors.isColorSupported).toBe(isColored);
  });

  it('whose reader went away goes on in silence', () => {
    const { screen, stdout } = screenOn();
    stdout.emit('error', Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
    expect(screen.isClosed).toBe(true);
    screen.print('nobody reads this');
    expect(stdout.text).toBe('');
    expect(screen.outputFailure).toBeUndefined();
  });

  it('waits for a slow reader, and no longer than it reads', async () => {
    const { screen, stdout } = screenOn();
    const { signal } = new AbortController();
    await screen.drained(signal);
    Object.assign(stdout, { writableNeedDrain: true });
    const taken = screen.drained(signal);
    stdout.emit('drain');
    await taken;
    const left = screen.drained(signal);
    stdout.emit('error', Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
    await left;
    expect(screen.isClosed).toBe(true);
    await expect(screenOn().screen.drained(AbortSignal.abort())).resolves.toBeUndefined();
    const { screen: other, stdout: full } = screenOn();
    Object.assign(full, { writableNeedDrain: true });
    await expect(other.drained(AbortSignal.abort())).rejects.toThrow('aborted');
  });
});

describe('failures', () => {
  const failed = (device: string, message: string): FailedOutcome => ({
    device,
    ok: false,
    error: new NetwrightError('NW_AUTH_FAILED', message),
    startedAtMs: 0,
    durationMs: 1.4,
    attempts: 1,
    transcriptId: undefined,
  });

  it('that are alike share a line', () => {
    const { screen, stderr } = screenOn();
    reportFailures(screen, [
      failed('r1', 'r1 (192.0.2.1:22, ssh): refused'),
      failed('r2', 'r2 (192.0.2.2:22, ssh): refused'),
      failed('r3', 'r3: something else'),
    ]);
    expect(stderr.text).toMatch(/^ {2}r1, r2 +NW_AUTH_FAILED +refused$/m);
    expect(stderr.text).toMatch(/^ {2}r3 +NW_AUTH_FAILED +something else$/m);
    expect(stderr.text.match(/netwright secret set/g)).toHaveLength(1);
  });

  it('stand without the name of the device, whatever stands in parentheses behind it', () => {
    const { screen, stderr } = screenOn();
    reportFailures(screen, [
      failed('r1', 'r1 (192.0.2.1:22, ssh) (cisco_ios): no prompt'),
      failed('r2', 'r2 (cisco_ios) refused "show"'),
      failed('r3', 'r33: no device'),
      failed('r4', 'r4 is odd (yes): very'),
    ]);
    const rows = stderr.text.split('\n').filter((line) => line.includes('NW_AUTH_FAILED  '));
    expect(rows.map((line) => line.slice(line.indexOf('FAILED  ') + 8).trim())).toEqual([
      'no prompt',
      'refused "show"',
      'r33: no device',
      'r4 is odd (yes): very',
    ]);
  });

  it('are told whole: on a terminal in lines that fit, elsewhere in one', () => {
    const offered = Array.from({ length: 40 }, (_, n) => `algorithm-${n}`).join(', ');
    const message = `expected one of ${offered}; the device offers ${offered}`;
    const narrow = screenOn({ isTTY: true, env: { NO_COLOR: '1' } });
    reportFailures(narrow.screen, [failed('r1', `r1 (192.0.2.1:22, ssh): ${message}`)]);
    const lines = narrow.stderr.text.split('\n');
    const table = lines.slice(
      1,
      lines.findIndex((line) => line.startsWith('  NW_AUTH_FAILED:')),
    );
    expect(table.length).toBeGreaterThan(10);
    expect(table.every((line) => line.length < 80)).toBe(true);
    expect(table.map((line) => line.slice(22).trim()).join(' ')).toBe(message);
    // Beside long names too little room is left: the message stands below them.
    const many = ['a', 'b', 'c'].map((name) => failed(`${name.repeat(12)}`, message));
    const below = screenOn({ isTTY: true, env: { NO_COLOR: '1' } });
    reportFailures(below.screen, many);
    expect(below.stderr.text).toMatch(/^ {2}a+, b+, c+ {2}NW_AUTH_FAILED$/m);
    const told = below.stderr.text.split('\n').filter((line) => line.startsWith('    '));
    expect(told.map((line) => line.trim()).join(' ')).toBe(message);
    const log = screenOn();
    reportFailures(log.screen, [failed('r1', message)]);
    expect(log.stderr.text).toContain(message);
  });

  it('are counted as everything is', () => {
    const { screen, stderr } = screenOn();
    reportCounts(screen, 2500, [failed('r1', 'no')], 1000, `, ${formatCount(1200)} changed`);
    expect(stderr.text).toBe('2,499 devices done, 1 failed, 1,200 changed in 1.0 s\n');
  });

  it('have the same facts for programs as what went well', () => {
    const ok: Outcome<number> = { device: 'r1', ok: true, value: 1, startedAtMs: 0, durationMs: 1.6, attempts: 1 };
    expect(outcomeRecord(ok, (value) => ({ value }))).toEqual({
      device: 'r1',
      ok: true,
      startedAt: '1970-01-01T00:00:00.000Z',
      durationMs: 2,
      attempts: 1,
      value: 1,
    });
    expect(outcomeRecord(failed('r1', 'no'))).toMatchObject({
      device: 'r1',
      ok: false,
      error: { code: 'NW_AUTH_FAILED' },
    });
  });
});

describe('progress', () => {
  it('is drawn on a terminal, a line for each device, and is gone in the end', async () => {
    const { screen, stderr, stdout } = screenOn({ isTTY: true });
    {
      await using progress = await Progress.start(screen, 'backup');
      progress.onEvent({ type: 'planned', total: 3 });
      progress.onEvent({ type: 'started', device: 'r1', attempt: 1 });
      progress.onEvent({ type: 'retrying', device: 'r2', attempt: 1, inMs: 900, reason: 'nobody there' });
      await vi.waitFor(() => expect(stderr.text).toContain('again in 900 ms'), { timeout: 10_000 });
      expect(stderr.text).toContain('backup: 0/3, 2 running');
      expect(stderr.text).toMatch(/r1 +\d+ ms/);
      expect(stderr.text).toContain('again in 900 ms: nobody there');
      const before = stderr.text.length;
      screen.print('a result');
      screen.print('another');
      // Printed lines wait for the next drawing: what was drawn goes first, and is there again behind them.
      expect(stdout.text).toBe('');
      await vi.waitFor(() => expect(stdout.text).toBe('a result\nanother\n'));
      expect(stderr.text.slice(before)).toContain('backup: 0/3');
      screen.print('the last');
    }
    expect(stdout.text).toBe('a result\nanother\nthe last\n');
    const after = stderr.text.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(stderr.text.length).toBe(after);
  });

  it('of many devices is one line', async () => {
    const { screen, stderr } = screenOn({ isTTY: true });
    await using progress = await Progress.start(screen, 'run');
    progress.onEvent({ type: 'planned', total: 500 });
    for (let n = 0; n < 100; n += 1) progress.onEvent({ type: 'started', device: `r${n}`, attempt: 1 });
    await vi.waitFor(() => expect(stderr.text).toContain('run: 0/500, 100 running'), { timeout: 10_000 });
    expect(stderr.text).not.toContain('r42');
  });

  it('is not drawn into a pipe', async () => {
    const { screen, stderr } = screenOn();
    await using progress = await Progress.start(screen, 'run');
    progress.onEvent({ type: 'planned', total: 5 });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(stderr.text).toBe('');
  });
});

it('an interruption asks first, and leaves at once the second time', () => {
  const target = Object.assign(new EventEmitter(), {
    stderr: new Stream(),
    exited: [] as number[],
    exit(code: number) {
      this.exited.push(code);
    },
  });
  const { signal, release } = interruption(target as unknown as NodeJS.Process);
  target.emit('SIGINT', 'SIGINT');
  expect(signal.aborted).toBe(true);
  expect(signal.reason.code).toBe('NW_CANCELLED');
  expect(target.exited).toEqual([]);
  target.emit('SIGINT', 'SIGINT');
  expect(target.exited).toEqual([130]);
  release();
  expect(target.listenerCount('SIGINT')).toBe(0);
});

it('equal answers are held once, and no more than can be', () => {
  const groups = new OutputGroups(['r1', 'r2', 'r3']);
  groups.add('r3', 'a');
  groups.add('r1', 'b');
  groups.add('r2', 'a');
  expect(groups.take()).toEqual([
    { text: 'a', devices: ['r2', 'r3'] },
    { text: 'b', devices: ['r1'] },
  ]);
  expect(groups.take()).toEqual([]);
  const large = 'x'.repeat(20_000_000);
  expect(groups.add('r1', `${large}1`)).toBe(true);
  expect(groups.add('r2', `${large}2`)).toBe(false);
  expect(groups.take()).toHaveLength(2);
});

it('a table keeps its columns under each other, whatever the script', () => {
  expect(
    table(
      ['A', 'B'],
      [
        ['路由器', 'x'],
        ['r1', 'y'],
      ],
    ),
  ).toBe('A       B\n路由器  x\nr1      y');
  expect(formatSize(999)).toBe('999 B');
  expect(formatSize(4200)).toBe('4.2 kB');
});

it('a diff is coloured by its lines', () => {
  const { screen } = screenOn({ env: { FORCE_COLOR: '1' } });
  const { green, red, cyan, bold } = screen.colors;
  expect(colorDiff('--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z', screen.colors)).toBe(
    [bold('--- a'), bold('+++ b'), cyan('@@ -1 +1 @@'), red('-x'), green('+y'), ' z'].join('\n'),
  );
});

it('a transcript cannot command the terminal of its reader', () => {
  const { screen } = screenOn();
  const text = transcriptText(
    {
      id: 'x',
      device: 'r1',
      platform: 'linux',
      startedAtMs: 0,
      failure: '',
      entries: [
        { atMs: 5, kind: 'sent', text: 'show\r\n' },
        { atMs: 12, kind: 'received', text: 'show\r\n\x1b]0;owned\x07\x9b2J\u00e9\r\n' },
      ],
    },
    screen.colors,
  );
  expect(text).toBe('      5 ms > show\n     12 ms   show\n             ^[]0;owned^G\\x9b2J\u00e9\n');
});

it('the key that leaves ends the input, with what was typed before it', async () => {
  const input = new PassThrough();
  const keys = input.pipe(new LeaveKey());
  let typed = '';
  keys.on('data', (chunk: Buffer) => {
    typed += chunk.toString();
  });
  const ended = new Promise((resolve) => keys.on('end', resolve));
  input.write('show ver');
  input.write('sion\x1dlost');
  await ended;
  expect(typed).toBe('show version');
});
