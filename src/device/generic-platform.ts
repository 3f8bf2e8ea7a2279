import { definePlatform } from '#platforms';

/**
 * Whatever has a command line: for the first contact with a device whose system is not known yet. It has nothing that
 * could change a device: no opening steps, no ways between modes. Pagers are left at the first page, which is all
 * that detection looks at.
 */
export const genericPlatform = definePlatform({
  id: 'generic',
  vendor: 'any',
  name: 'unknown system',
  verified: 'lab',
  modes: {
    any: {
      // The name ends at its first dot: EXOS counts commands behind one.
      // `r1#`, `user@r1:~$`, `<r1>`, `[r1]`, `[admin@MikroTik] >`, `A:r1#`, `RP/0/RSP0/CPU0:r1#`, `(r1) >`, `r1(su)->`
      prompt:
        /^(?:[*!]{0,2} ?)?(?:[<[(]?(?:[A-Za-z0-9][\w.\-/]{0,40}[@:])?(?<host>[A-Za-z0-9][\w-]{0,62})[^\s#>$%]{0,60}(?: [^\s#>$%]{0,30}){0,2}[#>$%\]]|\[[\w.@~*-]{1,63}\]) ?$/,
      not: [/^[#>$%\s*=-]+$/, /:\s*$/],
    },
  },
  home: 'any',
  login: [
    { see: /do you want to see the software license\? \[y\/n\]:?\s*$/i, answer: 'n', times: 1 },
    { see: /(?:change|changed) (?:now|it|the password)[^\n]{0,40}\[y\/n\]:?\s*$/i, answer: 'n', times: 1 },
    { see: /enter ctrl-y to begin/i, answer: '\x19', newline: false, times: 2 },
  ],
  pagers: [
    {
      see: /-- ?\(?more(?: \d{1,3}%)?\)? ?--|<--- more --->|---\(more|^more: |--more or \(q\)uit|\[7m\(?more|press any key/i,
      answer: 'q',
      newline: false,
    },
    { see: /^lines \d+-\d+|^\(END\)$|^:$/, answer: 'q', newline: false },
  ],
  failures: [],
  pipelining: 'none',
  backup: { commands: [], comment: '# ', complete: { prompt: true }, volatile: [], secrets: [] },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
});
