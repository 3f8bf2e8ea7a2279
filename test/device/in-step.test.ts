import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { openSession } from '#device';
import type { Protocol } from '#transport';
import { withClockByHand } from './clock-by-hand.ts';
import { FakeDevice, type Hand } from './fake-device.ts';
import { endpoint, iosLike, iosOneByOne } from './fixtures.ts';
import { fc } from './property.ts';

/** Something that a device prints by itself, so many milliseconds after what came before it. */
interface Noise {
  readonly afterMs: number;
  readonly text: string;
}

interface Story {
  readonly protocol?: Protocol;
  readonly echo: boolean;
  readonly isBurst: boolean;
  readonly sizes: readonly number[];
  /** Before the first prompt. */
  readonly startMs?: number;
  /** For each line in turn: before its echo, and behind its prompt. */
  readonly before: readonly (readonly Noise[])[];
  readonly behind: readonly (readonly Noise[])[];
}

const message = '\r\n*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: Configured from console by vty0 (192.0.2.9)\r\n';
const commands = ['show a', 'show version', 'show c', 'show running-config'];
const answers: Readonly<Record<string, string>> = {
  'show a': 'this is A\nr1 is its name',
  'show version': 'this is the version\n\n  with a line of blanks before this one',
  'show c': '',
  'show running-config': 'this is the configuration\nhostname r1\nend',
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A device that takes one line after the other and tells its story meanwhile. */
function teller(story: Story): FakeDevice {
  const lines: string[] = [];
  let turn = 0;
  let isBusy = false;
  const say = async (hand: Hand, noises: readonly Noise[] = []): Promise<void> => {
    for (const { afterMs, text } of noises) {
      if (afterMs > 0) await wait(afterMs);
      hand.print(text);
    }
  };
  const work = async (hand: Hand): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
      const at = turn++;
      await say(hand, story.before[at]);
      if (story.echo) hand.print(`${line}\r\n`);
      const answer = answers[line] ?? '';
      hand.print(`${answer === '' ? '' : `${answer.replaceAll('\n', '\r\n')}\r\n`}r1#`);
      await say(hand, story.behind[at]);
    }
    isBusy = false;
  };
  return new FakeDevice({
    protocol: story.protocol ?? 'ssh',
    echo: false,
    cut: (bytes) => {
      const chunks: Buffer[] = [];
      for (let at = 0, nth = 0; at < bytes.length; nth++) {
        const size = story.sizes[nth % story.sizes.length]!;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      return chunks;
    },
    start: (hand) => {
      isBusy = true;
      const ready = (): void => {
        hand.print('\r\nr1#');
        isBusy = false;
        void work(hand);
      };
      if (story.startMs === undefined) ready();
      else setTimeout(ready, story.startMs);
    },
    line: (line, hand) => {
      lines.push(line);
      void work(hand);
    },
  });
}

/** What each command gave, or the error of the session. */
async function told(story: Story): Promise<readonly string[] | NetwrightError> {
  try {
    const session = await openSession(endpoint(), story.isBurst ? iosLike : iosOneByOne, {
      dialer: teller(story),
      commandTimeoutMs: 12_000,
    });
    try {
      const outputs = await session.sendAll(commands);
      return outputs.map(({ text }) => text);
    } finally {
      session.destroy();
    }
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
}

const truth = commands.map((command) => answers[command]);
const isTrue = (outcome: readonly string[] | NetwrightError): boolean =>
  !(outcome instanceof NetwrightError) && outcome.every((text, at) => text === truth[at]);

/** Milliseconds: mostly none, sometimes longer than any time that a prompt has to stand. */
const delay = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 2, arbitrary: fc.integer({ min: 100, max: 900 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1000, max: 5000 }) },
);
const noise = fc.record({
  afterMs: delay,
  text: fc.oneof(
    { weight: 5, arbitrary: fc.constant('\r\nr1#') },
    { weight: 2, arbitrary: fc.constant('\r\nr1#\r\nr1#') },
    { weight: 2, arbitrary: fc.constant(`${message}r1#`) },
    { weight: 1, arbitrary: fc.constant('\r\n\r\nr1#') },
  ),
});
const noises = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Noise[]>([]) },
  { weight: 2, arbitrary: fc.array(noise, { minLength: 1, maxLength: 3 }) },
);
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });
const story = (echo: boolean): fc.Arbitrary<Story> =>
  fc.record({
    echo: fc.constant(echo),
    isBurst: fc.boolean(),
    sizes,
    before: fc.array(noises, { minLength: 6, maxLength: 6 }),
    behind: fc.array(noises, { minLength: 6, maxLength: 6 }),
  });
