import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { policyJsonSchema } from '#change';
import { NetwrightError } from '#core';
import { readPolicy } from '../../../src/change/compliance/read-policy.ts';

const sample = `title: Baseline
rules:
  - id: ntp
    severity: high
    for: platform:cisco_ios and not tag:lab
    required:
      - ntp server {{ ntp }}
      - any of: [logging host 192.0.2.1, { match: '^logging host ' }]
    forbidden: { like: 'ip http*', except: [ip http client source-interface Loopback0] }
  - id: access
    section: [interface *]
    except: interface Loopback*
    having: switchport mode access
    ordered: [a, b]
    platforms:
      cisco_*: { required: x }
      juniper_junos: { section: [interfaces, '*'], required: x }
  - id: version
    facts:
      - get_facts: { _name: x, os_version: 7.0, uptime: '>1' }
      - get_route_to: { _kwargs: { destination: 10.0.0.0/8 }, _mode: strict }
`;

const mistakesOf = (text: string, platforms?: readonly string[]): string[] => {
  try {
    readPolicy(text, 'p.yaml', platforms === undefined ? {} : { platforms });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(NetwrightError);
    expect((error as NetwrightError).code).toBe('NW_POLICY_INVALID');
    return (error as Error).message.split('\n');
  }
};

describe('policy files', () => {
  const isValid = new Ajv2020({ strict: false }).compile(policyJsonSchema());

  it('are read, and fit the schema for editors', async () => {
    const policy = readPolicy(sample, 'p.yaml');
    expect(policy.rules.map(({ id, line }) => [id, line])).toEqual([
      ['ntp', 3],
      ['access', 10],
      ['version', 18],
    ]);
    const { parse } = await import('yaml');
    expect(isValid(parse(sample))).toBe(true);
    expect(isValid({ rules: [{ id: 'a', forbiden: 'x' }] })).toBe(false);
    expect(isValid([{ get_facts: { uptime: '>1' } }])).toBe(true);
  });

  it('are in the guide as they can be written', async () => {
    const guide = await readFile(resolve(import.meta.dirname, '../../../docs/guides/compliance.md'), 'utf8');
    const [whole = '', facts = ''] = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
    expect(readPolicy(whole, 'p.yaml').rules).toHaveLength(4);
    expect(readPolicy(`rules:\n${facts}`, 'p.yaml').rules[0]!.facts).toHaveLength(2);
    const schema = await readFile(resolve(import.meta.dirname, '../../../docs/schema/policy.json'), 'utf8');
    expect(JSON.parse(schema)).toEqual(policyJsonSchema());
  });

  it.each([
    ['rules: []', 'p.yaml:1: "rules": expected a list of rules'],
    ['rule: []\nrules: [{id: a, required: b}]', 'p.yaml:1: unknown key "rule". Did you mean "rules"?'],
    ['rules:\n  - required: x', 'p.yaml:2: "id" is missing: a short name, one of a kind'],
    [
      'rules:\n  - id: a',
      'p.yaml:2: rule "a" says nothing: expected "required", "forbidden", "ordered", "platforms" or "facts"',
    ],
    [
      'rules:\n  - id: a\n    severity: hihg\n    required: x',
      'p.yaml:3: "severity": expected info, low, medium, high, critical, got "hihg". Did you mean "high"?',
    ],
    ["rules:\n  - id: a\n    required:\n      - { match: '(' }", /^p\.yaml:4: the pattern \( does not compile/],
    ['rules:\n  - id: a\n    required: { matsch: x }', /^p\.yaml:3: unknown key "matsch"\. Did you mean "match"\?/],
    ['rules:\n  - id: a\n    required:\n      - ip: address', /p\.yaml:4: .*quote a line that has a colon/],
    ['rules:\n  - id: a\n    except: x\n    required: y', /^p\.yaml:3: "except" chooses among sections/],
    ['rules:\n  - id: a\n    for: nme:x\n    required: y', /^p\.yaml:3: "for": "nme" is no key of a device/],
    [
      'rules:\n  - id: a\n    platforms:\n      cisco_iso: { required: x }',
      'p.yaml:4: there is no platform "cisco_iso". Did you mean "cisco_ios"?',
    ],
    ['- get_fact:\n    a: 1', /^p\.yaml:1: There is no getter "get_fact"\. Did you mean "facts"\?/],
    ['- get_facts:\n    uptime: ">x"', /^p\.yaml:2: ">x": expected a number behind the sign/],
    ['rules:\n\t- x', /^p\.yaml:2: /],
    ['just a word', /^p\.yaml:1: expected a mapping with "rules"/],
  ])('tell the mistake in %j', (text, message) => {
    const said = mistakesOf(text, ['cisco_ios']);
    if (typeof message === 'string') expect(said).toContain(message);
    else expect(said.some((one) => message.test(one))).toBe(true);
  });

  it('tell nothing but mistakes, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: sample.length }),
        fc.string({ maxLength: 12, unit: 'binary' }),
        (at, noise) => {
          mistakesOf(sample.slice(0, at));
          mistakesOf(sample.slice(0, at) + noise + sample.slice(at));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('tell nothing but mistakes, whatever the data', () => {
    const word = fc.constantFrom(
      'rules',
      'id',
      'required',
      'forbidden',
      'facts',
      'section',
      'match',
      'like',
      'any of',
      'get_facts',
      '_mode',
      'list',
      'platforms',
      'for',
      '>1',
      '(',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(word, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(value, fc.record({ rules: fc.array(value) })), (data) => {
        const mistakes = mistakesOf(stringify(data));
        // What is taken here, an editor takes too.
        if (mistakes.length === 0) expect(isValid(JSON.parse(JSON.stringify(data)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('survive aliases that would grow without end', () => {
    const lines = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)];
    expect(mistakesOf(lines.join('\n'))[0]).toMatch(/alias/i);
  });
});
