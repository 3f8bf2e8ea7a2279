// biome-ignore-all lint/suspicious/noTemplateCurlyInString: values of TextFSM are written so
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { compileTemplate, openTemplates, parseRows } from '#parse';
import { PythonPattern } from '../../../src/parse/textfsm/pattern/python-pattern.ts';
import { Subject } from '../../../src/parse/textfsm/pattern/subject.ts';
import { PatternError } from '../../../src/parse/textfsm/pattern/syntax.ts';
import { templateCase } from '../../parse/textfsm/arbitrary-template.ts';
import { arbitraryPattern, arbitrarySubject } from '../../parse/textfsm/pattern/arbitrary-pattern.ts';
import { templates } from '../../parse/textfsm/templates.ts';
import { textThroughTemplate } from '../../parse/textfsm/text-through-template.ts';
import { peer } from '../peers.ts';
import { askReference, type ReferenceAnswer, type ReferenceJob } from './reference.ts';

const python = peer('textfsm');

/** Python's class of error, by our code. */
const errorClasses: Readonly<Record<string, string>> = {
  NW_TEXTFSM_INVALID: 'TextFSMTemplateError',
  NW_TEXTFSM_MISMATCH: 'TextFSMError',
};

function ours(template: string, text: string): ReferenceAnswer {
  try {
    const compiled = compileTemplate(template);
    return { header: compiled.values.map(({ name }) => name), rows: parseRows(compiled, text) };
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return { error: errorClasses[error.code] ?? error.code };
  }
}

/** Where Python says no more than that something of its own went wrong. */
const isCrash = ({ error }: ReferenceAnswer): boolean => error === 'TypeError';

function expectSame(cases: readonly { readonly template: string; readonly text: string }[]): ReferenceAnswer[] {
  const answers = askReference(cases.map(({ template, text }) => ['parse', template, text]));
  for (const [index, { template, text }] of cases.entries()) {
    const { message: _, ...theirs } = answers[index];
    if (!isCrash(theirs)) expect({ template, text, ...ours(template, text) }).toEqual({ template, text, ...theirs });
  }
  return answers;
}

describe.skipIf(python.isMissing)('TextFSM beside the reference implementation', () => {
  it('gives the same rows, or the same error, for generated templates and texts', () => {
    const answers = expectSame(fc.sample(templateCase, { numRuns: 2500, seed: 20 }));
    // What was compared says something: rows, template errors and refused lines are all there in numbers.
    expect(answers.filter(({ rows }) => rows?.length > 0).length).toBeGreaterThan(400);
    expect(answers.filter(({ error }) => error === 'TextFSMTemplateError').length).toBeGreaterThan(100);
    expect(answers.filter(({ error }) => error === 'TextFSMError').length).toBeGreaterThan(100);
    expect(answers.filter(isCrash).length).toBeLessThan(100);
  }, 60_000);

  it('gives the same for templates written by hand, and texts made through their rules', () => {
    const cases = templates.flatMap(({ template: strict, text }) => {
      // A template that stops at unknown lines is also compared beyond them.
      const lenient = strict.replace(/^ .*-> Error.*\n/gm, '');
      return [...new Set([strict, lenient])].flatMap((template) => [
        { template, text },
        ...Array.from({ length: 60 }, (_, seed) => ({ template, text: textThroughTemplate(template, seed) })),
      ]);
    });
    const answers = expectSame(cases);
    expect(answers.filter(({ rows }) => rows?.length > 0).length).toBeGreaterThan(templates.length * 15);
  }, 60_000);

  it('matches as Python matches, and refuses what Python refuses', () => {
    const cases = fc.sample(fc.tuple(arbitraryPattern, arbitrarySubject), { numRuns: 15_000, seed: 3 });
    const answers = askReference(cases.map(([pattern, text]): ReferenceJob => ['match', pattern, text]));
    let matches = 0;
    for (const [index, [source, text]] of cases.entries()) {
      const theirs = answers[index];
      const mine = matchOf(source, text);
      expect({ source, text, ...mine }).toEqual({ source, text, ...(theirs?.error ? { error: true } : theirs) });
      if (theirs?.groups !== undefined) matches += 1;
    }
    expect(matches).toBeGreaterThan(3000);
  }, 60_000);
});

