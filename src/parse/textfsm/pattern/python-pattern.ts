import { costBound } from './cost.ts';
import { CostLimit } from './cost-limit.ts';
import { emitNative, type NativePattern } from './emit-native.ts';
import { Machine, OutOfSteps, type StepBudget } from './machine.ts';
import { type Opening, openingAfterSpace, openingOf } from './opening.ts';
import { parsePattern } from './parse-pattern.ts';
import { assemble, type Program, ProgramTooLong } from './program.ts';
import { requiredTexts } from './required-texts.ts';
import type { Subject } from './subject.ts';
import type { ParsedPattern } from './syntax.ts';

/** Steps that JavaScript's engine may take at the worst for one pattern on one line, about 2 ms. */
const mostNativeSteps = 2_000_000;
/** Of a longer line the characters are not counted. */
const longestCounted = 1_000_000;
/** So many are not counted. */
const fewNativeSteps = 10_000;

/**
 * A regular expression of Python. Where JavaScript's own engine does exactly the same, and surely in time, it is used;
 * everywhere else a machine that counts its steps.
 */
export class PythonPattern {
  readonly source: string;
  readonly groupNames: readonly (string | undefined)[];
  /** Numbers of the groups whose text is given. */
  readonly wanted: readonly number[];
  readonly #node: ParsedPattern['node'];
  /** Null where JavaScript's engine does something else. */
  #native: Native | null | undefined;
  #required: readonly string[] | undefined;
  #program: Program | undefined;

  /**
   * `wants`: the groups whose text is asked for. @throws PatternError for what Python 3.11 would not compile.
   */
  constructor(source: string, wants: (name: string) => boolean = () => true) {
    this.source = source;
    const { node, groupNames } = parsePattern(source);
    this.#node = node;
    this.groupNames = groupNames;
    this.wanted = groupNames.flatMap((name, index) => (name !== undefined && wants(name) ? [index] : []));
  }

  get opening(): Opening {
    return openingOf(this.#node);
  }

  get openingAfterSpace(): Opening {
    return openingAfterSpace(this.#node);
  }

  /**
   * Texts of the {@link wanted} groups from place 1 on (place 0 is not for use) when the subject matches from its start,
   * `undefined` for a group that took no part; undefined when it does not match.
   * @throws OutOfSteps when the budget does not do.
   */
  match(subject: Subject, budget: StepBudget): readonly (string | undefined)[] | undefined {
    const { text, isPlain } = subject;
    if (this.#native === undefined) this.#native = this.#prepare();
    const native = this.#native;
    if (!isPlain) return this.#run(subject, budget);
    if (native === null) return this.#lacks(text) ? undefined : this.#run(subject, budget);
    if (text.length > native.cheapLength) {
      if (this.#lacks(text)) return undefined;
      if (text.length > longestCounted) return this.#run(subject, budget);
      const steps = native.limit.steps(text.length, subject.counts);
      if (steps > mostNativeSteps || steps > budget.leftForNative) return this.#run(subject, budget);
      budget.leftForNative -= steps;
    }
    if (this.wanted.length === 0) return native.regex.test(text) ? nothing : undefined;
    const found = native.regex.exec(text);
    if (found === null) return undefined;
    return native.order === undefined ? found : native.order.map((index) => found[index]);
  }

  /** Whether the line cannot match, whatever an engine says. */
  #lacks(text: string): boolean {
    this.#required ??= requiredTexts(this.#node);
    for (let index = 0; index < this.#required.length; index++) {
      if (!text.includes(this.#required[index]!)) return true;
    }
    return false;
  }

  #prepare(): Native | null {
    const native = emitNative(this.#node, new Set(this.wanted));
    if (native === undefined) return null;
    const limit = new CostLimit(costBound(this.#node));
    return {
      regex: new RegExp(native.source),
      order: orderOf(native, this.wanted),
      limit,
      cheapLength: limit.length(fewNativeSteps),
    };
  }

  #run(subject: Subject, budget: StepBudget): readonly (string | undefined)[] | undefined {
    // Of a line that is too long not even the code points are looked at.
    budget.left -= subject.text.length >> 2;
    if (budget.left < 0) throw new OutOfSteps();
    const machine = new Machine(this.#assembled(), subject.points, subject.length, budget);
    if (!machine.match()) return undefined;
    return [0, ...this.wanted].map((group) => {
      const from = machine.slots[2 * group]!;
      const to = machine.slots[2 * group + 1]!;
      return from < 0 || to < 0 ? undefined : subject.slice(from, to);
    });
  }

  #assembled(): Program {
    try {
      this.#program ??= assemble(this.#node, this.groupNames.length);
      return this.#program;
    } catch (error) {
      throw error instanceof ProgramTooLong ? new OutOfSteps() : error;
    }
  }
}

interface Native {
  readonly regex: RegExp;
  /** Undefined when the groups come in the order in which they are wanted. */
  readonly order: readonly number[] | undefined;
  readonly limit: CostLimit;
  /** Lines up to this length take few steps, whatever stands in them. */
  readonly cheapLength: number;
}

const nothing: readonly undefined[] = [];

function orderOf({ groups }: NativePattern, wanted: readonly number[]): readonly number[] | undefined {
  const order = [0, ...wanted.map((index) => groups.indexOf(index) + 1)];
  return order.every((one, index) => one === index) ? undefined : order;
}
