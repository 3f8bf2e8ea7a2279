import type { Dialect } from '../dialect.ts';
import { LinesRules } from './lines-rules.ts';
import { readLines } from './read-lines.ts';
import { remedyLines } from './remedy.ts';
import type { LinesSpec } from './spec.ts';
import { typeLines } from './type-lines.ts';
import { writeLines } from './write-lines.ts';

/** A dialect of lines whose sections are said by indentation. */
export const linesDialect = (spec: LinesSpec): Dialect => dialectOfRules(new LinesRules(spec));

export function dialectOfRules(rules: LinesRules): Dialect {
  const { spec } = rules;
  return {
    name: spec.name,
    notes: spec.notes,
    ...(spec.cautions && { cautions: spec.cautions }),
    step: spec.step,
    identity: (text, parents) => rules.identity(text, parents),
    slot: (text, parents) => rules.slot(text, parents),
    orderGroup: (text, parents) => rules.orderGroup(text, parents),
    isPermanent: (text, parents) => rules.isPermanent(text, parents),
    read: (text, file) => readLines(text, rules, file),
    write: (nodes) => writeLines(nodes, rules),
    frame: (text, isSection) => ({ open: text, close: isSection ? rules.closerOf(text) : undefined }),
    type: (nodes, lines, file) => typeLines(nodes, lines, rules, file),
    remedy: (running, intended) => remedyLines(running, intended, rules),
  };
}
