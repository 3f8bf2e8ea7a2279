import type { ModelComparison, Place } from '#codemap';
import type { Screen } from './screen.ts';
import { counted } from './table.ts';

/** What changed between two trees, for people. */
export function printComparison(screen: Screen, comparison: ModelComparison): void {
  const { before, after, modules, classes, keys, overrides, isSame } = comparison;
  const { bold, cyan, dim, green, red, yellow } = screen.colors;
  screen.print(`${bold(before.name)} ${dim(before.root)} → ${bold(after.name)} ${dim(after.root)}`);
  if (isSame) {
    screen.print('no difference in modules, classes, keys and overrides');
    return;
  }
  const section = (title: string, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    screen.print();
    screen.print(bold(title));
    for (const line of lines) screen.print(`  ${line}`);
  };
  const place = ({ file, line }: Place): string => dim(`${file}:${line}`);
  const [plus, minus, other] = [green('+'), red('-'), yellow('~')];
  section('Modules', [
    ...modules.added.map((one) => `${plus} ${one}`),
    ...modules.removed.map((one) => `${minus} ${one}`),
  ]);
  section('Classes', [
    ...classes.added.map(({ name, at }) => `${plus} ${name} ${place(at)}`),
    ...classes.removed.map(({ name, at }) => `${minus} ${name} ${place(at)}`),
    ...classes.moved.map(({ name, from, to }) => `${other} ${name} moved from ${place(from)} to ${place(to)}`),
    ...classes.rebased.map(
      (one) =>
        `${other} ${one.name} derives from ${one.after.join(', ') || 'nothing'} instead of ${one.before.join(', ') || 'nothing'} ${place(one.at)}`,
    ),
  ]);
  section('Keys of factories', [
    ...keys.added.map((one) => `${plus} ${one.table}[${cyan(one.key)}] ${one.class} ${place(one.at)}`),
    ...keys.removed.map((one) => `${minus} ${one.table}[${cyan(one.key)}] ${one.class} ${place(one.at)}`),
    ...keys.changed.map(
      (one) => `${other} ${one.table}[${cyan(one.key)}] ${one.class} instead of ${one.before} ${place(one.at)}`,
    ),
  ]);
  section('Overrides', [
    ...overrides.added.map((one) => `${plus} ${one.class}.${one.member} overrides ${one.of} ${place(one.at)}`),
    ...overrides.removed.map((one) => `${minus} ${one.class}.${one.member} of ${one.of} ${place(one.at)}`),
  ]);
  const sum = (added: readonly unknown[], removed: readonly unknown[]): string => `+${added.length} -${removed.length}`;
  screen.note(
    `${counted(classes.moved.length, 'class', 'classes')} moved; modules ${sum(modules.added, modules.removed)}, classes ${sum(classes.added, classes.removed)}, keys ${sum(keys.added, keys.removed)}, overrides ${sum(overrides.added, overrides.removed)}`,
  );
}
