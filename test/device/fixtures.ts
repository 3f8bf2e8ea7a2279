import { Secret } from '#core';
import { definePlatform, secret } from '#platforms';
import type { Endpoint } from '#transport';
import { FakeDevice, type FakeDeviceOptions, type Hand } from './fake-device.ts';

/** An IOS-like system: enable with a secret, configuration mode, everything typed ahead. */
export const iosLike = definePlatform({
  id: 'ios_like',
  vendor: 'Test',
  name: 'IOS-like',
  verified: 'lab',
  modes: {
    exec: {
      prompt: /^(?<host>[\w.-]{1,63})>[ ]?$/,
      to: {
        privileged: [
          { send: 'enable', dialogue: [{ see: /^Password:\s*$/i, answer: { secret: 'enable' }, times: 1 }] },
        ],
      },
    },
    privileged: {
      prompt: /^(?<host>[\w.-]{1,63})#[ ]?$/,
      to: { exec: ['disable'], config: ['configure terminal'] },
    },
    config: {
      prompt: /^(?<host>[\w.-]{1,63})\(config[^)]{0,30}\)#[ ]?$/,
      to: { privileged: ['end'] },
    },
  },
  home: 'privileged',
  configure: 'config',
  open: ['terminal length 0', { send: 'terminal width 511', optional: true }],
  close: ['exit'],
  pagers: [{ see: /^ ?--More-- ?$/, answer: ' ', newline: false }],
  failures: [/^% (?:Invalid|Incomplete|Ambiguous|Unknown|Bad)/],
  pipelining: 'full',
  backup: {
    commands: [{ run: 'show running-config', as: 'configuration' }],
    comment: '! ',
    complete: { end: [/^end$/] },
    volatile: [],
    secrets: [secret('community', /^snmp-server community (?<secret>\S+)/)],
  },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
});

/** The same system, which takes one command at a time. */
export const iosOneByOne = definePlatform({ ...iosLike, id: 'ios_one_by_one', pipelining: 'none' });
/** The same system, which takes only its opening steps ahead. */
export const iosOpenAhead = definePlatform({ ...iosLike, id: 'ios_open_ahead', pipelining: 'open' });

/** Junos-like: two-line prompts in the configuration mode and on clusters. */
export const junosLike = definePlatform({
  ...iosLike,
  id: 'junos_like',
  modes: {
    operational: { prompt: /^[\w.-]+@(?<host>[\w.-]+)> ?$/, to: { configuration: ['configure'] } },
    configuration: { prompt: /^[\w.-]+@(?<host>[\w.-]+)# ?$/, to: { operational: ['exit configuration-mode'] } },
  },
  home: 'operational',
  configure: 'configuration',
  open: ['set cli screen-length 0'],
  failures: [/^(?:unknown command|syntax error|error:)/],
  pagers: [{ see: /^---\(more(?: \d+%)?\)---$/, answer: ' ', newline: false }],
});

/** Comware-like: `<host>` and `[host]`, where outputs contain lines such as `[V200R009C00SPC500]`. */
export const vrpLike = definePlatform({
  ...iosLike,
  id: 'vrp_like',
  modes: {
    user: { prompt: /^<(?<host>[^<>\s]{1,64})>$/, to: { system: ['system-view'] } },
    system: { prompt: /^\[[~*]?(?<host>[^[\]\s]{1,64})\]$/, to: { user: ['return'] } },
  },
  home: 'user',
  configure: 'system',
  open: ['screen-length 0 temporary'],
  failures: [/^Error:/],
  pagers: [{ see: /^ {2}---- More ----$/, answer: ' ', newline: false }],
});

export const endpoint = (login: Partial<Endpoint['login']> = {}): Endpoint => ({
  name: 'r1',
  host: '192.0.2.1',
  port: 22,
  protocol: 'ssh',
  via: [],
  login: { user: 'admin', password: new Secret('pa55word'), ...login },
});

/** An IOS-like device: `answers` gives the output of a command, without its last line end. */
export function iosDevice(
  answers: Readonly<Record<string, string | ((hand: Hand) => void)>>,
  options: Partial<FakeDeviceOptions> & {
    readonly host?: string;
    readonly enable?: string;
    readonly banner?: string;
  } = {},
): FakeDevice {
  let host = options.host ?? 'r1';
  let mode: 'exec' | 'privileged' | 'config' = options.enable === undefined ? 'privileged' : 'exec';
  const prompt = (): string =>
    mode === 'exec' ? `${host}>` : mode === 'privileged' ? `${host}#` : `${host.slice(0, 20)}(config)#`;
  const say = (hand: Hand, text: string): void => hand.print(`${text === '' ? '' : `${text}\r\n`}${prompt()}`);
  const askEnable = (hand: Hand, left: number): void => {
    hand.print('Password: ');
    hand.nextLine((secret) => {
      hand.print('\r\n');
      if (secret === options.enable) mode = 'privileged';
      else if (left > 1) {
        askEnable(hand, left - 1);
        return;
      } else {
        say(hand, '% Bad secrets\r\n');
        return;
      }
      say(hand, '');
    });
  };
  return new FakeDevice({
    start: (hand) => hand.print(`\r\n${options.banner ?? ''}${prompt()}`),
    line: (line, hand) => {
      const command = line.trim();
      const answer = answers[command];
      if (typeof answer === 'function') answer(hand);
      else if (answer !== undefined) say(hand, answer);
      else if (command === '' || command.startsWith('terminal ')) say(hand, '');
      else if (command === 'exit') hand.hangUp();
      else if (command === 'enable' && mode === 'exec') askEnable(hand, 3);
      else if (command === 'configure terminal' && mode === 'privileged') {
        mode = 'config';
        say(hand, 'Enter configuration commands, one per line.  End with CNTL/Z.');
      } else if (command === 'end' && mode === 'config') {
        mode = 'privileged';
        say(hand, '');
      } else if (command.startsWith('hostname ') && mode === 'config') {
        host = command.slice(9);
        say(hand, '');
      } else if (command.startsWith('interface ') && mode === 'config') say(hand, '');
      else say(hand, "              ^\r\n% Invalid input detected at '^' marker.\r\n");
    },
    ...options,
  });
}
