import fc from 'fast-check';
import { seededRandom } from '#core';
import { textOf } from './pattern/text-of.ts';

/** Regular expressions of values, as real templates have them, and odder ones. */
// biome-ignore format: a list of short samples, which one to a line would stretch over pages
const valuePatterns = [
  '(\\S+)', '(\\d+)', '(.*)', '(.+?)', '(\\S*)', '([\\w ]+)', '(up|down|administratively down)', '(a|)', '()',
  '(\\d{1,3}(?:\\.\\d{1,3}){3})', '([0-9a-f]{4}\\.[0-9a-f]{4})', '(\\w+\\s\\S+?|\\w?)', '((\\w+\\s)?\\w+)',
  '((?:\\d+\\s?:\\s?\\d+\\s?)*)', '([(\\S+\\s\\S+)]+)', '((?P<FIRST>\\w+)/(?P<REST>\\w*))', '((?P<ODD>a)?b*)',
  '([^,]+)', '(\\S+|\\S+\\d\\S+)', '([]x]+)', '(\\d+ \\w{1,3})',
];
// biome-ignore format: a list of short samples, which one to a line would stretch over pages
const joints = [
  '\\s+', '\\s*', ' ', ',', ':\\s+', '.*', '.+', '\\S+', ' is ', '\\(', '\\)', '/', '(?:x|y)', '(\\s+z)*', '\\d+',
  '[a-c]?', '\\b', '(?=\\d)', '(?i:ab)', '-?', '(?<!a)',
];
const options = ['Filldown', 'Fillup', 'Key', 'List', 'Required'];
const names = ['A', 'B', 'C_1', 'DD'];
const states = ['Start', 'Two', 'Three'];
// biome-ignore format: a list of short samples, which one to a line would stretch over pages
const actions = [
  '', '', '', '', ' -> Record', ' -> Record', ' -> Continue.Record', ' -> Continue', ' -> Next', ' -> Next.NoRecord',
  ' -> Clear', ' -> Clearall', ' -> Continue.Clear', ' -> Continue.Clearall', ' -> Start', ' -> Two', ' -> Record Two',
  ' -> Next.Record Three', ' -> Clear Start', ' -> Record End', ' -> EOF', ' -> Error', ' -> Error "odd line"',
];
// biome-ignore format: a list of short samples, which one to a line would stretch over pages
const mistakes = [
  ' -> Foo', ' -> Continue Two', ' -> Next Next', '$', `$\{NONE}`, '(', '[', '*+', ' ->Record', ' -> Record.Next', '\\q',
];

export interface TemplateCase {
  readonly template: string;
  readonly text: string;
}

const value = fc.record({
  options: fc
    .subarray(options, { maxLength: 3 })
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
  pattern: fc.constantFrom(...valuePatterns),
});

const rule = fc.record({
  parts: fc.array(fc.oneof(fc.constantFrom(...joints), fc.nat(3)), { minLength: 1, maxLength: 5 }),
  endsLine: fc.boolean(),
  action: fc.constantFrom(...actions),
  mistake: fc.oneof({ weight: 80, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(...mistakes) }),
});

/** Templates and texts that go through their rules; about one template in eight has a mistake. */
export const templateCase: fc.Arbitrary<TemplateCase> = fc
  .record({
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
    rules: fc.array(fc.array(rule, { minLength: 2, maxLength: 6, size: 'max' }), { minLength: 1, maxLength: 3 }),
    hasEof: fc.boolean(),
    seed: fc.nat(),
    lines: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ values, rules, hasEof, seed, lines }) => {
    const patterns: string[] = [];
    const ruleLine = ({ parts, endsLine, action, mistake }: (typeof rules)[number][number]): string => {
      const used = new Set<number>();
      let match = '^';
      let plain = '';
      for (const part of parts) {
        if (typeof part === 'string') {
          match += part;
          plain += part;
        } else if (part < values.length && !used.has(part)) {
          used.add(part);
          match += part % 2 === 0 || names[part] === undefined ? `\${${names[part]}}` : `$${names[part]}`;
          plain += values[part]!.pattern.replaceAll(/\?P<\w+>/g, '?:');
        }
      }
      patterns.push(plain);
      // A state that is not there is a mistake among others, not one in most templates.
      const known = action.replace(/Two|Three/, (state) => states[states.indexOf(state) % rules.length]!);
      return `  ${match}${endsLine ? '$$' : ''}${mistake}${known}`;
    };
    const template = [
      ...values.map((one, index) =>
        ['Value', ...(one.options.length > 0 ? [one.options.join(',')] : []), names[index], one.pattern].join(' '),
      ),
      ...rules.flatMap((all, index) => ['', states[index]!, ...all.map(ruleLine)]),
      ...(hasEof ? ['', 'EOF'] : []),
      '',
    ].join('\n');
    return { template, text: textThrough(patterns, lines, seed) };
  });

function textThrough(patterns: readonly string[], lines: number, seed: number): string {
  const random = seededRandom(seed);
  const line = (): string => {
    if (patterns.length === 0 || random() < 0.1) return random() < 0.5 ? '' : 'something else 1/2';
    const text = textOf(patterns[Math.floor(random() * patterns.length)]!, random);
    return random() < 0.1 ? text.slice(1) : text;
  };
  const end = random() < 0.05 ? '\r\n' : random() < 0.05 ? '\u2028' : '\n';
  return Array.from({ length: lines }, line).join(end);
}
