import type { Facts } from './facts.ts';
import type { ConfigTemplate } from './persona.ts';

/** The configuration of a device as it left the hands of whoever set it up: roughly `bytes` long, marks in place. */
export function generateConfiguration(template: ConfigTemplate, facts: Facts, bytes: number): string {
  const fixed = template.parts.map((part) => (typeof part === 'function' ? part(facts) : undefined));
  const room = Math.max(0, bytes - fixed.reduce((sum, text) => sum + (text?.length ?? 0), 0));
  let text = '';
  for (const [at, part] of template.parts.entries()) {
    if (typeof part === 'function') {
      text += fixed[at];
      continue;
    }
    const until = text.length + room * part.share;
    for (let nth = 0; nth < (part.atLeast ?? 1) || text.length < until; nth += 1) text += part.each(facts, nth);
  }
  return text;
}
