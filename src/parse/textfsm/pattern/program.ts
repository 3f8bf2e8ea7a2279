import type { CharSet } from './char-set.ts';
import { type Assertion, assertions, type PatternNode, type RepeatNode } from './syntax.ts';
import { widthOf } from './width.ts';

/** Operations of the machine; operands stand behind them. */
export const op = {
  /** `set`: one character. */
  set: 0,
  /** `first second memo`: go on at `first`, at `second` when that fails. */
  split: 1,
  /** `to` */
  jump: 2,
  /** `slot`: remember the position. */
  save: 3,
  /** `assertion isAscii` */
  assert: 4,
  /** `register`: an iteration of a loop whose body may be empty begins here. */
  loopStart: 5,
  /** `register to`: leave the loop after an empty iteration, as Python does. */
  loopCheck: 6,
  /** `to isNegative width memoFrom memoTo`: a look ahead (width -1) or behind; its body follows, up to `to`. */
  look: 7,
  /** `to memoFrom memoTo`: the body follows, up to `to`, and is matched once. */
  atomic: 8,
  /** `group ignoresCase` */
  reference: 9,
  /** `group no`: go on here when the group matched, else at `no`. */
  condition: 10,
  /** `set least most isLazy memo`: a repeated single character. */
  run: 11,
  match: 12,
} as const;

export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  readonly registers: number;
  /** Choices that are remembered as failed. */
  readonly memos: number;
  /** For each of them, the registers of the loops around it. */
  readonly memoRegisters: readonly (readonly number[])[];
  /** With references and conditions the same place may fail once and succeed later. */
  readonly mayRemember: boolean;
  /** Two slots a group, the whole match first. */
  readonly slots: number;
}

/** Copies that repetitions with a count are expanded to. */
const longestProgram = 100_000;

export class ProgramTooLong extends Error {}

/** @throws ProgramTooLong when counted repetitions are expanded beyond all bounds. */
export function assemble(node: PatternNode, groups: number): Program {
  const assembler = new Assembler();
  assembler.add(node);
  assembler.emit(op.match);
  return {
    code: Int32Array.from(assembler.code),
    sets: assembler.sets,
    registers: assembler.registers,
    memos: assembler.memoRegisters.length,
    memoRegisters: assembler.memoRegisters,
    mayRemember: assembler.mayRemember,
    slots: 2 * groups,
  };
}

class Assembler {
  readonly code: number[] = [];
  readonly sets: CharSet[] = [];
  readonly memoRegisters: (readonly number[])[] = [];
  registers = 0;
  mayRemember = true;
  /** Registers of the loops that are being assembled. */
  #around: readonly number[] = [];

  emit(...words: readonly number[]): number {
    if (this.code.length > longestProgram) throw new ProgramTooLong();
    return this.code.push(...words) - words.length;
  }

  add(node: PatternNode): void {
    switch (node.kind) {
      case 'set':
        this.emit(op.set, this.#set(node.set));
        return;
      case 'sequence':
        for (const item of node.items) this.add(item);
        return;
      case 'choice':
        this.#choice(node.arms);
        return;
      case 'group':
        this.emit(op.save, 2 * node.index);
        this.add(node.body);
        this.emit(op.save, 2 * node.index + 1);
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      case 'look': {
        const at = this.emit(op.look, 0, node.isNegative ? 1 : 0, node.isAhead ? -1 : node.width, 0, 0);
        this.#inner(node.body, at, 4);
        return;
      }
      case 'atomic':
        this.#inner(node.body, this.emit(op.atomic, 0, 0, 0), 2);
        return;
      case 'assert':
        this.emit(op.assert, assertions.indexOf(node.at satisfies Assertion), node.isAscii ? 1 : 0);
        return;
      case 'reference':
        this.mayRemember = false;
        this.emit(op.reference, node.index, node.ignoresCase ? 1 : 0);
        return;
      case 'condition': {
        this.mayRemember = false;
        const at = this.emit(op.condition, node.index, 0);
        this.add(node.yes);
        const end = this.emit(op.jump, 0);
        this.code[at + 2] = this.code.length;
        this.add(node.no);
        this.code[end + 1] = this.code.length;
      }
    }
  }

  #set(set: CharSet): number {
    const known = this.sets.indexOf(set);
    return known >= 0 ? known : this.sets.push(set) - 1;
  }

