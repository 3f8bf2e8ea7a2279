import { codesOf } from './ascii-set.ts';
import type { PatternNode } from './syntax.ts';

/** More than these few add little. */
const mostTexts = 4;

/** Texts that an ASCII line must hold somewhere to match, the longest first: a line without one of them needs no engine. */
export function requiredTexts(node: PatternNode): readonly string[] {
  const texts: string[] = [];
  let run = '';
  const end = (): void => {
    if (run !== '') texts.push(run);
    run = '';
  };
  const walk = (part: PatternNode): void => {
    switch (part.kind) {
      case 'set': {
        const [code, ...others] = codesOf(part.set.ascii);
        if (code !== undefined && others.length === 0) run += String.fromCharCode(code);
        else end();
        return;
      }
      case 'sequence':
        for (const item of part.items) walk(item);
        return;
      case 'group':
      case 'atomic':
        walk(part.body);
        return;
      case 'repeat':
        end();
        if (part.least > 0) walk(part.body);
        end();
        return;
      case 'assert':
      case 'look':
        return;
      case 'choice':
      case 'reference':
      case 'condition':
        end();
    }
  };
  walk(node);
  end();
  return texts.toSorted((a, b) => b.length - a.length).slice(0, mostTexts);
}
