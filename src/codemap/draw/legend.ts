import { escapeXml } from '#page';
import type { Sign } from '../layout/picture.ts';
import { textWidth } from '../layout/text-width.ts';

/** What each sign of a drawing means, in the order in which the legend has them. */
const meanings: readonly (readonly [sign: Sign, sample: string, meaning: string])[] = [
  ['inherits', line('l-inherits', 'end', 'hollow'), 'derives from'],
  ['implements', line('l-implements', 'end', 'implements'), 'implements'],
  [
    'pack',
    '<rect class="box" x="1" y="2" width="26" height="12" rx="3"/>',
    'siblings in one box; a folder at the left of its classes',
  ],
  [
    'interface',
    '<text class="interface" x="2" y="12" textLength="32" lengthAdjust="spacingAndGlyphs">Name</text>',
    'interface or type',
  ],
  [
    'abstract',
    '<text class="abstract" x="2" y="12" textLength="32" lengthAdjust="spacingAndGlyphs">Name</text>',
    'abstract',
  ],
  [
    'outside',
    '<rect class="box" style="fill:none;stroke-dasharray:4 3" x="1" y="2" width="26" height="12" rx="3"/>',
    '◂ a base outside of this code',
  ],
  ['runtime', '<rect class="pill" x="1" y="2" width="26" height="12" rx="4"/>', 'made while the program runs'],
  ['made', '<circle class="dot" cx="14" cy="8" r="3"/>', 'a factory table has a key for it'],
  ['composes', line('l-composes', 'start', 'holds'), 'makes and holds'],
  ['aggregates', line('l-aggregates', 'start', 'given'), 'is given and holds'],
  ['makes', line('l-makes', 'end', 'switch'), 'a key leads to'],
  ['switches', line('l-switches', 'end', 'switch'), 'turns into'],
  ['imports', line('l-imports', 'end', 'plain'), 'imports'],
  ['deferred', line('l-imports l-deferred', 'end', 'plain'), 'only for types or inside functions'],
  ['cyclic', line('l-cyclic', 'end', 'cyclic'), 'closes a circle'],
  [
    'overridden',
    '<text class="member lost" x="2" y="12" textLength="28" lengthAdjust="spacingAndGlyphs">name</text>',
    'a class below has its own',
  ],
  [
    'override',
    '<text class="member override" x="2" y="12" textLength="28" lengthAdjust="spacingAndGlyphs">name</text>',
    'overrides an ancestor',
  ],
];
const sampleWidth = 40;
const rowHeight = 20;

/** The signs of a drawing with their meanings, in as many rows as the width asks for. */
export function svgLegend(signs: readonly Sign[], width: number): { readonly svg: string; readonly height: number } {
  const wanted = new Set(signs);
  let x = 0;
  let y = 0;
  const parts: string[] = [];
  for (const [sign, sample, meaning] of meanings) {
    if (!wanted.has(sign)) continue;
    const room = sampleWidth + textWidth(meaning, 11) + 22;
    if (x > 0 && x + room > width) {
      x = 0;
      y += rowHeight;
    }
    parts.push(
      `<g transform="translate(${Math.round(x)} ${y})">${sample}<text class="member" x="${sampleWidth}" y="12" textLength="${Math.round(textWidth(meaning, 11))}" lengthAdjust="spacingAndGlyphs">${escapeXml(meaning)}</text></g>`,
    );
    x += room;
  }
  return { svg: parts.join(''), height: parts.length === 0 ? 0 : y + rowHeight };
}

function line(style: string, end: 'start' | 'end', marker: string): string {
  return `<path class="line ${style}" marker-${end}="url(#m-${marker})" d="M1 8H28"/>`;
}
