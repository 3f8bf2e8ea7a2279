import { describe, expect, test } from 'vitest';
import { type FactSource, getterNamed, getterNames, getterSupport, getters, readFacts } from '#facts';
import { checkArgs, checkFacts } from '../../src/facts/check-facts.ts';
import { readLines } from '../../src/facts/lines.ts';
import { RecordingAsk } from '../../src/facts/recording-ask.ts';
import { recordedSource } from './recorded.ts';

const ios = async (answers: Readonly<Record<string, string>>): Promise<FactSource> =>
  await recordedSource({ platform: 'cisco_ios', answers });

describe('a fact', () => {
  test('comes with what was asked for it', async () => {
    const answer = await readFacts('get_arp_table', await ios({ 'show arp vrf BLUE | exclude Incomplete': '' }), {
      vrf: 'BLUE',
    });
    expect(answer).toEqual({
      value: [],
      warnings: [],
      notes: [],
      sources: [{ command: 'show arp vrf BLUE | exclude Incomplete' }],
    });
  });

  test('says what the device refused and it could do without', async () => {
    const { sources } = await readFacts('get_vlans', await ios({ 'show vlan brief': '' }));
    expect(sources).toEqual([{ command: 'show vlan all-ports', refused: true }, { command: 'show vlan brief' }]);
  });

  test('warns of a line that is not understood, with its number and without its secrets', async () => {
    const output = `Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  192.0.2.2              12   0200.5e00.00fe  ARPA   Vlan20
snmp-server community sw0rdfish RO
`;
    const { value, warnings } = await readFacts(
      'get_arp_table',
      await ios({ 'show arp | exclude Incomplete': output }),
    );
    expect(value).toHaveLength(1);
    expect(warnings).toEqual([
      {
        command: 'show arp | exclude Incomplete',
        line: 'snmp-server community <secret> RO',
        number: 3,
        reason: 'unknown line',
      },
    ]);
  });

  test('counts the warnings beyond those that it keeps', async () => {
    const { warnings } = await readFacts(
      'get_arp_table',
      await ios({ 'show arp | exclude Incomplete': 'what is this\n'.repeat(80) }),
    );
    expect(warnings).toHaveLength(51);
    expect(warnings.at(-1)).toEqual({ command: '', reason: 'and 30 more' });
  });

  test('rejects where the device refuses what it needs', async () => {
    await expect(readFacts('get_interfaces', await ios({}))).rejects.toMatchObject({ code: 'NW_COMMAND_REJECTED' });
  });

  test('of a platform that has it not is refused, and where to see who has it is said', async () => {
    const asa = await recordedSource({ platform: 'cisco_asa', answers: {} });
    await expect(readFacts('get_vlans', asa)).rejects.toMatchObject({
      code: 'NW_NOT_SUPPORTED',
      hint: expect.stringContaining('netwright facts list'),
    });
    const none = await recordedSource({ platform: 'cisco_ios', answers: {} });
    await expect(readFacts('get_probes_results', none)).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
  });
});

describe('the record of what was asked', () => {
  test('an empty value needs a reason when something was answered', async () => {
    const ask = new RecordingAsk(await ios({ 'show a': 'prose\nof two lines', 'show b': 'header', 'show c': '\n' }));
    await ask.text('show a');
    readLines(ask, 'show b', await ask.text('show b'), () => true);
    await ask.text('show c');
    ask.finish(true);
    expect(ask.warnings).toEqual([
      { command: 'show a', line: 'prose', number: 1, reason: 'nothing was understood of 2 lines' },
    ]);
  });

  test('a device that refused every question gave no answer', async () => {
    const ask = new RecordingAsk(await ios({ 'show b': '' }));
    await ask.text('show a', { optional: true });
    ask.finish(true);
    expect(ask.warnings).toEqual([{ command: 'show a', reason: 'was refused' }]);
    const other = new RecordingAsk(await ios({ 'show b': '' }));
    await other.text('show a', { optional: true });
    await other.text('show b');
    other.finish(true);
    expect(other.warnings).toEqual([]);
  });

  test('and none when the reason was given, or the value is not empty', async () => {
    for (const [isEmpty, note] of [
      [true, 'off'],
      [false, undefined],
    ] as const) {
      const ask = new RecordingAsk(await ios({ 'show a': 'prose' }));
      await ask.text('show a');
      if (note !== undefined) ask.note(note);
      ask.finish(isEmpty);
      expect(ask.warnings).toEqual([]);
    }
  });

  test('what is optional may be refused, be prose where JSON was wanted, or not be there', async () => {
    const nxos = new RecordingAsk(
      await recordedSource({ platform: 'cisco_nxos', answers: { 'show a | json': 'prose' } }),
    );
    expect(await nxos.text('show b', { optional: true })).toBeUndefined();
    expect(await nxos.json('show a', { optional: true })).toBeUndefined();
    await expect(nxos.json('show a')).rejects.toMatchObject({ code: 'NW_FACTS_INVALID' });
    expect(nxos.sources).toEqual([
      { command: 'show b', refused: true },
      { command: 'show a', refused: true },
    ]);
  });
});

describe('the shape of a fact', () => {
  test('is held to: the message names the path', () => {
    const wrong = {
      Ethernet1: { is_up: 'yes', is_enabled: true, description: '', last_flapped: -1, speed: -1, mtu: 1.5, extra: 1 },
    };
    expect(() => checkFacts('get_interfaces', 'r1', wrong)).toThrow(
      /r1: interfaces: Ethernet1: field "mac_address" is missing; .*; and 1 more/,
    );
    expect(() =>
      checkFacts('get_interfaces', 'r1', { Gi1: { ...wrong.Ethernet1, mac_address: '', mtu: Number.NaN } }),
    ).toThrow(/NW_|must be/);
  });

  test('never tells what stands in a field: it might be a secret', () => {
    expect(() => checkFacts('get_users', 'r1', { noc: { level: 'sw0rdfish', password: '', sshkeys: [] } })).toThrow(
      /noc\.level: must be integer, got a text of 9 characters/,
    );
  });

  test('arguments are complete, and wrong ones named', () => {
    expect(checkArgs('get_config', { retrieve: 'running' })).toEqual({
      retrieve: 'running',
      full: false,
      sanitized: false,
      format: 'text',
    });
    const wrong = { vrf: 'x' } as Parameters<typeof checkArgs<'get_facts'>>[1];
    expect(() => checkArgs('get_facts', wrong)).toThrow(/unknown field "vrf"/);
  });

  test('of all 26 getters', async () => {
    expect(getterNames).toHaveLength(26);
    expect(getterNamed('interfaces')).toBe('get_interfaces');
    expect(getterNamed('get_interfaces')).toBe('get_interfaces');
    expect(() => getterNamed('interface')).toThrow(/Did you mean "?interfaces/);
    const support = await getterSupport();
    expect(support.map(({ getter }) => getter)).toEqual(getterNames);
    expect(support.find(({ name }) => name === 'route_to')).toMatchObject({
      args: ['destination', 'protocol', 'longer'],
    });
    for (const { tells, value } of Object.values(getters)) {
      expect(tells).not.toBe('');
      expect(value).toHaveProperty('type');
    }
  });
});
