import { seededRandom } from '#core';
import { compileTemplate } from '#parse';
import { textOf } from './pattern/text-of.ts';

/** A text of lines that rules of the template fit, in an order of their own. */
export function textThroughTemplate(template: string, seed: number): string {
  const random = seededRandom(seed);
  const { states } = compileTemplate(template);
  // An Error in the first place would end nearly all texts at once.
  const rules = [...states.values()].flat().filter(({ lineAction }) => lineAction !== 'error' || random() < 0.05);
  const lines = Array.from({ length: 2 + Math.floor(random() * 25) }, () => {
    if (rules.length === 0 || random() < 0.05) return '';
    return textOf(rules[Math.floor(random() * rules.length)]!.pattern.source, random);
  });
  return lines.join('\n');
}
