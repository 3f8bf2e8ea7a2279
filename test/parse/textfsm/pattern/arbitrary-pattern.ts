import fc from 'fast-check';

/** Python regular expressions, mistakes among them. */
// biome-ignore format: a list of short samples, which one to a line would stretch over pages
const atoms = [
  'a', 'b', 'c', '1', '2', ' ', '\\s', '\\S', '\\d', '\\w', '.', '[ab]', '[^a]', '[a-c1]', '\\W', '\\D', '\\.', '-', '[]a]',
  '[^]a]', '[\\s\\d-]', 'é', '\\b', '\\B', '\\Z', '\\A', '^', '$', '{', '}', '[\\]x]', '\\x61', '{,2', '\\-', '/', ':', '\\q',
  '[b-a]', '\\0', '\\141', '[\\b]', '(?#note)', '\\1', '(?P=g0)', '(?(1)a|b)', '(?(g0)b)',
];
const quantifiers = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{0,2}', '{2,}', '{,2}', '{1,2}?', '{3,1}'];
const openings = ['(?:', '(?=', '(?!', '(?<=', '(?<!', '(?>', '(?i:', '(?s-i:', '(', '(?x:', '(?P<g', '(?P<g', '(?P<g'];

interface Parts {
  readonly pattern: string;
}

const pattern = fc.letrec<Parts>((tie) => {
  const bracketed = fc.tuple(fc.constantFrom(...openings), fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }));
  const inBrackets = bracketed.map(
    ([opening, arms]) => `${opening}${opening === '(?P<g' ? '#>' : ''}${arms.join('|')})`,
  );
  return {
    pattern: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...atoms),
      fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('')),
      inBrackets,
      // Python up to 3.11.4 takes groups that are repeated possessively wrongly, so only those without are repeated here.
      fc.tuple(inBrackets, fc.constantFrom(...quantifiers)).map(([body, quantifier]) => body + quantifier),
      fc
        .tuple(fc.constantFrom(...atoms), fc.constantFrom(...quantifiers))
        .map(([atom, quantifier]) => atom + quantifier),
    ),
  };
}).pattern;

/** Groups are named g0, g1, … in their order. */
export const arbitraryPattern: fc.Arbitrary<string> = fc
  .tuple(pattern, fc.constantFrom('', '', '', '', '', '(?i)', '(?s)', '(?a)', '(?x)'))
  .map(([source, flags]) => {
    let group = 0;
    return flags + source.replaceAll('<g#', () => `<g${group++}`);
  });

const characters = ['a', 'b', 'c', '1', '2', ' ', '\t', 'x', '.', '-', 'A', 'B', '/', ':', '{', '}', ']'];

/** Mostly ASCII, which goes to JavaScript's engine. */
export const arbitrarySubject: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...characters) },
      { weight: 1, arbitrary: fc.constantFrom('é', '٣', '😀', '\u00a0', '\u0301', 'ſ', '\x1c') },
    ),
    { maxLength: 9 },
  )
  .map((all) => all.join(''));
