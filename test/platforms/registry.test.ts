import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, NetwrightError } from '#core';
import { applySecrets, createPlatformRegistry, type Platform } from '#platforms';

let folder: string;
let nowMs = 0;
const clock: Clock = { now: () => nowMs, sleep: async () => {} };

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'nw-platforms-')), 'platforms');
  mkdirSync(folder);
  nowMs = 1_000_000;
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

let writes = 0;
/** Writes a file with a modification time of its own: clocks of file systems are coarse. */
function write(name: string, text: string): void {
  writes += 1;
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), writes, writes);
}

const refused = async (get: Promise<unknown>): Promise<NetwrightError> => {
  const error: unknown = await get.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NetwrightError);
  return error as NetwrightError;
};

const whole = `
vendor: Acme
name: AcmeOS
aliases: [acme_old]
modes:
  view: { prompt: '^(?<host>\\w+)>$', to: { root: [{ send: su, dialogue: [{ see: 'code:$', answer: { secret: enable } }] }] } }
  root: { prompt: '/^(?<host>\\w+)#$/i', to: { view: [exit] } }
home: root
open: [pager off]
failures: ['^Error:']
backup:
  commands:
    - { run: show config, drop: [uptime, { word: Time, match: '^Time' }] }
  complete: { end: ['^done$'] }
  secrets:
    - { word: key, match: 'key (?<secret>\\S+)' }
    - { word: BEGIN, from: BEGIN, to: END }
`;

describe('the catalogue in the registry', () => {
  it('finds by id and alias, and loads on demand', async () => {
    const registry = createPlatformRegistry();
    expect(registry.ids()).toContain('cisco_ios');
    expect(registry.resolve('cisco_ios')).toBe('cisco_ios');
    expect((await registry.get('cisco_ios')).name).toBe('IOS');
    expect(registry.resolve('no such')).toBeUndefined();
    expect(registry.resolve('constructor')).toBeUndefined();
  });

  it('names what is near when a platform is unknown', async () => {
    const error = await refused(createPlatformRegistry().get('cisco_ioss'));
    expect(error.code).toBe('NW_PLATFORM_UNKNOWN');
    expect(error.message).toBe('no platform is called "cisco_ioss". Did you mean "cisco_ios"?');
    expect(error.hint).toContain('netwright platforms list');
  });

  it('yields all in the order of ids', async () => {
    const registry = createPlatformRegistry();
    const seen: string[] = [];
    for await (const { id } of registry.all()) seen.push(id);
    expect(seen).toEqual([...registry.ids()]);
    expect(seen).toEqual([...seen].sort());
  });
});

