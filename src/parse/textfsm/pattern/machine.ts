import { foldCode, isWordCode } from './char-set.ts';
import { op, type Program } from './program.ts';
import { assertions } from './syntax.ts';

/** What matching one line may still take. */
export interface StepBudget {
  /** Steps of machines; one that needs more gives up. */
  left: number;
  /** Steps that JavaScript's engine may take at the worst; when they are used up, machines do the rest. */
  leftForNative: number;
}

/** The budget ran out. */
export class OutOfSteps extends Error {}

/** What is on the stack below a choice: where the position of a slot or register is put back. */
const slotMark = -1;
const registerMark = -2;
const runMark = -3;

/**
 * Matches as Python's `re.match` does, in steps that are counted. A choice that failed at a position is not tried
 * there again, so that a pattern without back-references takes at most about (its length x the length of the text)
 * steps, however it is nested.
 */
export class Machine {
  readonly #program: Program;
  readonly #text: Int32Array;
  readonly #length: number;
  readonly #budget: StepBudget;
  /** Start and end of each group, -1 for none. */
  readonly slots: Int32Array;
  readonly #registers: Int32Array;
  readonly #stack: number[] = [];
  readonly #visited: Uint32Array;
  readonly #rowWords: number;
  readonly #bits: number;

  constructor(program: Program, text: Int32Array, length: number, budget: StepBudget) {
    this.#program = program;
    this.#text = text;
    this.#length = length;
    this.#budget = budget;
    this.slots = new Int32Array(program.slots).fill(-1);
    this.#registers = new Int32Array(program.registers).fill(-1);
    this.#bits = program.memoRegisters.reduce((most, { length: around }) => Math.max(most, around), 0);
    this.#rowWords = Math.ceil(((length + 1) * 2 ** this.#bits) / 32);
    const words = program.mayRemember ? this.#rowWords * program.memos : 0;
    this.#spend(words >> 4);
    this.#visited = new Uint32Array(words);
  }

  /** Whether the text matches from its start. @throws OutOfSteps. */
  match(): boolean {
    const end = this.#run(0, 0);
    if (end < 0) return false;
    this.slots[0] = 0;
    this.slots[1] = end;
    return true;
  }

