import { PythonPattern } from './pattern/python-pattern.ts';
import { PatternError } from './pattern/syntax.ts';
import type { LineAction, RecordAction, TemplateRule, TemplateValue } from './template.ts';
import { quoted } from './template-error.ts';

/** The last ` ->` begins the action; one without white space before it belongs to the regular expression. */
const arrow = /^(.*)\s->(.*)$/su;

const word = '[\\p{L}\\p{N}_]+';
const record = 'Clearall|Clear|Record|NoRecord';
const state = `(?:\\s+(?<state>${word}|".*"))?`;
const withLineAction = new RegExp(`^\\s+(?<line>Continue|Next|Error)(?:\\.(?<record>${record}))?${state}$`, 'u');
const withRecordAction = new RegExp(`^\\s+(?<record>${record})${state}$`, 'u');
const withState = new RegExp(`^${state}$`, 'u');

const lineActions: Readonly<Record<string, LineAction>> = { Continue: 'continue', Next: 'next', Error: 'error' };
const recordActions: Readonly<Record<string, RecordAction>> = {
  Record: 'record',
  NoRecord: 'none',
  Clear: 'clear',
  Clearall: 'clearAll',
};

/** Words that a state may not be called by. */
export const actionWords: readonly string[] = [...Object.keys(lineActions), ...Object.keys(recordActions)];

/** Reads a rule. `refuse` makes the error of a mistake in it. */
export function readRule(
  text: string,
  line: number,
  values: readonly TemplateValue[],
  refuse: (message: string, line?: number) => Error,
): TemplateRule {
  const [, match = text, action = ''] = arrow.exec(text) ?? [];
  const pattern = compileRule(substitute(match, values, refuse), values, refuse);
  const groups = readAction(text, action.trimEnd(), refuse);
  const lineAction = lineActions[groups['line'] ?? 'Next']!;
  const target = groups['state'];
  if (lineAction === 'continue' && target !== undefined) {
    throw refuse(`Continue cannot change the state (to ${target}): the rest of the rules would belong to another one`);
  }
  if (lineAction !== 'error' && target?.startsWith('"')) {
    throw refuse(`expected a state, came ${target}: only Error takes a message`);
  }
  return {
    line,
    text,
    pattern,
    assigns: pattern.wanted.map((group) => values.findIndex(({ name }) => name === pattern.groupNames[group])),
    lineAction,
    recordAction: recordActions[groups['record'] ?? 'NoRecord']!,
    newState: lineAction === 'error' ? undefined : target,
    message: lineAction === 'error' ? target : undefined,
  };
}

function readAction(
  text: string,
  action: string,
  refuse: (message: string) => Error,
): Record<string, string | undefined> {
  const found = withLineAction.exec(action) ?? withRecordAction.exec(action) ?? withState.exec(action);
  if (found === null) {
    throw refuse(
      `badly formatted rule ${quoted(text)}: behind -> stand Continue, Next or Error, .Record, .NoRecord, .Clear or .Clearall, and a state`,
    );
  }
  return found.groups ?? {};
}

const placeholder = /\$(?:(?<escaped>\$)|(?<named>[A-Za-z_][A-Za-z0-9_]*)|\{(?<braced>[A-Za-z_][A-Za-z0-9_]*)\}|)/g;

/** `$NAME` and `${NAME}` become the group of the value, `$$` a dollar sign: the end of the line. */
function substitute(match: string, values: readonly TemplateValue[], refuse: (message: string) => Error): string {
  return match.replace(placeholder, (...found) => {
    const { escaped, named, braced } = found.at(-1) as Record<string, string | undefined>;
    if (escaped !== undefined) return '$';
    const name = named ?? braced;
    const value = values.find((one) => one.name === name);
    if (value !== undefined) return value.group;
    throw refuse(
      name === undefined
        ? `a single $ in ${quoted(match)}: the end of the line is $$, a value is \${NAME}`
        : `there is no value ${name}, in ${quoted(match)}`,
    );
  });
}

/** What is wrong with the expression of a value, in its own line: a rule that uses it is not to blame. */
function brokenValue({
  name,
  group,
  line,
}: TemplateValue): { readonly message: string; readonly line: number } | undefined {
  try {
    void new PythonPattern(group);
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { message: `value ${name}: ${error.message} in ${quoted(`(${group.slice(`(?P<${name}>`.length)}`)}`, line };
  }
}

function compileRule(
  source: string,
  values: readonly TemplateValue[],
  refuse: (message: string, line?: number) => Error,
): PythonPattern {
  try {
    return new PythonPattern(source, (group) => values.some(({ name }) => name === group));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const guilty = values.map(brokenValue).find((fault) => fault !== undefined);
    if (guilty !== undefined) throw refuse(guilty.message, guilty.line);
    throw refuse(`${error.message} at character ${error.offset + 1} of ${quoted(source)}`);
  }
}
