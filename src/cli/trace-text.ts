import { cellText, type Template, type TraceStep } from '#parse';
import type { Screen } from './screen.ts';

/** One step of a trace: the line, and below it the rule that fired, what it took and what came of it. */
export function traceLine(
  step: TraceStep,
  template: Template,
  { bold, cyan, dim, green, yellow }: Screen['colors'],
): string {
  const { line, lineNumber, state, rule, captured, recorded, notRecorded, newState } = step;
  const isEnd = rule === undefined && state === 'EOF';
  const head = isEnd ? dim('end of the text') : `${dim(`${String(lineNumber).padStart(5)} `)}${line}`;
  const indent = ' '.repeat(6);
  const below: string[] = [];
  if (rule !== undefined) below.push(`${cyan(`${state}:${rule.line}`)} ${dim(rule.text)}`);
  else if (!isEnd) below.push(yellow(`no rule of ${state} fits`));
  const taken = Object.entries(captured).map(([name, text]) => `${name}=${text === null ? '-' : JSON.stringify(text)}`);
  if (taken.length > 0) below.push(taken.join('  '));
  if (recorded !== undefined) {
    const cells = template.values.map(
      ({ name }, index) => `${name}=${JSON.stringify(cellText(recorded[index] ?? ''))}`,
    );
    below.push(green(`recorded ${cells.join('  ')}`));
  }
  if (notRecorded === 'empty') below.push(dim('nothing to record'));
  else if (notRecorded !== undefined) below.push(yellow(`not recorded: ${notRecorded.missing} is required`));
  if (newState !== undefined && newState !== state) below.push(`on to ${bold(newState)}`);
  return [head, ...below.map((text) => indent + text)].join('\n');
}
