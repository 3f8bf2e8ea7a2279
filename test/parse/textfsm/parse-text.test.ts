// biome-ignore-all lint/suspicious/noTemplateCurlyInString: values of TextFSM are written so
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate, parseLongText, parseRows, parseText, type TraceStep } from '#parse';
import { noise } from './noise.ts';
import { accessLists, habits, interfaces, neighbors, oddities, routes, templates, vlans } from './templates.ts';

const rows = (template: string, text: string) => parseRows(compileTemplate(template), text);

describe('records', () => {
  it('have the values of the template by name', () => {
    const [first, second] = parseText(compileTemplate(interfaces.template), interfaces.text);
    expect(first).toMatchObject({
      INTERFACE: 'GigabitEthernet0/1',
      LINK_STATUS: 'up',
      PROTOCOL_STATUS: 'up (connected)',
      HARDWARE: 'Gigabit Ethernet',
      IP_ADDRESS: [
        { address: '192.0.2.1', length: '31' },
        { address: '198.51.100.1', length: '24' },
      ],
      OUTPUT_ERRORS: '3',
    });
    expect(second).toMatchObject({
      INTERFACE: 'Vlan10',
      LINK_STATUS: 'administratively down',
      MTU: '',
      IP_ADDRESS: [],
    });
  });

  it('of routes take the lines that go on', () => {
    const records = parseText(compileTemplate(routes.template), routes.text);
    expect(
      records.map(({ PROTOCOL, NETWORK, NEXT_HOP, INTERFACE }) => [PROTOCOL, NETWORK, NEXT_HOP, INTERFACE]),
    ).toEqual([
      ['C', '192.0.2.0', ['connected'], ['Vlan10']],
      ['O IA', '198.51.100.0', ['192.0.2.2', '192.0.2.3'], ['Vlan10', 'Vlan10']],
      ['B', '203.0.113.0', ['198.51.100.9'], [null]],
    ]);
  });

  it('of access lists keep the name of the list', () => {
    expect(parseText(compileTemplate(accessLists.template), accessLists.text)).toMatchObject([
      { NAME: 'EDGE-IN', SEQUENCE: '10', PROTOCOL: 'tcp', DESTINATION: 'host 192.0.2.80', MODIFIER: 'established' },
      { NAME: 'EDGE-IN', SEQUENCE: '20', PORT: 'range 1024 65535', MODIFIER: '' },
      { NAME: 'EDGE-IN', SEQUENCE: '30', MODIFIER: 'log', MATCHES: '12' },
      { NAME: '10', SEQUENCE: '10', SOURCE: '192.0.2.0 0.0.0.255' },
      { NAME: '10', SEQUENCE: '20', MODIFIER: 'log' },
    ]);
  });

  it('of neighbors are filled up from below', () => {
    expect(parseText(compileTemplate(neighbors.template), neighbors.text)).toMatchObject([
      { NEIGHBOR: 'sw1.example.net', LOCAL_INTERFACE: 'Gi0/2,', CAPABILITY: ['Switch', 'IGMP', 'Router'] },
      { NEIGHBOR: 'ap 17', LOCAL_INTERFACE: 'Gi0/2,', CAPABILITY: ['Trans'] },
    ]);
  });

  it('of vlans end where the template says', () => {
    expect(rows(vlans.template, vlans.text)).toEqual([
      ['1', 'default', 'active', ['Gi0/1', 'Gi0/3', 'Gi0/3', 'Gi0/4', 'Gi0/5']],
      ['10', 'voice and video', 'active', []],
      ['1002', 'fddi-default', 'act/unsup', []],
    ]);
  });

  it('come out of templates with the habits of collections', () => {
    expect(rows(habits.template, habits.text)).toEqual([
      [['a1'], 'psu0', 'up', ['2'], 'in  use', 'B002'],
      [['a1'], 'psu1', '', [], '', ''],
      [['a1'], 'psu2', '', [''], 'x', 'C003'],
      [['a1', 'b2'], 'psu3', '', [null], 'y', ''],
      [[], 'psu4', 'up', [null], 'z', ''],
    ]);
  });

  it('have the oddities of the reference implementation', () => {
    expect(rows(oddities.template, oddities.text)).toEqual([
      ['', ['x'], ['y'], ['q'], ''],
      ['', [null], [null], ['q'], ''],
    ]);
    // The last text of a group stays when a later turn of its loop passes it by.
    expect(rows(oddities.template, 'a:-')).toEqual([['a', [], [], [], '']].slice(1));
  });
});

