import type { CodeModel, Language } from './model.ts';

/** One file as a reader gets it. */
export interface SourceFile {
  /** Path below the root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Everything that one language found, before it is merged with the others. */
export type ModelPart = Omit<CodeModel, 'root' | 'name' | 'languages'>;

export interface LinkContext {
  /** Absolute root folder. */
  readonly root: string;
  /** Name of the root as a package. */
  readonly name: string;
  /** Paths of all files below the root that were not left out, also those that no reader takes (YAML beside code). */
  readonly files: ReadonlySet<string>;
  /** Text of a file beside the code (a YAML table); undefined when there is none or it is too large. */
  readonly readBeside: (path: string) => string | undefined;
  /** Awaited now and then in long work: lets the event loop run, and throws `NW_CANCELLED` when the reading was. */
  readonly breathe: () => Promise<void> | undefined;
}

/**
 * How one language is read, in two steps: facts of each file alone (in worker threads, kept in the cache by content),
 * then the linking of all files' facts (fast, in one thread, on each reading).
 */
export interface LanguageReader<Facts> {
  readonly languages: readonly Language[];
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /** Part of the cache's key: another value whenever the facts change their shape or meaning. */
  readonly version: string;
  /** Loads the parser; called once a thread before {@link readFile}. */
  prepare(): Promise<void>;
  /**
   * Facts of one file, structured-clone- and JSON-safe, not dependent on any other file or on the file's path.
   * Never throws for what the file contains: that is a warning among the facts.
   */
  readFile(source: SourceFile): Facts;
  /** Joins the facts of all files into their part of the model. */
  link(facts: ReadonlyMap<string, Facts>, context: LinkContext): Promise<ModelPart> | ModelPart;
}
