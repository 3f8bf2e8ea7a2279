import { describe, expect, it } from 'vitest';
import { NetwrightError, Secret } from '#core';
import { createTranscript, openSession } from '#device';
import { definePlatform } from '#platforms';
import { withClockByHand } from './clock-by-hand.ts';
import { FakeDevice, type FakeDeviceOptions, type Hand } from './fake-device.ts';
import { endpoint, iosDevice, iosLike, iosOneByOne } from './fixtures.ts';

const failure = async (work: Promise<unknown>): Promise<NetwrightError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetwrightError)) throw new Error(`no NetwrightError: ${String(error)}`);
  return error;
};

/** A Telnet device that asks `questions` in turn, each answered right, and then prompts. */
function telnet(script: (hand: Hand) => void, options: Partial<FakeDeviceOptions> = {}): FakeDevice {
  return new FakeDevice({
    protocol: 'telnet',
    start: script,
    line: (line, hand) => hand.print(line === 'show version' ? 'v\r\nr1#' : 'r1#'),
    ...options,
  });
}

const ask = (hand: Hand, question: string, then: (answer: string) => void): void => {
  hand.print(question);
  hand.nextLine(then);
};

const login = (hand: Hand, after: (isRight: boolean) => void, questions = ['\r\nUsername: ', 'Password: ']): void =>
  ask(hand, questions[0]!, (user) => {
    hand.print(`${user}\r\n`);
    ask(hand, questions[1]!, (password) => {
      hand.print('\r\n');
      after(user === 'admin' && password === 'pa55word');
    });
  });

describe('a login on the channel', () => {
  it.each([
    ['Cisco', ['\r\nUser Access Verification\r\n\r\nUsername: ', 'Password: ']],
    ['Linux', ['Debian GNU/Linux 12\r\nr1 login: ', 'Password: ']],
    ['Comware', ['Login authentication\r\n\r\nlogin: ', 'Password:']],
    ['SR OS', ['\r\nLogin: ', 'admin\u0027s password: '.replace("admin's password", 'Password')]],
    ['Foundry', ['\r\nUser Name:', 'Password:']],
  ])('answers user and password: %s', async (_, questions) => {
    const device = telnet((hand) => login(hand, (isRight) => hand.print(isRight ? 'r1#' : 'no'), questions));
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    expect(await session.send('show version')).toBe('v');
    expect(device.writes.slice(0, 2)).toEqual(['admin\r\n', 'pa55word\r\n']);
  });

  it('answers a password alone', async () => {
    const device = telnet((hand) => ask(hand, '\r\nPassword: ', () => hand.print('\r\nr1#')));
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    expect(session.prompt).toBe('r1#');
  });

  it.each([
    ['says so', (hand: Hand) => hand.print('\r\n% Authentication failed\r\n')],
    ['says so its own way', (hand: Hand) => hand.print('\r\nLogin incorrect\r\nr1 login: ')],
    ['asks again', (hand: Hand) => hand.print('\r\nUsername: ')],
    ['asks for the password again', (hand: Hand) => hand.print('\r\nPassword: ')],
    ['hangs up', (hand: Hand) => hand.hangUp()],
  ])('fails when the device %s', async (_, refuse) => {
    const device = telnet((hand) => login(hand, () => refuse(hand)));
    const error = await failure(openSession(endpoint(), iosLike, { dialer: device, promptTimeoutMs: 5000 }));
    expect(error.code).toBe('NW_AUTH_FAILED');
    expect(error.message).toContain('r1 (192.0.2.1:22, ssh)');
    expect(error.message).not.toContain('pa55word');
    expect(device.isDestroyed).toBe(true);
    expect(device.writes.filter((text) => text.startsWith('pa55word'))).toHaveLength(1);
  });

  it('says that a password has expired', async () => {
    const device = telnet((hand) =>
      login(hand, () =>
        hand.print('Your password has expired.\r\nYou must change your password now.\r\nNew password: '),
      ),
    );
    const error = await failure(openSession(endpoint(), iosLike, { dialer: device }));
    expect(error.code).toBe('NW_AUTH_FAILED');
    expect(error.message).toContain('expired');
  });

  it('ends when no answer to the password comes', async () => {
    const device = telnet((hand) => ask(hand, 'Username: ', () => ask(hand, '\r\nPassword: ', () => undefined)));
    const error = await failure(openSession(endpoint(), iosLike, { dialer: device, promptTimeoutMs: 200 }));
    expect(error.code).toBe('NW_AUTH_TIMEOUT');
  });

  it('says when the credential has no password', async () => {
    const device = telnet((hand) => ask(hand, 'Password: ', () => undefined));
    const error = await failure(openSession({ ...endpoint(), login: { user: 'admin' } }, iosLike, { dialer: device }));
    expect(error.code).toBe('NW_AUTH_FAILED');
    expect(error.message).toContain('the credential has none');
  });

  it('does not take "Last login:" for a question', async () => {
    const device = iosDevice({}, { banner: 'Last login: ' });
    const text = 'Last login: Mon Jan  1 10:00:00 from 192.0.2.9\r\n';
    const slow = new FakeDevice({
      start: (hand) => {
        hand.print(text.slice(0, 12));
        setTimeout(() => hand.print(`${text.slice(12)}r1#`), 60);
      },
      line: (_, hand) => hand.print('r1#'),
    });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: slow });
    expect(session.prompt).toBe('r1#');
    expect(device.writes).toEqual([]);
  });
});

