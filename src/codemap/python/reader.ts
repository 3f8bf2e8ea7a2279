import type { LanguageReader } from '../reader.ts';
import type { PythonFacts } from './facts.ts';
import { linkPython } from './link.ts';
import { readPythonFile } from './read-file.ts';
import { prepareParser } from './syntax-tree.ts';

/** Python by its grammar for tree-sitter: tolerant of mistakes, and needing no Python. */
export const pythonReader: LanguageReader<PythonFacts> = {
  languages: ['python'],
  extensions: ['.py', '.pyw'],
  version: 'python-1',
  prepare: prepareParser,
  readFile: readPythonFile,
  link: linkPython,
};
