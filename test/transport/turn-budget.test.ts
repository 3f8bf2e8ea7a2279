import { describe, expect, it } from 'vitest';
import { TurnBudget } from '../../src/transport/turn-budget.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
let nowMs = 0;
/** Work that takes time on the budget's clock, however busy the machine is. */
function compute(ms: number): void {
  nowMs += ms;
}
const turnBudget = (): TurnBudget => new TurnBudget(() => nowMs);

describe('the budget of a turn', () => {
  it('runs at once what it has room for, and the rest in order', async () => {
    const budget = turnBudget();
    const done: number[] = [];
    const ran = Array.from({ length: 20 }, (_, index) =>
      budget.run({}, () => {
        compute(2);
        done.push(index);
      }),
    );
    // Ten milliseconds of two each.
    expect(ran).toEqual(ran.map((_, index) => index < 5));
    expect(done).toHaveLength(5);
    // Small work behind waiting work waits too: the order of a connection's bytes is kept.
    expect(budget.run({}, () => done.push(20))).toBe(false);
    while (done.length < 21) await nextTurn();
    expect(done).toEqual(Array.from({ length: 21 }, (_, index) => index));
  });

  it('leaves the rest to later turns, in which timers fire', async () => {
    const budget = turnBudget();
    let left = 100;
    const leftAtTurns: number[] = [];
    const count = (): void => {
      leftAtTurns.push(left);
      if (left > 0) setImmediate(count);
    };
    setImmediate(count);
    for (let index = 0; index < 100; index += 1) {
      budget.run({}, () => {
        compute(2);
        left -= 1;
      });
    }
    while (left > 0) await nextTurn();
    await nextTurn();
    // Five a turn, the first five before the first turn was over.
    expect(leftAtTurns.length).toBeGreaterThanOrEqual(19);
    expect(leftAtTurns[0]).toBe(95);
  });

  it('works off one owner when its connection ends, and nothing twice', async () => {
    const budget = turnBudget();
    const [one, two] = [{}, {}];
    const done: string[] = [];
    budget.run(one, () => compute(15));
    budget.run(one, () => done.push('one'));
    budget.run(two, () => done.push('two'));
    budget.run(one, () => done.push('one again'));
    expect(done).toEqual([]);
    budget.flush(one);
    expect(done).toEqual(['one', 'one again']);
    while (done.length < 3) await nextTurn();
    await nextTurn();
    expect(done).toEqual(['one', 'one again', 'two']);
  });

  it('gives room to a crowd over several turns', async () => {
    const budget = turnBudget();
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 100 }, () => budget.room(0.5)));
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  it('goes on after work that throws', async () => {
    const budget = turnBudget();
    expect(() =>
      budget.run({}, () => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    expect(budget.run({}, () => {})).toBe(true);
  });
});