describe('notices before the prompt', () => {
  it.each([
    ['press any key', 'HP J9773A\r\n\x1b[24;1HPress any key to continue', '\n'],
    ['press RETURN', '\r\n\r\nr1 con0 is now available\r\n\r\nPress RETURN to get started.', '\n'],
    ['accept', "Authorised use only\r\n(Press 'a' to accept):", 'a'],
    ['licence', 'Do you want to see the software license? [Y/n]: ', 'n\n'],
    ['terms', 'Do you accept the terms? (yes/no): ', 'yes\n'],
    ['a paged banner', 'line 1\r\n--More-- ', ' '],
  ])('%s', async (_, notice, answer) => {
    const device: FakeDevice = new FakeDevice({
      start: (hand) => {
        hand.print(notice);
        if (answer.endsWith('\n')) hand.nextLine(() => hand.print('\r\nr1#'));
        else hand.nextKey(() => hand.print('\r\nr1#'));
      },
      line: (_line, hand) => hand.print('r1#'),
    });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    expect(session.prompt).toBe('r1#');
    expect(device.writes[0]).toBe(answer);
  });

  it('answers what the platform declares before anything else', async () => {
    const platform = definePlatform({
      ...iosOneByOne,
      login: [{ see: /change now\? \[Y\/N\]:\s*$/i, answer: 'N' }],
    });
    const device = new FakeDevice({
      start: (hand) => ask(hand, 'The password is old. Change now? [Y/N]:', (answer) => hand.print(`${answer}\r\nr1#`)),
      line: (_, hand) => hand.print('r1#'),
    });
    await using session = await openSession(endpoint(), platform, { dialer: device });
    expect(session.mode).toBe('privileged');
    expect(device.writes[0]).toBe('N\n');
  });

  it('is not deceived by a banner with # and >', async () => {
    const banner = '#####\r\n# Welcome to r9#\r\nr9>\r\n> private <\r\nhost#\r\n';
    const device = iosDevice(
      { 'show version': 'v' },
      { banner, cut: (bytes) => [...bytes].map((byte) => Buffer.of(byte)) },
    );
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(session.hostname).toBe('r1');
    expect(await session.send('show version')).toBe('v');
  });

  it.each([iosLike, iosOneByOne])(
    'finds the name out when a banner line stood there for a while ($id)',
    async (platform) => {
      const device = new FakeDevice({
        start: (hand) => {
          hand.print('Welcome\r\ncore1#');
          setTimeout(() => hand.print(' is a name\r\nr1#'), 100);
        },
        latencyMs: 150,
        line: (line, hand) => hand.print(`${line === 'show version' ? 'v\r\n' : ''}r1#`),
      });
      await using session = await openSession(endpoint(), platform, { dialer: device });
      expect(await session.send('show version', { timeoutMs: 3000 })).toBe('v');
      expect(session.hostname).toBe('r1');
    },
  );

  it('presses Enter at a silent console', async () => {
    const device = new FakeDevice({
      protocol: 'telnet',
      isLoggedIn: true,
      start: () => undefined,
      line: (_, hand) => hand.print('\r\nr1#'),
    });
    await withClockByHand(async () => {
      await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
      expect(session.prompt).toBe('r1#');
    });
  });
});

