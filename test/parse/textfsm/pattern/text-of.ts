import type { Random } from '#core';
import { parsePattern } from '../../../../src/parse/textfsm/pattern/parse-pattern.ts';
import type { PatternNode } from '../../../../src/parse/textfsm/pattern/syntax.ts';

const letters = 'abcXYZ 019.:/-_,()"%';
const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index));
const odd = '\té٣ſ😀\u00a0';

/** A text that the pattern is likely to match: look-arounds and references are left out of account. */
export function textOf(source: string, random: Random): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const write = (node: PatternNode): string => {
    switch (node.kind) {
      case 'set': {
        const usual = Array.from(letters).filter((char) => node.set.has(char.codePointAt(0)!));
        const others = Array.from(random() < 0.05 ? odd : printable).filter((char) =>
          node.set.has(char.codePointAt(0)!),
        );
        if (usual.length === 0 && others.length === 0) return '';
        return pick(others.length === 0 || (usual.length > 0 && random() < 0.9) ? usual : others);
      }
      case 'sequence':
        return node.items.map(write).join('');
      case 'choice':
        return write(pick(node.arms));
      case 'group':
      case 'atomic':
        return write(node.body);
      case 'repeat': {
        const most = Math.min(node.most, node.least + 1 + Math.floor(random() * 4));
        const times = node.least + Math.floor(random() * (most - node.least + 1));
        return Array.from({ length: times }, () => write(node.body)).join('');
      }
      case 'condition':
        return write(random() < 0.5 ? node.yes : node.no);
      case 'look':
      case 'assert':
      case 'reference':
        return '';
    }
  };
  return write(parsePattern(source).node);
}
