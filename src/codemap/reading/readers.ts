import type { Language } from '../model.ts';
import type { LanguageReader } from '../reader.ts';

/** Facts are opaque outside of their reader. */
export type AnyReader = LanguageReader<unknown>;

export const readerNames = ['python', 'typescript'] as const;
export type ReaderName = (typeof readerNames)[number];

/** Which reader takes a file, by the end of its name; known without loading any of them. */
const extensionsOf: Readonly<Record<ReaderName, readonly string[]>> = {
  python: ['.py', '.pyw'],
  typescript: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
};

export const languagesOf: Readonly<Record<ReaderName, readonly Language[]>> = {
  python: ['python'],
  typescript: ['typescript', 'javascript'],
};

/** Loads a reader with its parser, so that a tree of Python never pays for TypeScript. */
export async function loadReader(name: ReaderName): Promise<AnyReader> {
  const reader =
    name === 'python'
      ? (await import('../python/reader.ts')).pythonReader
      : (await import('../typescript/reader.ts')).typescriptReader;
  await reader.prepare();
  // Facts go back only to the reader that they come from.
  return reader as unknown as AnyReader;
}

export function readerOf(path: string): ReaderName | undefined {
  const extension = path.slice(path.lastIndexOf('.')).toLowerCase();
  return readerNames.find((name) => extensionsOf[name].includes(extension));
}