describe('options', () => {
  const two = (options: string): string =>
    `Value ${options} A (a|)\nValue B (b)\n\nStart\n  ^x\${A}\n  ^\${B} -> Record\n  ^c -> Clear\n  ^d -> Clearall\n`;

  it('Filldown keeps a value until it is matched again or all is cleared', () => {
    expect(rows(two('Filldown'), 'xa\nb\nb\nc\nb\nd\nb')).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
      ['', 'b'],
    ]);
    expect(rows(two('Filldown'), 'xa\nb').at(-1)).toEqual(['a', '']);
  });

  it('Fillup fills the rows above up to one that has a value', () => {
    expect(rows(two('Fillup'), 'b\nb\nxa\nb\nb')).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
      ['', 'b'],
    ]);
  });

  it('Required drops rows, and what was collected for them', () => {
    const template = 'Value Required A (a)\nValue B (b)\n\nStart\n  ^${B}\n  ^${A} -> Record\n  ^c -> Record\n';
    expect(rows(template, 'b\nc\na')).toEqual([['a', '']]);
  });

  it('List collects, and Filldown keeps the list', () => {
    const template = (options: string): string =>
      `Value ${options} A (\\w)\nValue B (-)\n\nStart\n  ^\${A}\n  ^\${B} -> Record\n`;
    expect(rows(template('List'), 'a\nb\n-\nc\n-')).toEqual([
      [['a', 'b'], '-'],
      [['c'], '-'],
    ]);
    expect(rows(template('Filldown,List'), 'a\n-\nc\n-')).toEqual([
      [['a'], '-'],
      [['a', 'c'], '-'],
      [['a', 'c'], ''],
    ]);
  });

  it('Required before List asks for the last text, behind it for the list', () => {
    const template = (options: string): string =>
      `Value ${options} A (a)\nValue B (b)\n\nStart\n  ^\${A}|\${B} -> Record\n`;
    expect(rows(template('Required,List'), 'b\na\nb')).toEqual([[['a'], '']]);
    expect(rows(template('List,Required'), 'b\na')).toEqual([
      [[null], 'b'],
      [['a'], ''],
    ]);
  });

  it('groups inside a List give objects, and null where they took no part', () => {
    const template = 'Value List A ((?P<x>a)(?P<y>b)?)\n\nStart\n  ^${A}\n';
    expect(rows(template, 'a\nab')).toEqual([
      [
        [
          { x: 'a', y: null },
          { x: 'a', y: 'b' },
        ],
      ],
    ]);
  });
});

describe('states', () => {
  it('EOF ends and records, End ends and does not, an empty EOF does not', () => {
    const template = (rest: string): string => `Value A (a)\n\nStart\n  ^\${A}${rest}`;
    expect(rows(template(' -> EOF\n'), 'a\na')).toEqual([['a']]);
    expect(rows(template(' -> End\n'), 'a\na')).toEqual([]);
    expect(rows(template('\n\nEOF\n'), 'a')).toEqual([]);
    expect(rows(template('\n'), 'a')).toEqual([['a']]);
  });

  it('Continue goes on with the rules behind, in the same state', () => {
    const template =
      'Value List A (\\d)\n\nStart\n  ^.${A} -> Continue\n  ^..${A} -> Continue.Record\n  ^. -> Two\n\nTwo\n  ^x\n';
    expect(rows(template, 'a12\nb34')).toEqual([[['1', '2']]]);
  });

  it('Error names template, rule, line and words', () => {
    const template = compileTemplate('Value A (a)\n\nStart\n  ^${A}\n  ^. -> Error "odd line"\n', {
      name: 'x.textfsm',
    });
    expect(() => parseRows(template, 'a\nb c')).toThrowError(
      expect.objectContaining({
        code: 'NW_TEXTFSM_MISMATCH',
        message: 'x.textfsm:5: the template refuses line 2 of the text (odd line): "b c"',
        details: { template: 'x.textfsm', line: 5, state: 'Start', textLine: 2, text: 'b c' },
      }),
    );
  });
});

