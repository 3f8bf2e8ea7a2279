import { NetwrightError } from '#core';
import type { ConfigNode } from '../config-tree.ts';
import type { LinesRules } from './lines-rules.ts';
import { type LogicalLine, logicalLines } from './logical-lines.ts';

/** Deeper than any configuration, and shallow enough for every walk over a tree. */
export const deepestSection = 200;

interface Draft {
  readonly text: string;
  readonly line: number;
  readonly children: Draft[];
}

/** A line that may yet get lines below it. */
interface Open {
  readonly node: Draft;
  readonly indent: number;
  /** What ends it, where its lines may stand as deep as itself (address families of old IOS). */
  readonly closer: string | undefined;
  hasDeeper: boolean;
}

/** The tree of a configuration that says by indentation what belongs to what. */
export function readLines(text: string, rules: LinesRules, file: string): readonly ConfigNode[] {
  const { spec } = rules;
  const top: Draft[] = [];
  const open: Open[] = [];
  for (const line of logicalLines(text, spec, file)) {
    if (line.isComment) {
      if (spec.commentEnds) closeTo(open, line.indent);
      continue;
    }
    if (spec.finish.includes(line.text)) {
      if (line.indent === 0) break;
      continue;
    }
    if (spec.leave.includes(line.text) || rules.isCloser(line.text)) {
      closeTo(open, line.indent);
      continue;
    }
    const parent = place(open, line, rules);
    if (open.length >= deepestSection) throw tooDeep(file, line.line);
    const node = { text: line.text, line: line.line, children: [] };
    (parent?.children ?? top).push(node);
    open.push({ node, indent: line.indent, closer: rules.closerOf(line.text), hasDeeper: false });
  }
  return rules.settle(top, []);
}

/** The section that the line belongs to, after those that it ends are closed. */
function place(open: Open[], line: LogicalLine, rules: LinesRules): Draft | undefined {
  for (;;) {
    const last = open.at(-1);
    if (last === undefined || last.indent < line.indent) break;
    const staysInside =
      last.closer !== undefined &&
      last.indent === line.indent &&
      !last.hasDeeper &&
      rules.closerOf(line.text) === undefined;
    if (staysInside) return last.node;
    open.pop();
  }
  const last = open.at(-1);
  if (last !== undefined) last.hasDeeper = true;
  return last?.node;
}

function closeTo(open: Open[], indent: number): void {
  while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop();
}

export const tooDeep = (file: string, line: number): NetwrightError =>
  new NetwrightError(
    'NW_CONFIG_SYNTAX',
    `${file}:${line}: sections ${deepestSection} deep; a configuration has no more`,
  );
