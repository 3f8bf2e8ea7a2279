import fc from 'fast-check';

/** What breaks a text: signs with a meaning, control characters, line ends, halves of pairs. */
export const noise: fc.Arbitrary<string> = fc.constantFrom(
  ...Array.from('$(){}[]*+?|\\^-> #"'),
  ...Array.from('\0\t\n\r\v\x1b\x7f\u0085é٣\u2028\ufeff'),
  '\ud83d',
  '\udc00',
  '😀',
  '->',
  '$$',
  '\n\n',
);
