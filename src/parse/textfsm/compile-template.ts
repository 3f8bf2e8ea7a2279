import { actionWords, readRule } from './read-rule.ts';
import { longestName, readValue } from './read-value.ts';
import type { Template, TemplateRule, TemplateValue } from './template.ts';
import { quoted, templateError } from './template-error.ts';

export interface CompileOptions {
  /** Where the template comes from, for messages: a path. Default `template`. */
  readonly name?: string;
}

/**
 * Reads a TextFSM template: Value lines, a blank line, states with rules. Regular expressions are those of Python.
 * @throws NetwrightError `NW_TEXTFSM_INVALID` with file and line for whatever TextFSM refuses as well.
 */
export function compileTemplate(text: string, { name = 'template' }: CompileOptions = {}): Template {
  const lines = new TemplateLines(text);
  const values = readValues(lines, name);
  const states = new Map<string, readonly TemplateRule[]>();
  for (let line = lines.nextFilled(); line !== undefined; line = lines.nextFilled()) {
    const state = stateName(line, name, lines.number);
    if (states.has(state)) throw templateError(name, lines.number, `state ${state} twice`);
    states.set(state, readRules(lines, name, values));
  }
  checkStates(states, name);
  const recordsAtEnd = !states.has('EOF');
  return { name, values, states, recordsAtEnd };
}

const comment = /^\s*#/;

/** The lines of a template, one after the other, without white space at their ends. */
class TemplateLines {
  readonly #lines: readonly string[];
  /** Of the line that came last, from 1. */
  number = 0;

  constructor(text: string) {
    this.#lines = text.split(/\r\n|\n|\r/);
  }

  /** The next line that is no comment; '' for a blank one, undefined at the end. */
  next(): string | undefined {
    for (;;) {
      const line = this.#lines[this.number];
      if (line === undefined) return undefined;
      this.number += 1;
      const text = line.trimEnd();
      if (text === '' || !comment.test(text)) return text;
    }
  }

  nextFilled(): string | undefined {
    let line = this.next();
    while (line === '') line = this.next();
    return line;
  }
}

function readValues(lines: TemplateLines, name: string): readonly TemplateValue[] {
  const values: TemplateValue[] = [];
  for (let line = lines.next(); line !== undefined && line !== ''; line = lines.next()) {
    const refuse = (message: string): Error => templateError(name, lines.number, message);
    if (!line.startsWith('Value ')) {
      throw refuse(
        values.length === 0
          ? `expected "Value …" first, came ${quoted(line)}`
          : `expected a blank line behind the last Value, came ${quoted(line)}`,
      );
    }
    const value = readValue(line, lines.number, refuse);
    if (values.some((other) => other.name === value.name)) throw refuse(`value ${value.name} twice`);
    values.push(value);
  }
  return values;
}

function stateName(line: string, name: string, number: number): string {
  if (/^[\p{L}\p{N}_]+$/u.test(line) && line.length <= longestName && !actionWords.includes(line)) return line;
  throw templateError(
    name,
    number,
    `expected the name of a state, a word of letters, digits and underscores that is no action, came ${quoted(line)}`,
  );
}

const ruleStart = /^(?: {1,2}|\t)\^/;

/** The rules of a state, up to a blank line. */
function readRules(lines: TemplateLines, name: string, values: readonly TemplateValue[]): readonly TemplateRule[] {
  const rules: TemplateRule[] = [];
  for (let line = lines.next(); line !== undefined && line !== ''; line = lines.next()) {
    const refuse = (message: string, line = lines.number): Error => templateError(name, line, message);
    if (!ruleStart.test(line)) {
      throw refuse(`a rule begins with one or two spaces, or a tab, and ^, came ${quoted(line)}`);
    }
    rules.push(readRule(line.trim(), lines.number, values, refuse));
  }
  return rules;
}

/** States that are there whether the template has them or not. */
const reserved = ['End', 'EOF'];

function checkStates(states: ReadonlyMap<string, readonly TemplateRule[]>, name: string): void {
  if (!states.has('Start')) throw templateError(name, undefined, 'there is no state Start');
  for (const state of reserved) {
    const [rule] = states.get(state) ?? [];
    if (rule !== undefined) throw templateError(name, rule.line, `state ${state} has a rule; it can only be empty`);
  }
  for (const rules of states.values()) {
    for (const { newState, line } of rules) {
      if (newState === undefined || reserved.includes(newState) || states.has(newState)) continue;
      throw templateError(name, line, `there is no state ${newState}`);
    }
  }
}
