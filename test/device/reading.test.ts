import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { openSession, type Session } from '#device';
import type { Platform } from '#platforms';
import { threadCpuMs } from '../cpu-time.ts';
import { withClockByHand } from './clock-by-hand.ts';
import { FakeDevice, type FakeDeviceOptions, type Hand } from './fake-device.ts';
import { endpoint, iosDevice, iosLike, iosOneByOne, junosLike, vrpLike } from './fixtures.ts';

const failure = async (work: Promise<unknown>): Promise<NetwrightError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetwrightError)) throw new Error(`no NetwrightError: ${String(error)}`);
  return error;
};

const bare = { ...iosOneByOne, open: [] };

/** A device that prompts `prompt` and answers by `line`. */
const simple = (
  prompt: string,
  line: FakeDeviceOptions['line'],
  options: Partial<FakeDeviceOptions> = {},
): FakeDevice => new FakeDevice({ start: (hand) => hand.print(prompt), line, ...options });

const open = (device: FakeDevice, platform: Platform = bare): Promise<Session> =>
  openSession(endpoint(), platform, { dialer: device });

/** Prints pages, a pager question between them, painted over as `erase` does. */
function paged(hand: Hand, pages: readonly string[], question: string, erase: string, prompt: string): void {
  const [page, ...rest] = pages;
  if (rest.length === 0) {
    hand.print(`${page}\r\n${prompt}`);
    return;
  }
  hand.print(`${page}\r\n${question}`);
  hand.nextKey((key) => {
    if (key !== ' ') {
      hand.print(`${erase}${prompt}`);
      return;
    }
    hand.print(erase);
    paged(hand, rest, question, erase, prompt);
  });
}

const pages = ['interface Gi0/1\r\n ip address 192.0.2.1', ' no shutdown\r\n!', 'x', 'end'];
const text = 'interface Gi0/1\n ip address 192.0.2.1\n no shutdown\n!\nx\nend';

