import { NetwrightError } from '#core';
import { OutOfSteps, type StepBudget } from './pattern/machine.ts';
import { Subject } from './pattern/subject.ts';
import { type NotRecorded, RecordRow, type Row } from './record-row.ts';
import { StateRules } from './state-rules.ts';
import type { Template, TemplateRule } from './template.ts';
import { quoted } from './template-error.ts';

/** What happened on one line: a rule that matched, or that none did, or the end of the text. */
export interface TraceStep {
  /** From 1; one more than there are lines at the end of the text. */
  readonly lineNumber: number;
  readonly line: string;
  readonly state: string;
  /** Undefined when no rule of the state matched, and at the end of the text. */
  readonly rule: TemplateRule | undefined;
  /** Values that the rule assigned; null for one that took no part. */
  readonly captured: Readonly<Record<string, string | null>>;
  readonly recorded: Row | undefined;
  readonly notRecorded: NotRecorded | undefined;
  readonly newState: string | undefined;
}

/** Steps that the rules of one state may take on one line, about 20 ms: see `StepBudget`. */
const stepsPerLine = 2_000_000;
const nativeStepsPerLine = 8_000_000;

const rulesByTemplate = new WeakMap<Template, ReadonlyMap<string, StateRules>>();

function rulesOf(template: Template): ReadonlyMap<string, StateRules> {
  let rules = rulesByTemplate.get(template);
  if (rules === undefined) {
    rules = new Map([...template.states].map(([name, one]) => [name, new StateRules(one)]));
    rulesByTemplate.set(template, rules);
  }
  return rules;
}

/** A template at work on one text, line by line. */
export class TemplateRun {
  readonly #template: Template;
  readonly #states: ReadonlyMap<string, StateRules>;
  readonly #row: RecordRow;
  readonly #trace: ((step: TraceStep) => void) | undefined;
  readonly #subject = new Subject();
  readonly #budget: StepBudget = { left: 0, leftForNative: 0 };
  #state = 'Start';
  #rules: StateRules;
  #lineNumber = 0;

  constructor(template: Template, trace?: (step: TraceStep) => void) {
    this.#template = template;
    this.#states = rulesOf(template);
    this.#rules = this.#states.get('Start')!;
    this.#row = new RecordRow(template.values);
    this.#trace = trace;
  }

  get rows(): readonly Row[] {
    return this.#row.rows;
  }

  /** A rule has led to End or EOF: what follows in the text is not looked at. */
  get isOver(): boolean {
    return this.#state === 'End' || this.#state === 'EOF';
  }

  /** How much of a line's budget the last line took, from 0 to about 1. */
  get strain(): number {
    return 1 - Math.min(this.#budget.left / stepsPerLine, this.#budget.leftForNative / nativeStepsPerLine);
  }

  /**
   * Takes the next line. `isPlain`: it is ASCII, where the caller knows.
   * @throws NetwrightError `NW_TEXTFSM_MISMATCH` where a rule says Error, `NW_TEXTFSM_TOO_SLOW` when the budget of the
   * line is used up.
   */
  line(line: string, isPlain?: boolean): void {
    this.#lineNumber += 1;
    this.#budget.left = stepsPerLine;
    this.#budget.leftForNative = nativeStepsPerLine;
    this.#subject.set(line, isPlain);
    const rules = this.#rules.for(line);
    let hasMatched = false;
    for (let index = 0; index < rules.length; index++) {
      const rule = rules[index]!;
      const found = this.#match(rule);
      if (found === undefined) continue;
      hasMatched = true;
      const { assigns } = rule;
      for (let at = 0; at < assigns.length; at++) this.#row.assign(assigns[at]!, found[at + 1], this.#budget);
      this.#act(rule, line, found);
      if (rule.lineAction !== 'continue') return;
    }
    if (!hasMatched && this.#trace !== undefined) this.#tell(line, undefined, [], undefined, undefined);
  }

  /** The end of the text: records what is left, unless the template has an EOF of its own or has led to End. */
  end(): void {
    if (this.#state === 'End' || !this.#template.recordsAtEnd) return;
    const notRecorded = this.#row.record();
    this.#lineNumber += 1;
    if (this.#trace !== undefined) {
      this.#state = 'EOF';
      this.#tell('', undefined, [], notRecorded === undefined ? this.rows.at(-1) : undefined, notRecorded);
    }
  }

  #match(rule: TemplateRule): readonly (string | undefined)[] | undefined {
    try {
      return rule.pattern.match(this.#subject, this.#budget);
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      const { name } = this.#template;
      throw new NetwrightError(
        'NW_TEXTFSM_TOO_SLOW',
        `${name}:${rule.line}: the rule ${quoted(rule.text)} takes too long on line ${this.#lineNumber} of the text, of ${this.#subject.text.length} characters`,
        { details: { template: name, line: rule.line, rule: rule.text, textLine: this.#lineNumber } },
      );
    }
  }

  #act(rule: TemplateRule, line: string, found: readonly (string | undefined)[]): void {
    let recorded: Row | undefined;
    let notRecorded: NotRecorded | undefined;
    switch (rule.recordAction) {
      case 'record':
        notRecorded = this.#row.record();
        if (notRecorded === undefined) recorded = this.rows.at(-1);
        break;
      case 'clear':
        this.#row.clear();
        break;
      case 'clearAll':
        this.#row.clearAll();
        break;
      case 'none':
    }
    if (this.#trace !== undefined) this.#tell(line, rule, found, recorded, notRecorded);
    if (rule.lineAction === 'error') throw this.#mismatch(rule, line);
    if (rule.newState === undefined || rule.newState === this.#state) return;
    this.#state = rule.newState;
    if (!this.isOver) this.#rules = this.#states.get(rule.newState)!;
  }

  #mismatch(rule: TemplateRule, line: string): NetwrightError {
    const { name } = this.#template;
    const said = rule.message === undefined ? '' : ` (${rule.message.replace(/^"(.*)"$/s, '$1')})`;
    return new NetwrightError(
      'NW_TEXTFSM_MISMATCH',
      `${name}:${rule.line}: the template refuses line ${this.#lineNumber} of the text${said}: ${quoted(line)}`,
      { details: { template: name, line: rule.line, state: this.#state, textLine: this.#lineNumber, text: line } },
    );
  }

  #tell(
    line: string,
    rule: TemplateRule | undefined,
    found: readonly (string | undefined)[],
    recorded: Row | undefined,
    notRecorded: NotRecorded | undefined,
  ): void {
    const assigns = rule?.assigns ?? [];
    const captured = assigns.map((value, at) => [this.#template.values[value]!.name, found[at + 1] ?? null] as const);
    this.#trace?.({
      lineNumber: this.#lineNumber,
      line,
      state: this.#state,
      rule,
      captured: Object.fromEntries(captured),
      recorded,
      notRecorded,
      newState: rule?.newState,
    });
  }
}