/** Other stories at each run, told at the same time. */
async function wrong(echo: boolean, isWrong: (outcome: readonly string[] | NetwrightError, story: Story) => boolean) {
  const all = fc.sample(story(echo), 120);
  const { value: outcomes } = await withClockByHand(() => Promise.all(all.map(told)));
  return all
    .map((one, at) => ({ outcome: outcomes[at]!, story: one }))
    .filter(({ outcome, story: one }) => isWrong(outcome, one));
}

const longestDelay = ({ before, behind }: Story): number =>
  Math.max(0, ...[...before, ...behind].flat().map(({ afterMs }) => afterMs));

describe('prompts, messages and delays that nobody asked for', () => {
  it('never shift the outputs of a device that echoes', async () => {
    // Whoever is silent for longer is taken for one that lost what was typed ahead, or does not echo, and answers later: an error.
    const isWrong = (outcome: readonly string[] | NetwrightError, told: Story): boolean =>
      !isTrue(outcome) && !(outcome instanceof NetwrightError && longestDelay(told) > 2900);
    expect(await wrong(true, isWrong)).toEqual([]);
  });

  it('give the truth or an error on a device that does not echo', async () => {
    expect(await wrong(false, (outcome) => !(outcome instanceof NetwrightError) && !isTrue(outcome))).toEqual([]);
    const alone: Story = { echo: false, isBurst: false, sizes: [100], before: [], behind: [] };
    expect((await withClockByHand(() => told(alone))).value).toEqual(truth);
  });
});

describe('Enter that was pressed at a silent line', () => {
  const late: Noise = { afterMs: 0, text: '' };
  const cases = (['telnet', 'ssh'] as const).flatMap((protocol) =>
    [true, false].flatMap((echo) =>
      [true, false].flatMap((isBurst) =>
        [0, 500, 2500, 6000].map((afterMs): Story => {
          const startMs = protocol === 'telnet' ? 4200 : 8200;
          // The answer to the Enter comes so much later than the prompt that came by itself.
          return { protocol, echo, isBurst, sizes: [1000], startMs, before: [[{ ...late, afterMs }]], behind: [] };
        }),
      ),
    ),
  );

  it('is never taken for the answer to a command, however late its prompt comes', async () => {
    const { value: outcomes } = await withClockByHand(() => Promise.all(cases.map(told)));
    for (const [at, outcome] of outcomes.entries()) {
      const { echo } = cases[at]!;
      if (!echo && outcome instanceof NetwrightError) continue;
      expect({ case: cases[at], outcome }).toEqual({ case: cases[at], outcome: truth });
    }
  });

  it('is not pressed at all where the prompt is only slow, nor behind the name of the user', async () => {
    const slow = teller({ echo: true, isBurst: true, sizes: [100], startMs: 6000, before: [], behind: [] });
    const asking = new FakeDevice({
      protocol: 'telnet',
      start: (hand) => {
        hand.print('Username: ');
        hand.nextLine(() => {
          setTimeout(() => {
            hand.print('\r\nPassword: ');
            hand.nextLine(() => setTimeout(() => hand.print('\r\nr1#'), 5000));
          }, 5000);
        });
      },
      line: (_, hand) => hand.print('r1#'),
    });
    const { value: sessions } = await withClockByHand(() =>
      Promise.all([slow, asking].map((dialer) => openSession(endpoint(), iosOneByOne, { dialer, prepare: false }))),
    );
    for (const session of sessions) session.destroy();
    expect(slow.writes).toEqual([]);
    expect(asking.writes).toEqual(['admin\r\n', 'pa55word\r\n']);
  });
});
