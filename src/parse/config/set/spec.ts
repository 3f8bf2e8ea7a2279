import type { DialectName } from '../config-tree.ts';

/** How a system of `set` and `delete` writes its configuration, as data. */
export interface SetSpec {
  readonly name: DialectName;
  readonly notes: readonly string[];
  readonly step: string;
  /** What ends a plain statement in braces: `;`, or the end of the line. */
  readonly leafEnd: ';' | '';
  /** `set` lines quote every value, braces only where they must. */
  readonly quotesValues?: true;
  /** Words that are followed by a name: `unit 0`, `family inet`, `term t1`. Their names stand side by side. */
  readonly keyed: readonly string[];
  /** Statements of which several may stand side by side, each with its value. */
  readonly many: readonly string[];
  /** Statements with one value: a new one replaces the old one. */
  readonly one: readonly string[];
  /** Sections that hold flags and names and are no statements with a value. */
  readonly containers: readonly string[];
  /** The order of what follows these words counts. */
  readonly ordered: readonly string[];
  /** How an entry changes its place. */
  readonly reorder: 'insert' | 'move' | 'none';
  /** What the system writes and does not take: paths of one word or two. */
  readonly fixed: readonly string[];
  /** Marks before a statement, with the command that sets each and the one that takes it away. */
  readonly marks: readonly { readonly mark: string; readonly set: string; readonly clear: string }[];
  /** Where typed paths begin in the tree: those with such a first word here, all others in the last one. */
  readonly roots?: readonly { readonly words: readonly string[]; readonly first?: readonly string[] }[];
}
