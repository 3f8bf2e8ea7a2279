import type { LanguageReader } from '../reader.ts';
import type { TypescriptFacts } from './facts.ts';
import { linkTypescript } from './link.ts';
import { readTypescriptFile } from './read-file.ts';

/** TypeScript and JavaScript, TSX and JSX, ES modules and CommonJS, by oxc-parser. */
export const typescriptReader: LanguageReader<TypescriptFacts> = {
  languages: ['typescript', 'javascript'],
  extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  version: 'typescript 2',
  prepare: async () => {
    // The parser is part of the process: there is nothing to load.
  },
  readFile: readTypescriptFile,
  link: linkTypescript,
};