describe("a workspace's own platforms", () => {
  const registry = () => createPlatformRegistry({ folder, clock });

  it('are read from YAML, patterns and shorthands included', async () => {
    write('acme.yaml', whole);
    const platform = await registry().get('acme_old');
    expect(platform).toMatchObject({ id: 'acme', vendor: 'Acme', home: 'root', pipelining: 'none', verified: 'own' });
    expect(platform.modes['view']?.prompt).toEqual(/^(?<host>\w+)>$/);
    expect(platform.modes['root']?.prompt.flags).toBe('i');
    expect(platform.backup.commands).toEqual([
      { run: 'show config', as: 'configuration', drop: [{ word: 'uptime' }, { word: 'Time', match: /^Time/ }] },
    ]);
    expect(platform.backup.secrets.map(({ kind }) => kind)).toEqual(['line', 'block']);
    expect(platform.transaction.method).toBe('line by line');
  });

  it('extend ours: mappings join, lists replace, append adds', async () => {
    write(
      'our_ios.yml',
      `extends: cisco_ios
open: [terminal length 0]
failures: { append: ['^Nope'] }
backup: { secrets: { append: [{ word: zzz, match: 'zzz (?<secret>.+)' }] } }
modes: { privileged: { prompt: '^(?<host>our-\\S+)#$' } }
`,
    );
    const ours = await registry().get('our_ios');
    const base = await registry().get('cisco_ios');
    expect([base.verified, base.notes?.length === 0, ours.verified, ours.notes]).toEqual([
      'lab',
      false,
      'own',
      undefined,
    ]);
    expect(ours.id).toBe('our_ios');
    expect(ours.aliases).toEqual([]);
    expect(ours.open).toEqual(['terminal length 0']);
    expect(ours.failures).toEqual([...base.failures, /^Nope/]);
    expect(ours.backup.secrets.length).toBe(base.backup.secrets.length + 1);
    expect(ours.backup.commands).toEqual(base.backup.commands);
    expect(ours.modes['privileged']?.to).toEqual(base.modes['privileged']?.to);
    expect(ours.modes['exec']).toEqual(base.modes['exec']);
  });

  it('are as the documentation shows', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/platforms/README.md'), 'utf8');
    write('any.yaml', /```yaml\n([\s\S]*?)```/.exec(page)![1]!);
    const platform = await registry().get('acme_switch');
    expect(platform.failures.at(-1)).toEqual(/^Bad command/);
    expect(platform.backup.commands.map(({ run }) => run)).toEqual(['show version', 'show running-config']);
    expect(platform.backup.secrets.at(-1)).toMatchObject({ kind: 'line', word: 'license-key' });
  });

  it('may say in which section alone a word is a secret', async () => {
    write(
      'acme.yaml',
      [
        'extends: juniper_junos',
        'backup:',
        '  secrets:',
        "    - { word: ticket, match: 'ticket (?<secret>[a-z]+)', within: { word: 'acme {', open: '^ *acme' } }",
        '',
      ].join('\n'),
    );
    const { secrets } = (await registry().get('acme')).backup;
    const text = 'ticket a;\nacme {\n  ticket b;\n}\nticket c;\n';
    expect(applySecrets(text, secrets, () => '*')).toBe('ticket a;\nacme {\n  ticket *;\n}\nticket c;\n');
  });

  it('take the place of ours when they have its id', async () => {
    write('cisco_ios.yaml', 'extends: cisco_ios\nname: Our IOS\n');
    const one = registry();
    expect((await one.get('cisco_ios')).name).toBe('Our IOS');
    expect(one.ids().filter((id) => id === 'cisco_ios')).toHaveLength(1);
  });

  it('are read again when they change, come or go, without a restart', async () => {
    const one = registry();
    await refused(one.get('acme'));
    write('acme.yaml', whole);
    nowMs += 1001;
    const before = await one.get('acme');
    expect(await one.get('acme')).toBe(before);
    write('acme.yaml', whole.replace('AcmeOS', 'AcmeOS 2'));
    nowMs += 1001;
    expect((await one.get('acme')).name).toBe('AcmeOS 2');
    rmSync(join(folder, 'acme.yaml'));
    nowMs += 1001;
    expect((await refused(one.get('acme'))).code).toBe('NW_PLATFORM_UNKNOWN');
  });

  it('need no folder', async () => {
    const one = createPlatformRegistry({ folder: join(folder, 'none'), clock });
    expect((await one.get('cisco_ios')).id).toBe('cisco_ios');
  });

  it.each([
    [
      'a wrong mode',
      whole.replace('home: root', 'home: rot'),
      'acme.yaml:8:7: home: no mode is called "rot"; there are view, root. Did you mean "root"?',
    ],
    [
      'a wrong way',
      whole.replace('to: { view:', 'to: { vew:'),
      'acme.yaml:7:47: modes.root.to.vew: no mode is called "vew"',
    ],
    [
      'a wrong pattern',
      whole.replace("'^Error:'", "'^Err(or:'"),
      'acme.yaml:10:12: failures.0: Invalid regular expression',
    ],
    ['a forbidden flag', whole.replace('#$/i', '#$/g'), 'acme.yaml:7:19: modes.root.prompt: the flags of'],
    [
      'an unknown key',
      whole.replace('failures:', 'failure:'),
      'acme.yaml:10:1: failure: unknown key "failure". Did you mean "failures"?',
    ],
    [
      'no group',
      whole.replace('(?<secret>\\S+)', '\\S+'),
      'acme.yaml:16:27: backup.secrets.0.match: the pattern has no group (?<secret>',
    ],
    ['half a block', whole.replace(', to: END', ''), 'acme.yaml:17:7: backup.secrets.1: a block needs "from" and "to"'],
    [
      'no configuration',
      whole.replace('show config,', 'show config, as: comment,'),
      'expected at least one of "commands" to give the configuration',
    ],
    ['no modes', 'vendor: Acme\n', 'acme.yaml:1:1: the key "modes" is missing, and no platform is extended'],
    ['no YAML', 'a: [1\nb: 2', 'acme.yaml:2:'],
    [
      'an unknown base',
      'extends: cisco_ioss\n',
      'acme.yaml:1:10: extends: no platform is called "cisco_ioss". Did you mean "cisco_ios"?',
    ],
    ['itself', 'extends: acme\n', 'acme.yaml:1:10: extends: no platform is called "acme"'],
    ['a list', '- a\n', 'acme.yaml:1:1: expected a mapping, got a list'],
    [
      'a missing key of a step',
      whole.replace('open: [pager off]', 'open: [{ optional: true }]'),
      'acme.yaml:9:8: open.0: the key "send" is missing',
    ],
  ])('say where they are wrong: %s', async (_what, text, expected) => {
    write('acme.yaml', text);
    const error = await refused(registry().get('acme'));
    expect(error.code).toBe('NW_PLATFORM_INVALID');
    expect(error.message).toContain(expected);
    expect(error.message).toContain('platforms/acme.yaml:');
  });

  it('refuse circles and double ids, and leave the others alone', async () => {
    write('a.yaml', 'extends: b\n');
    write('b.yaml', 'extends: a\n');
    write('c.yaml', 'id: acme\nextends: cisco_ios\n');
    write('acme.yaml', whole);
    const one = registry();
    expect((await refused(one.get('a'))).message).toContain('a extends b extends a: a circle');
    expect((await refused(one.get('acme'))).message).toContain('the id "acme" is taken by platforms/acme.yaml');
    expect((await one.get('cisco_ios')).id).toBe('cisco_ios');
  });

  it('warn of patterns that may take for ever, and take them', async () => {
    write('acme.yaml', whole.replace("'^Error:'", "'^(a+)+:'"));
    const said: string[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (text: string) => said.push(text), child: () => logger };
    const one = createPlatformRegistry({ folder, clock, logger: logger as never });
    const platform: Platform = await one.get('acme');
    expect(platform.failures).toEqual([/^(a+)+:/]);
    expect(said).toHaveLength(1);
    expect(one.doubts('acme')).toEqual(said);
    expect(one.doubts()).toEqual(said);
    expect(one.doubts('cisco_ios')).toEqual([]);
    expect(said[0]).toContain('platforms/acme.yaml:10:12: failures.0: /^(a+)+:/ repeats');
  });
});
