import { NetwrightError } from '#core';
import type { ConfigNode } from '../config-tree.ts';
import { firstWord } from '../first-word.ts';
import type { LinesRules } from './lines-rules.ts';
import { type LogicalLine, logicalLines } from './logical-lines.ts';
import { deepestSection, tooDeep } from './read-lines.ts';
import { Section } from './section.ts';
import { spelling } from './spelling.ts';
import { Typist } from './typist.ts';

/** A line that was typed, and the section that it opens if lines follow below it. */
interface Entered {
  readonly section: Section | undefined;
  readonly text: string;
  readonly indent: number;
}

/**
 * What typing the lines makes of a configuration. Indented lines belong to what they stand below; lines without any
 * indentation are taken as the system takes them: headers are known by their words, and `exit` leaves.
 */
export function typeLines(
  nodes: readonly ConfigNode[],
  text: string,
  rules: LinesRules,
  file: string,
): readonly ConfigNode[] {
  const root = Section.root(rules, nodes);
  const typist = new Typist(rules);
  const lines = logicalLines(text, rules.spec, file).filter((line) => !line.isComment || line.indent > 0);
  const isIndented = lines.some((line) => line.indent > 0 && !line.isComment);
  const spell = rules.spec.abbreviates ? spelling(nodes) : (line: string): string => line;
  const typing = { root, typist, rules, file, spell };
  if (isIndented) typeIndented(lines, typing);
  else typeFlat(lines, typing);
  return root.freeze().children;
}

interface Typing {
  readonly root: Section;
  readonly typist: Typist;
  readonly rules: LinesRules;
  readonly file: string;
  readonly spell: (line: string) => string;
}

function typeIndented(lines: readonly LogicalLine[], { root, typist, rules, file, spell }: Typing): void {
  const open: Entered[] = [];
  for (const line of lines) {
    if (line.isComment) continue;
    if (isTop(line.text, rules)) {
      open.length = 0;
      continue;
    }
    while (open.length > 0 && open.at(-1)!.indent >= line.indent) open.pop();
    if (isLeave(line.text, rules)) continue;
    const above = open.at(-1);
    if (above !== undefined && above.section === undefined)
      throw new NetwrightError(
        'NW_CONFIG_SYNTAX',
        `${file}:${line.line}: a "${firstWord(line.text)}" line stands below a "${firstWord(above.text)}" line, which opens no section`,
      );
    if (open.length >= deepestSection) throw tooDeep(file, line.line);
    const section = above?.section ?? root;
    const typed = section.isGone ? undefined : typist.type(section, section === root ? spell(line.text) : line.text);
    open.push({ section: typed, text: line.text, indent: line.indent });
  }
}

function typeFlat(lines: readonly LogicalLine[], { root, typist, rules, file, spell }: Typing): void {
  let at = root;
  let depth = 0;
  for (const { text, line, isComment } of lines) {
    if (isComment) continue;
    if (isTop(text, rules)) {
      at = root;
      depth = 0;
      continue;
    }
    if (isLeave(text, rules)) {
      at = at.parent ?? root;
      depth = Math.max(0, depth - 1);
      continue;
    }
    const { body } = rules.polarity(text);
    const within = rules.opens(body);
    if (within === undefined) {
      if (rules.globals.has(body)) at = root;
    } else {
      while (at.parent !== undefined && !isWithin(at, within)) at = at.parent;
    }
    if (at === root) depth = 0;
    const typed = typist.type(at, at === root ? spell(text) : text);
    const opens = typed !== undefined && text === body && (within !== undefined || !typed.isEmpty);
    if (!opens) continue;
    depth += 1;
    if (depth >= deepestSection) throw tooDeep(file, line);
    at = typed;
  }
}

const isWithin = (section: Section, within: readonly string[]): boolean => within.includes(firstWord(section.text));

const isLeave = (text: string, rules: LinesRules): boolean => rules.spec.leave.includes(text) || rules.isCloser(text);

const isTop = (text: string, rules: LinesRules): boolean =>
  rules.spec.finish.includes(text) ||
  (rules.spec.top?.includes(text) ?? false) ||
  /^(?:conf(?:igure)?(?: t(?:erminal)?)?|system-view)$/.test(text) ||
  // A command of another mode says nothing about the configuration.
  text.startsWith('do ');