describe('lines', () => {
  it('end where Python ends them', () => {
    const text = 'a\vb\fc\x1cd\x85e\u2028f\r\ng\rh\n\ni';
    expect(rows('Value A (.*)\n\nStart\n  ^${A} -> Record\n', text).flat()).toEqual([
      ...Array.from('abcdefgh'),
      '',
      'i',
    ]);
    expect(rows('Value A (.*)\n\nStart\n  ^${A} -> Record\n', '')).toEqual([]);
    expect(rows('Value A (.*)\n\nStart\n  ^${A} -> Record\n', 'a\n').flat()).toEqual(['a']);
  });

  it('with pairs of code units count as Python counts', () => {
    expect(rows('Value A (.)\nValue B (.*)\n\nStart\n  ^${A}${B} -> Record\n', '😀é٣')).toEqual([['😀', 'é٣']]);
  });
});

describe('trace', () => {
  it('tells which rule fired, what it took and what came of it', () => {
    const steps: TraceStep[] = [];
    const template = compileTemplate(
      'Value Required A (a)\n\nStart\n  ^${A} -> Continue\n  ^. -> Record Two\n\nTwo\n  ^b\n',
    );
    parseRows(template, 'a\nx\nb', { trace: (step) => steps.push(step) });
    expect(
      steps.map(({ lineNumber, state, rule, captured, recorded, notRecorded, newState }) => [
        lineNumber,
        state,
        rule?.line,
        captured,
        recorded ?? notRecorded,
        newState,
      ]),
    ).toEqual([
      [1, 'Start', 4, { A: 'a' }, undefined, undefined],
      [1, 'Start', 5, {}, ['a'], 'Two'],
      [2, 'Two', undefined, {}, undefined, undefined],
      [3, 'Two', 8, {}, undefined, undefined],
      [4, 'EOF', undefined, {}, { missing: 'A' }, undefined],
    ]);
  });
});

describe('parseLongText', () => {
  const template = compileTemplate(interfaces.template);
  const text = interfaces.text.repeat(6000);

  it('gives the same, and lets others work meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const found = await parseLongText(template, text);
    clearInterval(timer);
    expect(found).toHaveLength(12_000);
    expect(found.slice(0, 2)).toEqual(parseRows(template, interfaces.text));
    expect(turns).toBeGreaterThan(1);
  });

  it('stops when the signal says so', async () => {
    const controller = new AbortController();
    const parsing = parseLongText(template, text, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(parsing).rejects.toThrow(/enough|abort/i);
  });

  it('gives hostile lines up without standing still', async () => {
    const slow = compileTemplate('Value A (\\w)\n\nStart\n  ^(\\w+)+(?P<x>.*)(?P=x)!$$ -> Record\n', {
      name: 'slow.textfsm',
    });
    const began = performance.now();
    await expect(parseLongText(slow, `${'ab'.repeat(10_000)}!${'ab'.repeat(10_000)}`)).rejects.toMatchObject({
      code: 'NW_TEXTFSM_TOO_SLOW',
      details: { template: 'slow.textfsm', line: 4, textLine: 1 },
    });
    await wait(0);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it.each([
    ['nested repetition', '^(\\S+\\s*)+:$$'],
    ['alternatives that overlap', '^(?:a|a|aa)+b$$'],
    ['many neighbours', '^a*a*a*a*a*a*a*a*b$$'],
    ['a loop over nothing', '^(?:a*)*b$$'],
    ['a look ahead in a loop', '^(?:(?=a+b)a|a)+c$$'],
  ])('takes %s in its stride', async (_, rule) => {
    const hostile = compileTemplate(`Value A (x)\n\nStart\n  ${rule}\n  ^.*!$$ -> Record\n\nEOF\n`);
    const began = performance.now();
    expect(await parseLongText(hostile, `${'a'.repeat(300)}bc:!`)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('any text', () => {
  it('gives rows, or an error of the template', () => {
    const noisy = fc.constantFrom(...templates).chain(({ template, text }) =>
      fc
        .array(fc.tuple(fc.nat(text.length), fc.nat(20), fc.string({ unit: noise, maxLength: 5 })), { maxLength: 4 })
        .map((changes) => ({
          template,
          text: changes.reduce((so, [at, cut, sound]) => so.slice(0, at) + sound + so.slice(at + cut), text),
        })),
    );
    fc.assert(
      fc.property(noisy, ({ template, text }) => {
        const compiled = compileTemplate(template);
        try {
          for (const row of parseRows(compiled, text)) expect(row).toHaveLength(compiled.values.length);
        } catch (error) {
          expect(error).toMatchObject({ code: 'NW_TEXTFSM_MISMATCH' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