  /** Runs until `match` and returns the position there, or -1. */
  #run(start: number, from: number): number {
    const { code, sets } = this.#program;
    const text = this.#text;
    const end = this.#length;
    const { slots } = this;
    const stack = this.#stack;
    const floor = stack.length;
    let at = start;
    let pos = from;
    let steps = 0;
    for (;;) {
      if (++steps > 1000) {
        this.#spend(steps);
        steps = 0;
      }
      let isFailed = false;
      switch (code[at]!) {
        case op.set:
          if (pos < end && sets[code[at + 1]!]!.has(text[pos]!)) {
            pos += 1;
            at += 2;
          } else isFailed = true;
          break;
        case op.split:
          if (this.#wasHere(code[at + 3]!, pos)) isFailed = true;
          else {
            stack.push(pos, code[at + 2]!);
            at = code[at + 1]!;
          }
          break;
        case op.jump:
          at = code[at + 1]!;
          break;
        case op.save: {
          const slot = code[at + 1]!;
          stack.push(slots[slot]!, slot, slotMark);
          slots[slot] = pos;
          at += 2;
          break;
        }
        case op.assert:
          if (this.#holds(code[at + 1]!, code[at + 2] === 1, pos)) at += 3;
          else isFailed = true;
          break;
        case op.loopStart: {
          const register = code[at + 1]!;
          stack.push(this.#registers[register]!, register, registerMark);
          this.#registers[register] = pos;
          at += 2;
          break;
        }
        case op.loopCheck:
          at = this.#registers[code[at + 1]!] === pos ? code[at + 2]! : at + 3;
          break;
        case op.run: {
          const set = sets[code[at + 1]!]!;
          const least = code[at + 2]!;
          const most = code[at + 3]!;
          const limit = most < 0 ? end : Math.min(end, pos + most);
          const isLazy = code[at + 4] === 1;
          let stop = pos;
          const goal = isLazy ? Math.min(limit, pos + least) : limit;
          while (stop < goal && set.has(text[stop]!)) stop += 1;
          steps += stop - pos;
          if (stop - pos < least) isFailed = true;
          else {
            // What is left to try: towards `limit` when lazy, back to the least when greedy.
            const last = isLazy ? limit : pos + least;
            if (last !== stop) stack.push(stop, last, at, runMark);
            const memo = code[at + 5]!;
            if (this.#wasHere(memo, stop)) isFailed = true;
            else {
              pos = stop;
              at += 6;
            }
          }
          break;
        }
        case op.look: {
          const isNegative = code[at + 2] === 1;
          const width = code[at + 3]!;
          const where = width < 0 ? pos : pos - width;
          this.#forget(code[at + 4]!, code[at + 5]!);
          const depth = stack.length;
          const isFound = where >= 0 && this.#run(at + 6, where) >= 0;
          if (isFound === isNegative) isFailed = true;
          else at = code[at + 1]!;
          if (isNegative) this.#undo(depth);
          break;
        }
        case op.atomic: {
          this.#forget(code[at + 2]!, code[at + 3]!);
          const found = this.#run(at + 4, pos);
          if (found < 0) isFailed = true;
          else {
            pos = found;
            at = code[at + 1]!;
          }
          break;
        }
        case op.reference: {
          const group = code[at + 1]!;
          const length = this.#repeatsGroup(group, code[at + 2] === 1, pos);
          steps += Math.max(0, length);
          if (length < 0) isFailed = true;
          else {
            pos += length;
            at += 3;
          }
          break;
        }
        case op.condition:
          at = slots[2 * code[at + 1]! + 1]! >= 0 ? at + 3 : code[at + 2]!;
          break;
        default:
          this.#spend(steps);
          this.#dropChoices(floor);
          return pos;
      }
      if (!isFailed) continue;
      // Back to the last choice.
      for (;;) {
        if (stack.length === floor) {
          this.#spend(steps);
          return -1;
        }
        steps += 1;
        const mark = stack.pop()!;
        if (mark >= 0) {
          at = mark;
          pos = stack.pop()!;
          break;
        }
        if (mark === slotMark) {
          const slot = stack.pop()!;
          slots[slot] = stack.pop()!;
        } else if (mark === registerMark) {
          const register = stack.pop()!;
          this.#registers[register] = stack.pop()!;
        } else if (this.#retryRun()) {
          pos = this.#runStop;
          at = this.#runNext;
          break;
        }
        if (steps > 1000) {
          this.#spend(steps);
          steps = 0;
        }
      }
    }
  }

  #runStop = 0;
  #runNext = 0;

  /** The next length of a run that was not tried yet. */
  #retryRun(): boolean {
    const { code, sets } = this.#program;
    const stack = this.#stack;
    const at = stack.pop()!;
    const last = stack.pop()!;
    let stop = stack.pop()!;
    const isLazy = code[at + 4] === 1;
    if (isLazy) {
      if (!sets[code[at + 1]!]!.has(this.#text[stop]!)) return false;
      stop += 1;
    } else stop -= 1;
    if (stop !== last) stack.push(stop, last, at, runMark);
    if (this.#wasHere(code[at + 5]!, stop)) return false;
    this.#runStop = stop;
    this.#runNext = at + 6;
    return true;
  }

  /** Whether that choice was taken at that position before, with the same loops yet empty; remembers it. */
  #wasHere(memo: number, pos: number): boolean {
    if (!this.#program.mayRemember) return false;
    let key = pos;
    if (this.#bits > 0) {
      let empty = 0;
      for (const register of this.#program.memoRegisters[memo]!) {
        empty = empty * 2 + (this.#registers[register] === pos ? 1 : 0);
      }
      key = pos * 2 ** this.#bits + empty;
    }
    const word = memo * this.#rowWords + (key >>> 5);
    const bit = 1 << (key & 31);
    if ((this.#visited[word]! & bit) !== 0) return true;
    this.#visited[word]! |= bit;
    return false;
  }

  #forget(from: number, to: number): void {
    if (!this.#program.mayRemember) return;
    this.#visited.fill(0, from * this.#rowWords, to * this.#rowWords);
    this.#spend(((to - from) * this.#rowWords) >> 2);
  }

  /** Takes the choices above `floor` away, and keeps what puts slots and registers back. */
  #dropChoices(floor: number): void {
    const stack = this.#stack;
    const kept: number[] = [];
    while (stack.length > floor) {
      const mark = stack.pop()!;
      if (mark === slotMark || mark === registerMark) {
        const slot = stack.pop()!;
        kept.push(mark, slot, stack.pop()!);
      } else stack.length -= mark === runMark ? 3 : 1;
    }
    while (kept.length > 0) stack.push(kept.pop()!);
  }

  /** Puts slots and registers back to what they were when the stack was so deep. */
  #undo(depth: number): void {
    const stack = this.#stack;
    while (stack.length > depth) {
      const mark = stack.pop()!;
      const index = stack.pop()!;
      const value = stack.pop()!;
      if (mark === slotMark) this.slots[index] = value;
      else this.#registers[index] = value;
    }
  }

  #holds(assertion: number, isAscii: boolean, pos: number): boolean {
    const end = this.#length;
    const text = this.#text;
    switch (assertions[assertion]!) {
      case 'subjectStart':
        return pos === 0;
      case 'lineStart':
        return pos === 0 || text[pos - 1] === 10;
      case 'subjectEnd':
        return pos === end;
      case 'lineEnd':
        return pos === end || text[pos] === 10;
      case 'lastLineEnd':
        return pos === end || (pos === end - 1 && text[pos] === 10);
      case 'word':
      case 'notWord': {
        // Before Python 3.14 neither holds in an empty text.
        if (end === 0) return false;
        const before = pos > 0 && isWordCode(text[pos - 1]!, isAscii);
        const after = pos < end && isWordCode(text[pos]!, isAscii);
        return (before !== after) === (assertions[assertion] === 'word');
      }
    }
  }

  /** How long the text of the group is when it stands here again, or -1. */
  #repeatsGroup(group: number, ignoresCase: boolean, pos: number): number {
    const from = this.slots[2 * group]!;
    const to = this.slots[2 * group + 1]!;
    if (from < 0 || to < from || pos + to - from > this.#length) return -1;
    for (let offset = 0; offset < to - from; offset++) {
      const one = this.#text[from + offset]!;
      const other = this.#text[pos + offset]!;
      if (one !== other && !(ignoresCase && foldCode(one) === foldCode(other))) return -1;
    }
    return to - from;
  }

  #spend(steps: number): void {
    this.#budget.left -= steps;
    if (this.#budget.left < 0) throw new OutOfSteps();
  }
}
