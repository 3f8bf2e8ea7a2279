import type { SourceFile } from '../reader.ts';
import { classFacts } from './classes.ts';
import type { PythonFacts } from './facts.ts';
import { functionFacts } from './functions.ts';
import { docstring, type Reading } from './reading.ts';
import { decodeSource } from './source-text.ts';
import { toProgram } from './statements.ts';
import { parsePython } from './syntax-tree.ts';

/** Facts of one Python file; never throws for what the file contains. `prepareParser()` comes first. */
export function readPythonFile(source: Pick<SourceFile, 'bytes'>): PythonFacts {
  const { text, problem } = decodeSource(source.bytes);
  const tree = parsePython(text);
  const problems = [...tree.problems];
  const reading: Reading = { text, classes: [], functions: [], problems, readClass: classFacts };
  if (problem !== undefined) reading.problems.unshift(problem);
  const program = toProgram(tree.root.children, {
    reading,
    scope: '',
    onFunction: (node, decorators) => {
      const facts = functionFacts(node, { reading, decorators, isMethod: false, scope: '' });
      reading.functions.push(facts);
      return reading.functions.length - 1;
    },
  });
  const summary = docstring(tree.root, text);
  return {
    lines: countLines(text),
    ...(summary === undefined ? {} : { summary }),
    program,
    classes: reading.classes,
    functions: reading.functions,
    problems: reading.problems,
  };
}

function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