describe.skipIf(python.isMissing)('an index beside CliTable', () => {
  const both = (files: Record<string, string>, attributes: Record<string, string>, text: string): ReferenceJob => [
    'table',
    files,
    attributes,
    text,
  ];
  const template = (values: string, rule: string): string => `${values}\n\nStart\n  ${rule} -> Record\n`;
  const files = {
    state: template('Value Key IF (\\S+)\nValue STATE (up|down)', '^${IF} is ${STATE}'),
    mtu: template('Value Key IF (\\S+)\nValue MTU (\\d+)\nValue STATE (x?)', '^${IF} mtu ${MTU}${STATE}'),
    plain: template('Value IF (\\S+)\nValue MTU (\\d+)', '^${IF} mtu ${MTU}'),
    list: template('Value Key IF (\\S+)\nValue List IP (\\d\\S+)', '^${IF} ip(?: ${IP})?'),
  };
  const text = 'e1 is up\ne2 is down\ne1 mtu 9000\ne3 mtu 1x\ne3 mtu 2\ne2 ip\ne1 ip 192.0.2.1\n';
  const header = 'Template, Hostname, Platform, Command\n';
  const rows = ['state', 'state:mtu', 'mtu:state', 'state:plain', 'plain:state', 'plain:mtu', 'list', 'state:list:mtu'];
  const commands = ['sh[[ow]] int[[erfaces]]', 'show', '(?i)SHOW', '.*faces', 'sh[[ow]] (int|ip)', ''];
  const attributes = [
    { Command: 'show interfaces', Platform: 'cisco_ios' },
    { Command: 'sh int', Hostname: 'r1' },
    { Command: 'show interfaces brief', Platform: 'cisco_ios_xe', Unknown: 'x' },
    { Command: 'no show', Platform: 'cisco_ios' },
  ];

  it('chooses the same row, joins the same tables by the same keys', async () => {
    const cases = rows.flatMap((row) =>
      commands.flatMap((command) =>
        attributes.map((known) => ({ index: `${header}${row}, r\\d?, cisco_ios, ${command}\n`, known })),
      ),
    );
    const answers = askReference(cases.map(({ index, known }) => both({ ...files, index }, known, text)));
    const home = await mkdtemp(join(tmpdir(), 'netwright-clitable-'));
    try {
      for (const [name, content] of Object.entries(files)) await writeFile(join(home, name), content);
      for (const [number, { index, known }] of cases.entries()) {
        await writeFile(join(home, 'index'), index);
        const templates = await openTemplates(home);
        const row = templates.find(known);
        const table = row && (await templates.parse(row, text)).table;
        const ours = table && { header: table.header, rows: table.rows, superkey: table.keys };
        const { error, message: _, ...theirs } = answers[number];
        expect({ index, known, ...ours }).toEqual({ index, known, ...(error === 'CliTableError' ? {} : theirs) });
        expect([undefined, 'CliTableError']).toContain(error);
      }
    } finally {
      await rm(home, { recursive: true, force: true });
    }
    expect(answers.filter(({ rows: found }) => found?.length > 0).length).toBeGreaterThan(50);
  }, 60_000);
});

function matchOf(source: string, text: string): object | undefined {
  try {
    const pattern = new PythonPattern(source);
    const found = pattern.match(new Subject(text), { left: 1e7, leftForNative: 1e7 });
    if (found === undefined) return undefined;
    return {
      groups: Object.fromEntries(pattern.wanted.map((group, at) => [pattern.groupNames[group], found[at + 1] ?? null])),
    };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { error: true };
  }
}
