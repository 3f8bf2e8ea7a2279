import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { formatDialogue } from '../../src/lab/dialogue-file.ts';
import { parseDialogue, recordDialogue, startLab } from '../../src/lab/index.ts';
import { ssh, telnet } from './conversation.ts';

const session = `---
init_prompt: |-
  \\r
  Welcome to sw1 # not a prompt\\r
  sw1>\\x20
commands:
  "show version\\n": |-
    show version
    Switch OS 4.2 \\"blue\\"\\x20
    caf\\xe9 \\t|
    sw1>\\x20
  - "x": y
`;

describe('parseDialogue', () => {
  it('reads maps and lists, with their escapes', () => {
    const map = parseDialogue(session.replace(/ {2}- .*\n/, ''));
    expect(map.greeting).toBe('\r\nWelcome to sw1 # not a prompt\r\nsw1> ');
    expect(map.exchanges).toEqual([
      { send: 'show version\n', receive: 'show version\nSwitch OS 4.2 "blue" \ncaf\udce9 \t|\nsw1> ' },
    ]);
    const list = parseDialogue('init_prompt:\ncommands:\n  - "a\\n": |-\n      1\\a\n  - "exit\\n": ""\n');
    expect(list.exchanges).toEqual([
      { send: 'a\n', receive: '1\x07' },
      { send: 'exit\n', receive: '' },
    ]);
  });

  it.each([
    ['no map', '- 1'],
    ['no commands', 'init_prompt: x'],
    ['an answer that is no text', 'commands:\n  "a\\n": { b: 1 }'],
    ['no YAML', session],
  ])('refuses %s and names the file', (_, text) => {
    const error = (() => {
      try {
        return parseDialogue(text, 'sw1/session.yaml');
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(NetwrightError);
    expect((error as NetwrightError).code).toBe('NW_LAB_FAILED');
    expect((error as NetwrightError).message).toContain('sw1/session.yaml');
  });

  it('survives truncation and noise', () => {
    fc.assert(
      fc.property(fc.nat(session.length), fc.string({ maxLength: 20 }), (at, noise) => {
        try {
          parseDialogue(session.slice(0, at) + noise);
        } catch (error) {
          expect(error).toBeInstanceOf(NetwrightError);
        }
      }),
    );
  });

  it('reads back whatever was written', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\r',
        '\t',
        '\\',
        '"',
        "'",
        ':',
        '#',
        '-',
        '\x1b',
        '\x07',
        '\0',
        '\b',
        'é',
        'م',
        '链',
        '\udce9',
        '\u00a0',
        '\u2028',
        '\ufeff',
        '\x85',
        '😀',
      ),
      maxLength: 30,
    });
    const whole = text.filter((value) => value.replaceAll(/[\udc80-\udcff]/g, '').isWellFormed());
    fc.assert(
      fc.property(
        whole,
        fc.array(
          fc.record({
            send: fc.constantFrom('show version\n', ' ', 'a: b\n', '<redacted>\n', '{x}\n'),
            receive: whole,
          }),
          { maxLength: 5 },
        ),
        (greeting, exchanges) => {
          const yaml = formatDialogue({ greeting, exchanges });
          expect(parseDialogue(yaml), yaml).toEqual({ greeting, exchanges });
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('recordDialogue', () => {
  it('tells the answers of a burst apart by their echoes', () => {
    const yaml = recordDialogue(
      [
        { kind: 'note', text: 'connected' },
        { kind: 'received', text: '\r\nr1>' },
        { kind: 'sent', text: 'enable\n' },
        { kind: 'received', text: 'enable\r\nPassword: ' },
        { kind: 'sent', text: '<redacted>\n' },
        { kind: 'received', text: '\r\nr1#' },
        { kind: 'sent', text: 'show run\nexit\n' },
        { kind: 'received', text: 'show run\r\nrouter bgp 1\r\n address-family ipv4\r\n exit' },
        { kind: 'received', text: '-address-family\r\nend\r\nr1#exit\r\n' },
      ],
      { platform: 'cisco_ios' },
    );
    expect(parseDialogue(yaml)).toEqual({
      greeting: '\r\nr1>',
      platform: 'cisco_ios',
      exchanges: [
        { send: 'enable\n', receive: 'enable\r\nPassword: ' },
        { send: '<redacted>\n', receive: '\r\nr1#' },
        {
          send: 'show run\n',
          receive: 'show run\r\nrouter bgp 1\r\n address-family ipv4\r\n exit-address-family\r\nend\r\nr1#',
        },
        { send: 'exit\n', receive: 'exit\r\n' },
      ],
    });
  });

  it('survives any transcript', () => {
    const entry = fc.record({ kind: fc.constantFrom('sent', 'received', 'note'), text: fc.string({ maxLength: 12 }) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 10 }), (entries) => {
        const received = entries
          .filter(({ kind }) => kind === 'received')
          .map(({ text }) => text)
          .join('');
        const dialogue = parseDialogue(recordDialogue(entries as never));
        expect(dialogue.greeting + dialogue.exchanges.map(({ receive }) => receive).join('')).toBe(received);
      }),
    );
  });
});

describe('a lab of dialogues', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netwright-dialogues-'));
    await mkdir(join(folder, 'arista_eos', '4.29'), { recursive: true });
    await writeFile(join(folder, 'arista_eos', '4.29', 'session.yaml'), session.replace(/ {2}- .*\n/, ''));
    await writeFile(
      join(folder, 'ios#C9200L_17.09#simulation.yaml'),
      recordDialogue([
        { kind: 'received', text: 'r1>' },
        { kind: 'sent', text: 'enable\n' },
        { kind: 'received', text: 'enable\r\nPassword: ' },
        { kind: 'sent', text: '<redacted>\n' },
        { kind: 'received', text: '\r\nr1#' },
        { kind: 'sent', text: 'show run\n' },
        { kind: 'received', text: 'show run\r\na\r\n --More-- ' },
        { kind: 'sent', text: ' ' },
        { kind: 'received', text: '\b\b\bb\r\nend\r\nr1#' },
        { kind: 'sent', text: 'exit\n' },
        { kind: 'received', text: 'exit\r\n' },
      ]),
    );
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('plays what was recorded, over SSH', async () => {
    await using lab = await startLab({ dialogues: folder, processes: 0 });
    expect(lab.devices.map(({ platform }) => platform).sort()).toEqual(['arista_eos', 'cisco_ios']);
    const talk = await ssh(lab.devices.find(({ platform }) => platform === 'cisco_ios')!);
    await talk.until(/r1>$/);
    talk.send('enable\nwhatever\nshow run\n');
    await talk.until(/ --More-- $/);
    talk.send(' ');
    await talk.until(/b\r\nend\r\nr1#$/);
    talk.send('show nothing\n');
    await talk.until(/not in the dialogue\r\nr1#$/);
    talk.send('show run\n');
    await talk.until(/ --More-- $/);
    talk.send(' exit\n');
    await talk.closed();
    expect(talk.text).toMatch(/r1#exit\r\n$/);
    await expect(lab.change(lab.devices[0]!.name)).rejects.toMatchObject({ code: 'NW_LAB_FAILED' });
  });

  it('takes the platform from the folder and the user from the file, and single keys where they were recorded', async () => {
    const keys = join(folder, 'keys');
    await mkdir(join(keys, 'enterasys', 'B5_06.61'), { recursive: true });
    await writeFile(
      join(keys, 'enterasys', 'B5_06.61', 'session.yaml'),
      'credential: { user: noc, password: lab-password }\ninit_prompt: |-\n  Press any key to continue\ncommands:\n  " ": |-\n    \\rb5>\n  "logout\\n": |-\n    logout\n    Log out [y/n]?\\x20\n  "y": |-\n    y\\r\\n',
    );
    await using lab = await startLab({ dialogues: keys, processes: 0 });
    const [device] = lab.devices;
    expect(device).toMatchObject({ platform: 'enterasys', user: 'noc', password: 'lab-password' });
    const talk = await ssh(device!);
    await talk.until(/continue$/);
    talk.send(' ');
    await talk.until(/\rb5>$/);
    talk.send('what\nlogout\n');
    await talk.until(/not in the dialogue[\s\S]*Log out \[y\/n\]\? $/);
    talk.send('y');
    await talk.closed();
    expect(talk.text).toMatch(/\? y\r\r\n$|\? y\r\n$/);
    await rm(keys, { recursive: true });
  });

  it('answers what is nearly what was recorded, and settings of the terminal, as the device would', async () => {
    const near = join(folder, 'near');
    await mkdir(near);
    await writeFile(
      join(near, 'eos#7050#simulation.yaml'),
      'credential: { user: noc, password: lab-password }\ninit_prompt: sw1#\ncommands:\n  "show inventory | no-more\\n": |-\n    show inventory | no-more\n    chassis\n    sw1#\n  "show ip route\\n": |-\n    show ip route\n    none\n    sw1#\n  "show ip bgp\\n": |-\n    show ip bgp\n    none\n    sw1#\n',
    );
    await using lab = await startLab({ dialogues: near, processes: 0 });
    const talk = await ssh(lab.devices[0]!);
    await talk.until(/^sw1#$/);
    talk.send('terminal length 0\nshow inventory\nshow ip\n');
    await talk.until(/not in the dialogue\r\nsw1#$/);
    expect(talk.text).toBe(
      'sw1#terminal length 0\r\nsw1#show inventory\r\nchassis\r\nsw1#show ip\r\n% Unknown command: not in the dialogue\r\nsw1#',
    );
    talk.end();
    await rm(near, { recursive: true });
  });

  it('makes up echo and prompt for what was recorded without a terminal', async () => {
    const bare = join(folder, 'bare');
    await mkdir(bare);
    await writeFile(
      join(bare, 'junos#srx300#simulation.yaml'),
      'credential: { user: noc, password: lab-password }\ninit_prompt: |-\n  Last login\ncommands:\n  "show version\\n": |-\n    Model: srx300\n\n  "show a\\n": a\n  "show b\\n": b\n  "show license\\n": "lease [22.4R3]"\n  "show config | no-more\\n": "version 22.4;"\n  "exit\\n": ""\n',
    );
    await using lab = await startLab({ dialogues: bare, processes: 0 });
    const talk = await ssh(lab.devices[0]!);
    await talk.until(/^Last login\r\nnoc@junos-srx300> $/);
    talk.send('show version\n');
    await talk.until(/^show version\r\nModel: srx300\r\nnoc@junos-srx300> $/);
    talk.send('show lic\n');
    await talk.until(/not in the dialogue\r\nnoc@junos-srx300> $/);
    talk.send('show config\n');
    await talk.until(/show config\r\nversion 22\.4;\r\nnoc@junos-srx300> $/);
    talk.send('exit\n');
    await talk.closed();
    await rm(bare, { recursive: true });
  });

  it('takes what was recorded under any name, and leaves other files beside it alone', async () => {
    const mixed = join(folder, 'mixed');
    await mkdir(mixed);
    const entries = [
      { kind: 'received', text: 'r7>' },
      { kind: 'sent', text: 'show clock\n' },
      { kind: 'received', text: 'show clock\r\nnoon\r\nr7>' },
    ] as const;
    await writeFile(join(mixed, 'r7.yaml'), recordDialogue([...entries], { platform: 'cisco_ios' }));
    await writeFile(join(mixed, 'prompts.yaml'), 'pass:\n  - r7>\n');
    await writeFile(join(mixed, 'netwright.yaml'), 'run:\n  retries: 2\n');
    for (const dialogues of [mixed, join(mixed, 'r7.yaml')]) {
      await using lab = await startLab({ dialogues, processes: 0 });
      expect(lab.devices).toMatchObject([{ name: 'r7', platform: 'cisco_ios' }]);
    }
    await rm(join(mixed, 'r7.yaml'));
    await expect(startLab({ dialogues: mixed, processes: 0 })).rejects.toMatchObject({ code: 'NW_LAB_FAILED' });
    await rm(mixed, { recursive: true });
  });

  it('plays over Telnet too, behind a login, bytes as they were', async () => {
    await writeFile(
      join(folder, 'arista_eos', '4.29', 'session.yaml'),
      session.replace(/ {2}- .*\n/, '').replace('---\n', '---\ntransport: telnet\n'),
    );
    await using lab = await startLab({ dialogues: folder, processes: 0 });
    const device = lab.devices.find(({ platform }) => platform === 'arista_eos')!;
    expect(device.transport).toBe('telnet');
    const talk = await telnet(device);
    await talk.until(/Username: $/);
    talk.send(`${device.user}\r\nwrong\r\n`);
    await talk.until(/Login incorrect\r\nUsername: $/);
    talk.send(`${device.user}\r\n${device.password}\r\n`);
    await talk.until(/sw1> $/);
    talk.send('show version\r\n');
    expect(await talk.until(/sw1> $/)).toContain('caf\xe9 \t|\r\n');
    talk.end();
  });
});
