import { describe, expect, it } from 'vitest';
import { TurnBudget } from '../../src/transport/turn-budget.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
function compute(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('the budget of a turn', () => {
  it('runs at once what it has room for, and the rest in order', async () => {
    const budget = new TurnBudget();
    const done: number[] = [];
    const ran = Array.from({ length: 20 }, (_, index) =>
      budget.run({}, () => {
        compute(2);
        done.push(index);
      }),
    );
    expect(ran.slice(0, 3)).toEqual([true, true, true]);
    expect(ran.at(-1)).toBe(false);
    expect(done.length).toBeLessThan(8);
    // Small work behind waiting work waits too: the order of a connection's bytes is kept.
    expect(budget.run({}, () => done.push(20))).toBe(false);
    while (done.length < 21) await nextTurn();
    expect(done).toEqual(Array.from({ length: 21 }, (_, index) => index));
  });

  it('lets timers fire between', async () => {
    const budget = new TurnBudget();
    let fired = 0;
    const timer = setInterval(() => (fired += 1), 1);
    let left = 100;
    for (let index = 0; index < 100; index += 1) {
      budget.run({}, () => {
        compute(2);
        left -= 1;
      });
    }
    while (left > 0) await nextTurn();
    clearInterval(timer);
    expect(fired).toBeGreaterThan(10);
  });

  it('works off one owner when its connection ends, and nothing twice', async () => {
    const budget = new TurnBudget();
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
    const budget = new TurnBudget();
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
    const budget = new TurnBudget();
    expect(() =>
      budget.run({}, () => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    expect(budget.run({}, () => {})).toBe(true);
  });
});