  #memo(): number {
    return this.memoRegisters.push(this.#around) - 1;
  }

  /** A body that is matched by itself: its choices are forgotten before every attempt. */
  #inner(body: PatternNode, at: number, memoOperand: number): void {
    const around = this.#around;
    this.#around = [];
    this.code[at + memoOperand] = this.memoRegisters.length;
    this.add(body);
    this.emit(op.match);
    this.code[at + memoOperand + 1] = this.memoRegisters.length;
    this.code[at + 1] = this.code.length;
    this.#around = around;
  }

  #choice(arms: readonly PatternNode[]): void {
    const ends: number[] = [];
    arms.forEach((arm, index) => {
      if (index === arms.length - 1) {
        this.add(arm);
        return;
      }
      const split = this.emit(op.split, 0, 0, this.#memo());
      this.code[split + 1] = this.code.length;
      this.add(arm);
      ends.push(this.emit(op.jump, 0));
      this.code[split + 2] = this.code.length;
    });
    for (const end of ends) this.code[end + 1] = this.code.length;
  }

  #repeat({ least, most, isLazy, body }: RepeatNode): void {
    if (body.kind === 'set') {
      this.emit(
        op.run,
        this.#set(body.set),
        least,
        most === Number.POSITIVE_INFINITY ? -1 : most,
        isLazy ? 1 : 0,
        this.#memo(),
      );
      return;
    }
    // Once is as good as often where nothing is taken.
    const copies = widthOf(body).most === 0 ? Math.min(least, 1) : least;
    for (let count = 0; count < copies; count++) this.add(body);
    if (most === Number.POSITIVE_INFINITY) this.#loop(body, isLazy);
    else if (most > least) this.#options(body, most - least, isLazy);
  }

  /** Any number of times. */
  #loop(body: PatternNode, isLazy: boolean): void {
    const register = this.#registerFor(body);
    const split = this.emit(op.split, 0, 0, this.#memo());
    const start = this.code.length;
    this.#iteration(body, register, (check) => {
      this.emit(op.jump, split);
      if (check !== undefined) this.code[check + 2] = this.code.length;
    });
    this.#target(split, isLazy, start, this.code.length);
  }

  /** Up to so many times. */
  #options(body: PatternNode, times: number, isLazy: boolean): void {
    const register = times > 1 ? this.#registerFor(body) : undefined;
    const splits: number[] = [];
    const checks: number[] = [];
    for (let count = 0; count < times; count++) {
      const split = this.emit(op.split, 0, 0, this.#memo());
      splits.push(split);
      this.code[split + 1] = this.code.length;
      this.#iteration(body, register, (check) => {
        if (check !== undefined) checks.push(check);
      });
    }
    for (const split of splits) this.#target(split, isLazy, this.code[split + 1]!, this.code.length);
    for (const check of checks) this.code[check + 2] = this.code.length;
  }

  #registerFor(body: PatternNode): number | undefined {
    return widthOf(body).least === 0 ? this.registers++ : undefined;
  }

  #iteration(body: PatternNode, register: number | undefined, end: (check: number | undefined) => void): void {
    if (register === undefined) {
      this.add(body);
      end(undefined);
      return;
    }
    const around = this.#around;
    this.emit(op.loopStart, register);
    this.#around = [...around, register];
    this.add(body);
    this.#around = around;
    end(this.emit(op.loopCheck, register, 0));
  }

  #target(split: number, isLazy: boolean, body: number, end: number): void {
    this.code[split + 1] = isLazy ? end : body;
    this.code[split + 2] = isLazy ? body : end;
  }
}
