import { describe, expect, it } from 'vitest';
import { checkExpected, compareFacts } from '../../../src/change/compliance/compare-facts.ts';

const facts = {
  os_version: '15.9(3)M7',
  uptime: 3600,
  interface_list: ['Loopback0', 'GigabitEthernet0/0', 'GigabitEthernet0/1'],
  is_up: true,
  peers: { '10.0.0.1': { is_up: true, prefixes: 105 }, '10.0.0.2': { is_up: false, prefixes: 0 } },
};
const told = (expected: unknown, found: unknown = facts) =>
  compareFacts(expected, found).map(({ path, kind }) => `${kind} ${path.join('.')}`);

describe('what NAPALM validates', () => {
  it('names only what counts, strictly only when asked', () => {
    expect(told({ os_version: '15' })).toEqual([]);
    expect(told({ peers: { _mode: 'strict', '10.0.0.1': { is_up: true } } })).toEqual(['extra peers.10.0.0.2']);
    expect(told({ peers: { '10.0.0.2': { is_up: true }, '10.0.0.3': {} } })).toEqual([
      'different peers.10.0.0.2.is_up',
      'missing peers.10.0.0.3',
    ]);
  });

  it('looks for elements of lists in any order, each once', () => {
    const list = (of: readonly unknown[], mode?: string) => ({
      interface_list: { ...(mode && { _mode: mode }), list: of },
    });
    expect(told(list(['Gigabit.*', 'Loopback0']))).toEqual([]);
    expect(told(list(['Loop', 'Loop']))).toEqual(['missing interface_list']);
    expect(told(list(['Gigabit.*', 'Loopback0'], 'strict'))).toEqual(['extra interface_list']);
    expect(told({ os_version: { list: ['x'] } })).toEqual(['different os_version']);
  });

  it.each([
    ['<4000', true],
    ['<3600', false],
    ['<=3600', true],
    ['>10.5', true],
    ['>=3601', false],
    ['3000<->4000', true],
    ['3601<->4000', false],
    ['10%3300', true],
    ['10%3200', false],
    ['36', true],
    ['^36$', false],
    [3600, true],
    [3601, false],
  ])('holds an uptime of 3600 against %s: %s', (expected, holds) => {
    expect(told({ uptime: expected })).toEqual(holds ? [] : ['different uptime']);
  });

  it('writes truth as Python does, and takes it as YAML has it', () => {
    expect(told({ is_up: 'True' })).toEqual([]);
    expect(told({ is_up: true })).toEqual([]);
    expect(told({ is_up: false })).toEqual(['different is_up']);
  });

  it('compares no number with a text that is none, and does not change what it is given', () => {
    const before = structuredClone(facts);
    expect(told({ os_version: '>1', peers: { _mode: 'strict' } })).toEqual([
      'different os_version',
      'extra peers.10.0.0.1',
      'extra peers.10.0.0.2',
    ]);
    expect(facts).toEqual(before);
    expect(told({ a: 1 }, [])).toEqual(['different ']);
    expect(told({ uptime: '>0' }, { uptime: '' })).toEqual(['different uptime']);
  });

  it('knows what could never be judged', () => {
    expect(
      checkExpected({ a: '>x', b: { _mode: 'strikt' }, c: { list: 'x' }, d: '(' }).map(({ path }) => path.join('.')),
    ).toEqual(['a', 'b._mode', 'c.list', 'd']);
  });
});