describe('a prompt that never comes', () => {
  it('is named with the last line, redacted', async () => {
    const device = new FakeDevice({
      start: (hand) => hand.print('welcome\r\nyour secret is pa55word ?'),
      line: () => undefined,
    });
    const error = await failure(openSession(endpoint(), iosLike, { dialer: device, promptTimeoutMs: 100 }));
    expect(error.code).toBe('NW_PROMPT_NOT_FOUND');
    expect(error.message).toContain('last line "your secret <redacted>"');
    expect(device.isDestroyed).toBe(true);
  });

  it('ends at the deadline of the whole opening, and at an abort', async () => {
    const mute = (): FakeDevice => new FakeDevice({ start: () => undefined, line: () => undefined });
    const late = mute();
    expect((await failure(openSession(endpoint(), iosLike, { dialer: late, timeoutMs: 50 }))).code).toBe(
      'NW_PROMPT_NOT_FOUND',
    );
    const aborted = mute();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const error = await failure(openSession(endpoint(), iosLike, { dialer: aborted, signal: controller.signal }));
    expect(error.code).toBe('NW_CANCELLED');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([late.isDestroyed, aborted.isDestroyed]).toEqual([true, true]);
  });
});

describe('enable', () => {
  it('answers an AAA server that asks for a user first', async () => {
    let mode = '>';
    const device = new FakeDevice({
      start: (hand) => hand.print('r1>'),
      line: (line, hand) => {
        if (line !== 'enable') hand.print(`r1${mode}`);
        else
          ask(hand, 'User Name:', (user) =>
            ask(hand, '\r\nEnter your AAA password:', (secret) => {
              if (user === 'admin' && secret === 'en4ble') mode = '#';
              hand.print(`\r\nr1${mode}`);
            }),
          );
      },
    });
    const login = { enable: new Secret('en4ble') };
    await using session = await openSession(endpoint(login), iosOneByOne, { dialer: device });
    expect(session.mode).toBe('privileged');
  });

  it('fails at once when the secret is wrong, without trying it again', async () => {
    const transcript = createTranscript();
    const device = iosDevice({}, { enable: 'en4ble' });
    const login = { enable: new Secret('wr0ng!') };
    const error = await failure(openSession(endpoint(login), iosLike, { dialer: device, transcript }));
    expect(error.code).toBe('NW_ENABLE_FAILED');
    expect(device.writes.filter((text) => text.startsWith('wr0ng!'))).toHaveLength(1);
    expect(device.isDestroyed).toBe(true);
    expect(JSON.stringify(transcript.entries())).not.toContain('wr0ng!');
  });

  it('uses the password where no other secret is given, and says when there is none', async () => {
    const device = iosDevice({}, { enable: 'pa55word' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(session.mode).toBe('privileged');
    const bare = { ...endpoint(), login: { user: 'admin' } };
    const error = await failure(openSession(bare, iosLike, { dialer: iosDevice({}, { enable: 'x' }) }));
    expect(error.code).toBe('NW_ENABLE_FAILED');
  });

  it('fails when the device says no and stays where it is', async () => {
    const device = new FakeDevice({
      start: (hand) => hand.print('r1>'),
      line: (line, hand) => hand.print(line === 'enable' ? '% Error in authentication.\r\nr1>' : 'r1>'),
    });
    const error = await failure(openSession(endpoint(), iosLike, { dialer: device }));
    expect(error.code).toBe('NW_ENABLE_FAILED');
    expect(error.message).toContain('% Error in authentication.');
  });
});
