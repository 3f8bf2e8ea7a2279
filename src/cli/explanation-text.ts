import type { Explanation, FieldUse, Place } from '#codemap';
import type { Screen } from './screen.ts';
import { counted, table } from './table.ts';

const mostReaders = 3;

/** How an object is made and what it is made of, for people: from the call down to every method and field. */
export function printExplanation(screen: Screen, explanation: Explanation): void {
  const { bold, cyan, dim, yellow } = screen.colors;
  const { entry, key, name, at, path, mro, members, fields, switches, dynamics, runtimeClasses } = explanation;
  const head = (text: string): void => {
    screen.print();
    screen.print(bold(text));
  };
  screen.print(`${bold(key === undefined ? entry : `${entry}("${key}")`)} makes ${bold(cyan(name))} ${dim(place(at))}`);

  if (explanation.namesakes !== undefined) {
    const ids = explanation.namesakes.map(({ id }) => id).join(', ');
    screen.print(
      yellow(`${counted(explanation.namesakes.length, 'other class has', 'other classes have')} this name: ${ids}`),
    );
  }

  head('The way');
  path.forEach((step, index) => {
    screen.print(`  ${index + 1}. ${step.says} ${dim(place(step.at))}`);
    if (step.text !== '') screen.print(dim(`     ${step.text}`));
  });

  head(`Looked up in this order${explanation.mroProblem === undefined ? '' : yellow(` (${explanation.mroProblem})`)}`);
  mro.forEach((one, index) => {
    const own = one.members === 0 ? '' : `, ${counted(one.members, 'name')}`;
    screen.print(`  ${index + 1}. ${one.name} ${dim(`${one.at === undefined ? 'outside' : place(one.at)}${own}`)}`);
  });

  const overridden = members.filter(({ definedBy }) => definedBy.length > 1);
  head(`${counted(members.length, 'name')}, ${overridden.length} of them overridden`);
  const rows = members.map((row) => {
    const [wins, ...lose] = row.definedBy;
    return [
      `  ${row.name}`,
      row.kind,
      wins === undefined ? '' : `${wins.name} ${dim(place(wins.at))}`,
      lose.map((one) => one.name).join(', '),
    ];
  });
  screen.print(table(['  NAME', 'KIND', 'WINS', 'OVERRIDES'], rows, dim));

  if (fields.length > 0) {
    head(`${counted(fields.length, 'field')} of the object`);
    const use = ({ className, method, at: where }: FieldUse): string =>
      `${className}${method === '' ? '' : `.${method}`} ${dim(`:${where.line}`)}`;
    const fieldRows = fields.map(({ name: field, setBy, readBy }) => {
      const readers = [...new Map(readBy.map((one) => [`${one.className}.${one.method}`, one])).values()];
      const more = readers.length > mostReaders ? `, and ${readers.length - mostReaders} more` : '';
      return [`  ${field}`, setBy.map(use).join(', '), readers.slice(0, mostReaders).map(use).join(', ') + more];
    });
    screen.print(table(['  FIELD', 'SET BY', 'READ BY'], fieldRows, dim));
  }
  if (switches.length > 0) head('It may turn into another class');
  for (const one of switches) screen.print(`  ${one.says} ${dim(place(one.at))}`);
  if (runtimeClasses.length > 0) head('Classes made from it while the program runs');
  for (const one of runtimeClasses) screen.print(`  ${one.name} ${dim(`${one.kind}, ${place(one.madeAt)}`)}`);
  if (dynamics.length > 0) head('Names that reading cannot know');
  for (const one of dynamics) screen.print(`  ${yellow(one.kind)} ${one.says} ${dim(place(one.at))}`);
}

const place = ({ file, line }: Place): string => `${file}:${line}`;