describe('pagers', () => {
  it.each([
    ['backspaces', '\b'.repeat(10) + ' '.repeat(10) + '\b'.repeat(10)],
    ['CR and blanks', `\r${' '.repeat(10)}\r`],
    ['an erase sequence', '\r\x1b[K'],
    ['nothing', ''],
    ['a line end', '\r\n'],
  ])('are answered while the output is read, and removed, painted over with %s', async (_, erase) => {
    for (const size of [1, 7, 4096]) {
      const device = simple('r1#', (_line, hand) => paged(hand, pages, ' --More-- ', erase, 'r1#'), {
        cut: (bytes) =>
          Array.from({ length: Math.ceil(bytes.length / size) }, (_v, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          ),
      });
      await using session = await open(device);
      expect(await session.send('show run')).toBe(text);
      expect(device.writes.filter((one) => one === ' ')).toHaveLength(3);
    }
  });

  it('that come into a burst make the rest go one by one', () =>
    withClockByHand(async () => {
      const device = iosDevice({
        'show version': (hand) => paged(hand, pages, ' --More-- ', '\r          \r', 'r1#'),
        'show clock': 'noon',
      });
      await using session = await openSession(endpoint(), iosLike, { dialer: device });
      const outputs = await session.sendAll(['show version', 'show clock']);
      expect(outputs.map((one) => one.text)).toEqual([text, 'noon']);
    }));
});

describe('a device that does not take what is typed ahead', () => {
  it('gets the rest one by one', () =>
    withClockByHand(async () => {
      // It throws away what is typed while it works, as some switches do.
      let isBusy = false;
      const device = simple(
        'r1#',
        (line, hand) => {
          if (isBusy) return;
          isBusy = true;
          hand.print(`${line}\r\n`);
          setTimeout(() => {
            hand.print(`${line === 'show a' ? 'A' : line === 'show b' ? 'B' : ''}\r\nr1#`);
            isBusy = false;
          }, 20);
        },
        { echo: false },
      );
      await using session = await open(device, { ...iosLike, open: ['terminal length 0'] });
      const outputs = await session.sendAll(['show a', 'show b']);
      expect(outputs.map((one) => one.text)).toEqual(['A', 'B']);
    }));
});

describe('prompts', () => {
  it('may get another name by a configuration command', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    await session.configure(['hostname core-1', 'interface Gi0/1']);
    expect([session.hostname, session.mode, session.prompt]).toEqual(['core-1', 'privileged', 'core-1#']);
  });

  it('may get another name in the middle of a burst', async () => {
    const device = iosDevice({ 'show clock': 'noon' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const outputs = await session.sendAll(['configure terminal', 'hostname core-1', 'end', 'show clock']);
    expect(outputs[3]?.text).toBe('noon');
    expect(session.hostname).toBe('core-1');
  });

  it('are cut in the configuration mode of IOS', async () => {
    const device = iosDevice({}, { host: 'core-router-cairo-east-01' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    await session.enter('config');
    expect(session.prompt).toBe('core-router-cairo-ea(config)#');
    await session.enter('privileged');
    expect(session.hostname).toBe('core-router-cairo-east-01');
  });

  it('of ProCurve end the line of the echo by VT100 next-line', async () => {
    const at = (column: number): string => `\x1b[24;${column}H`;
    const prompt = `\x1b[1;24r${at(1)}\x1b[2K${at(1)}\x1b[?25h${at(1)}sw1# ${at(1)}${at(6)}\x1b[?25h`;
    const device = simple(
      prompt,
      (line, hand) =>
        hand.print(
          `${line}${at(6 + line.length)}\x1b[?25h\x1b[1;0H\x1b[1;24r${at(1)}\x1bE${line === 'show time' ? 'noon\r\n' : ''}${prompt}`,
        ),
      { echo: false },
    );
    await using session = await open(device);
    // No waiting as for a prompt without an echo, which takes 300 ms.
    const { passedMs } = await withClockByHand(async () => {
      expect(await session.send('no page')).toBe('');
      expect(await session.send('show time')).toBe('noon');
    });
    expect(passedMs).toBeLessThan(150);
  });

  it('may have two lines', async () => {
    let prompt = '\r\n{master:0}\r\nadmin@r1> ';
    const device = simple(prompt, (line, hand) => {
      if (line === 'configure') prompt = '\r\n{master:0}[edit]\r\nadmin@r1# ';
      if (line.startsWith('exit')) prompt = '\r\n{master:0}\r\nadmin@r1> ';
      hand.print(
        `${line === 'configure' ? 'Entering configuration mode\r\n' : ''}${line === 'show' ? 'a {\r\n}\r\n' : ''}${prompt}`,
      );
    });
    await using session = await open(device, junosLike);
    expect(await session.send('show')).toBe('a {\n}');
    await session.enter('configuration');
    expect(await session.send('show')).toBe('a {\n}');
    await session.enter('operational');
    expect(session.prompt).toBe('admin@r1> ');
  });

  it('of SR OS MD-CLI lose their first line too', async () => {
    const platform = {
      ...bare,
      modes: { ...bare.modes, privileged: { prompt: /^[AB]:[\w.-]+@(?<host>[\w.-]+)# ?$/ } },
    };
    const device = simple('\r\n[/]\r\nA:admin@pe1# ', (line, hand) =>
      hand.print(`${line === 'x' ? 'out\r\n' : ''}\r\n*(ex)[/configure router "Base"]\r\nA:admin@pe1# `),
    );
    await using session = await open(device, platform);
    expect(await session.send('x')).toBe('out');
    expect(await session.send('y')).toBe('');
  });

  it('are not lines such as [V200R009C00SPC500], even when the device pauses there', async () => {
    const device = simple('<SW>', (line, hand) => {
      if (line !== 'display current') {
        hand.print('<SW>');
        return;
      }
      hand.print('!Software\r\n[V200R009C00SPC500]');
      setTimeout(() => hand.print('\r\nsysname SW\r\nreturn\r\n<SW>'), 400);
    });
    await using session = await open(device, vrpLike);
    expect(await session.send('display current')).toBe('!Software\n[V200R009C00SPC500]\nsysname SW\nreturn');
  });

  it('may stand behind output without a line end', async () => {
    const device = simple('r1#', (_line, hand) => hand.print('no newline herer1#'));
    await using session = await open(device);
    expect(await session.send('more file')).toBe('no newline here');
  });

  it('may be followed by console messages', () =>
    withClockByHand(async () => {
      const device = simple('r1#', (line, hand) =>
        hand.print(
          line === '' ? '\r\nr1#' : 'ok\r\nr1#\r\n*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: Configured from console\r\n',
        ),
      );
      await using session = await open(device);
      expect(await session.send('show x')).toContain('ok');
      expect(await session.send('')).toBe('');
    }));

  it('may count commands and show unsaved changes', async () => {
    const platform = {
      ...bare,
      modes: { ...bare.modes, privileged: { prompt: /^(?:\* )?(?<host>[\w-]+)\.\d+ # ?$/ } },
      pipelining: 'full' as const,
    };
    let count = 1;
    const device = simple('x1.1 # ', (line, hand) => {
      count += 1;
      hand.print(`out of ${line}\r\n${count > 2 ? '* ' : ''}x1.${count} # `);
    });
    await using session = await open(device, platform);
    const outputs = await session.sendAll(['a', 'b', 'c']);
    expect(outputs.map((one) => one.text)).toEqual(['out of a', 'out of b', 'out of c']);
    expect(session.hostname).toBe('x1');
  });

  it('may come with colours, NUL and blanks', async () => {
    const device = simple('\0\x1b[1mr1\x1b[0m#  ', (line, hand) =>
      hand.print(`${line}!\r\n\0\x1b[24;1H\x1b[1mr1\x1b[0m# `),
    );
    await using session = await open(device);
    expect(await session.send('show x')).toBe('show x!');
  });
});

describe('a device that does not echo', () => {
  it('is understood, one by one and in a burst', () =>
    withClockByHand(async () => {
      const line: FakeDeviceOptions['line'] = (command, hand) => hand.print(`out of ${command}\r\nr1#`);
      await using session = await open(simple('r1#', line, { echo: false }));
      expect(await session.send('show a')).toBe('out of show a');
      await using burst = await open(simple('r1#', line, { echo: false }), { ...iosLike, open: [] });
      const outputs = await burst.sendAll(['show a', 'show b', 'show c']);
      expect(outputs.map((one) => one.text)).toEqual(['out of show a', 'out of show b', 'out of show c']);
    }));
});

describe('output that nobody waits for', () => {
  it('is not taken for that of the next command', { timeout: 10_000 }, async () => {
    const device = simple(
      'r1#',
      (line, hand) => {
        hand.print(`${line} gives this\r\nr1#`);
        // As if it had been typed twice.
        if (line === 'show a') setTimeout(() => hand.print('show a\r\nshow a gives this\r\nr1#'), 100);
      },
      { latencyMs: 150 },
    );
    await using session = await open(device);
    expect(await session.send('show a')).toBe('show a gives this');
    expect(await session.send('show b')).toBe('show b gives this');
    expect(await session.send('show c')).toBe('show c gives this');
  });
});

describe('large outputs', () => {
  it('take time in proportion to their size', async () => {
    const cpuMsOf = async (interfaces: number): Promise<number> => {
      const big = `${'interface GigabitEthernet0/1\r\n description r1 to r2\r\n'.repeat(interfaces)}end`;
      const device = iosDevice(
        { 'show run': big, 'show clock': 'noon' },
        {
          cut: (bytes) =>
            Array.from({ length: Math.ceil(bytes.length / 1400) }, (_, at) =>
              bytes.subarray(at * 1400, (at + 1) * 1400),
            ),
        },
      );
      await using session = await openSession(endpoint(), iosLike, { dialer: device });
      const before = threadCpuMs();
      const [run] = await session.sendAll(['show run', 'show clock']);
      const cpuMs = threadCpuMs() - before;
      expect(run?.text.length).toBe(big.replaceAll('\r', '').length);
      return cpuMs;
    };
    await cpuMsOf(10_000);
    const [small, large] = [await cpuMsOf(10_000), await cpuMsOf(160_000)];
    // 16 times the size: with anything quadratic in it 256 times the work, and minutes.
    expect(large).toBeLessThan(16 * 5 * small);
  });

  it('of one line without end too', async () => {
    const device = iosDevice(
      { 'show run': 'x'.repeat(4_000_000), 'show clock': 'noon' },
      {
        cut: (bytes) =>
          Array.from({ length: Math.ceil(bytes.length / 1400) }, (_, at) => bytes.subarray(at * 1400, (at + 1) * 1400)),
      },
    );
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const outputs = await session.sendAll(['show run', 'show clock']);
    expect(outputs.map(({ text: one }) => one.length)).toEqual([4_000_000, 4]);
  });
});

describe('what goes wrong', () => {
  it('a refused command, with the words of the device', async () => {
    const device = iosDevice({ 'show ok': 'fine' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.send('show nonsense'));
    expect(error.code).toBe('NW_COMMAND_REJECTED');
    expect(error.message).toContain('"show nonsense" was refused: "% Invalid input detected');
    expect(await session.send('show ok')).toBe('fine');
    const outputs = await session.sendAll(['show nonsense', 'show ok'], { rejectFailures: false });
    expect(outputs.map(({ failure: line }) => line)).toEqual(["% Invalid input detected at '^' marker.", undefined]);
  });

  it('a failure pattern in the middle of a long output is none', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => (at === 20 ? '% Invalid input detected' : `line ${at}`));
    const device = iosDevice({ 'show log': lines.join('\r\n') });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(await session.send('show log')).toBe(lines.join('\n'));
  });

  it('a refused opening step, unless it is optional', async () => {
    const refuse = (hand: Hand): void => hand.print("% Invalid input detected at '^' marker.\r\nr1#");
    const optional = iosDevice({ 'terminal width 511': refuse, 'show a': 'A' });
    await using session = await openSession(endpoint(), iosLike, { dialer: optional });
    expect(await session.send('show a')).toBe('A');
    const needed = iosDevice({ 'terminal length 0': refuse });
    await using other = await openSession(endpoint(), iosLike, { dialer: needed });
    expect((await failure(other.send('show a'))).message).toContain('"terminal length 0" was refused');
  });

  it('a command that does not end: named, with the last line, and the device let go', async () => {
    const device = iosDevice({ 'show slow': (hand) => hand.print('working on pa55word ...') });
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.send('show slow', { timeoutMs: 60 }));
    expect(error.code).toBe('NW_COMMAND_TIMEOUT');
    expect(error.message).toContain('"show slow" did not end within 60 ms, last line "working on <redacted> …"');
    expect(device.isDestroyed).toBe(true);
    expect((await failure(session.send('show a'))).code).toBe('NW_COMMAND_TIMEOUT');
    await session.close();
  });

  it('more time than a timer takes is no millisecond', async () => {
    const device = iosDevice({
      'show slow': (hand) => void setTimeout(() => hand.print('done\r\nr1#'), 40),
    });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(await session.send('show slow', { timeoutMs: 30 * 86_400_000 })).toBe('done');
  });

  it('output without end', async () => {
    const device = iosDevice({
      'show endless': (hand) => {
        const more = (): void => {
          if (device.isDestroyed) return;
          hand.print('x'.repeat(10_000));
          setImmediate(more);
        };
        more();
      },
    });
    const session = await openSession(endpoint(), iosLike, { dialer: device, maxOutputBytes: 100_000 });
    expect((await failure(session.send('show endless'))).code).toBe('NW_OUTPUT_TOO_LARGE');
    expect(device.isDestroyed).toBe(true);
  });

  it.each([
    [
      'a line of a configuration',
      'hostname r1\r\nsnmp-server community s3cr',
      's3cr',
      '"snmp-server community <redacted>"',
    ],
    ['a line of a private key', 'begin\r\nMIIEowIBAAKCAQEAn0tAs3cretAtAll1234567890abc', 'AAKCAQEA', '"…"'],
  ])('no secret stands in an error that shows %s', async (_what, printed, secret, shown) => {
    const device = iosDevice({
      'show run': (hand) => {
        hand.print(printed);
        hand.hangUp();
      },
    });
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.send('show run'));
    expect(error.code).toBe('NW_CONNECTION_LOST');
    expect(JSON.stringify([error.message, error])).not.toContain(secret);
    expect(error.message).toContain(shown);
  });

  it('no secret stands in the error of a refused line', async () => {
    const device = iosDevice({});
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.send('snmp-server community s3cr RO'));
    expect(error.code).toBe('NW_COMMAND_REJECTED');
    expect(JSON.stringify([error.message, error])).not.toContain('s3cr');
  });

  it.each([undefined, new NetwrightError('NW_CONNECTION_LOST', 'r1 (192.0.2.1:22, ssh): read ECONNRESET')])(
    'a device that hangs up: what came so far is no success (%s)',
    async (cause) => {
      const device = iosDevice({
        'show run': (hand) => {
          hand.print('interface Gi0/1\r\n ip addr');
          hand.hangUp(cause);
        },
      });
      const session = await openSession(endpoint(), iosLike, { dialer: device });
      const error = await failure(session.sendAll(['show run', 'show version']));
      expect(error.code).toBe('NW_CONNECTION_LOST');
      expect(error.message).toContain('last line " ip …"');
      expect(error.message.split('192.0.2.1')).toHaveLength(2);
      expect((await failure(session.send('x'))).code).toBe('NW_CONNECTION_LOST');
    },
  );

  it('an output whose prompt came before the device hung up is whole', async () => {
    const device = iosDevice({
      'show run': (hand) => {
        hand.print('all of it\r\nr1#');
        hand.hangUp();
      },
    });
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(await session.send('show run')).toBe('all of it');
  });

  it('an abort in the middle of a command destroys the connection', async () => {
    const device = iosDevice({ 'show slow': () => undefined });
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    expect((await failure(session.send('show slow', { signal: controller.signal }))).code).toBe('NW_CANCELLED');
    expect(device.isDestroyed).toBe(true);
  });

  it('a mode that does not exist, or to which no way leads', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.enter('confg'));
    expect(error.code).toBe('NW_MODE_UNREACHABLE');
    expect(error.message).toContain('Did you mean "config"?');
    expect(session.mode).toBe('privileged');
    await session.enter('config');
    expect(session.mode).toBe('config');
  });

  it('a mode that the device does not enter', async () => {
    const device = iosDevice({ 'configure terminal': 'Configuration is locked by admin2' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.enter('config'));
    expect(error.code).toBe('NW_MODE_UNREACHABLE');
    expect(error.message).toContain('Configuration is locked by admin2');
  });
});

describe('configure', () => {
  it('types the lines and comes home', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const outputs = await session.configure(['interface Gi0/1', 'interface Gi0/2']);
    expect(outputs.map(({ command }) => command)).toEqual(['interface Gi0/1', 'interface Gi0/2']);
    expect(session.mode).toBe('privileged');
  });

  it('stops at the first refused line, and comes home all the same', async () => {
    const device = iosDevice({});
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.configure(['interface Gi0/1', 'nonsense', 'interface Gi0/2']));
    expect(error.code).toBe('NW_COMMAND_REJECTED');
    expect(error.message).toContain('1 more lines were not sent');
    expect(session.mode).toBe('privileged');
    expect(device.typed).not.toContain('interface Gi0/2');
  });

  it('types a text of several lines as one', async () => {
    let isOpen = false;
    const device = iosDevice({
      'banner motd ^': (hand) => {
        isOpen = true;
        hand.print("Enter TEXT message.  End with the character '^'.\r\n");
        hand.nextLine((line) => hand.print(`${line}\r\n`));
      },
      '^': (hand) => {
        isOpen = false;
        hand.print('r1(config)#');
      },
    });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    await session.configure(['banner motd ^\nkeep out\n^']);
    expect(isOpen).toBe(false);
    expect(session.mode).toBe('privileged');
    expect(device.typed).toContain('keep out');
  });

  it('is not there without a configuration mode', async () => {
    const { configure: _, ...platform } = iosLike;
    await using session = await openSession(endpoint(), platform, { dialer: iosDevice({}) });
    expect((await failure(session.configure(['x']))).code).toBe('NW_NOT_SUPPORTED');
  });
});

describe('a dialogue', () => {
  const copy = (hand: Hand): void => {
    hand.print('Destination filename [startup-config]? ');
    hand.nextLine((name) => {
      hand.print(`${name}\r\nOverwrite? [confirm]`);
      hand.nextKey((key) => hand.print(key === 'y' ? '\r\nBuilding configuration...\r\n[OK]\r\nr1#' : '\r\nr1#'));
    });
  };

  it('answers the questions that a command raises', async () => {
    const device = iosDevice({ 'copy run start': copy });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    const printed = await session.dialogue('copy run start', [
      { see: /Destination filename \[[^\]]*\]\? $/, answer: '' },
      { see: /\[confirm\]$/, answer: 'y', newline: false },
    ]);
    expect(printed).toContain('Destination filename');
    expect(printed).toContain('[OK]');
    expect(printed.endsWith('r1#')).toBe(false);
  });

  it('ends when the same is asked again and again', async () => {
    const again = (hand: Hand): void => {
      hand.print('Sure? [y/n] ');
      hand.nextLine(() => again(hand));
    };
    const device = iosDevice({ reload: again });
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    const error = await failure(session.dialogue('reload', [{ see: /\[y\/n\] $/, answer: 'y' }]));
    expect(error.code).toBe('NW_COMMAND_REJECTED');
    expect(device.isDestroyed).toBe(true);
  });
});

describe('calls', () => {
  it('wait for one another', async () => {
    const device = iosDevice({ 'show a': 'A', 'show b': 'B' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(await Promise.all([session.send('show a'), session.send('show b')])).toEqual(['A', 'B']);
  });

  it('end with the session, which closes once and never rejects', async () => {
    const device = iosDevice({ 'show slow': () => undefined });
    const session = await openSession(endpoint(), iosLike, { dialer: device });
    const pending = failure(session.send('show slow'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([session.close(), session.close()]);
    expect((await pending).code).toBe('NW_CANCELLED');
    expect((await failure(session.send('show a'))).code).toBe('NW_CONNECTION_LOST');
  });

  it('leave by a dialogue where leaving asks questions', async () => {
    const platform = { ...bare, close: [{ send: 'logout', dialogue: [{ see: /save\? \[y\/n\] $/, answer: 'n' }] }] };
    const device = simple('r1#', (line, hand) => {
      if (line !== 'logout') return;
      hand.print('save? [y/n] ');
      hand.nextLine(() => hand.hangUp());
    });
    const session = await open(device, platform);
    await session.close();
    expect(device.writes).toEqual(['logout\n', 'n\n']);
    expect(device.isClosed).toBe(true);
  });
});
