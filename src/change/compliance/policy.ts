import type { GetterName } from '#facts';
import type { BoundedPattern } from '#parse';

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** What a network is to be like, as a file says it. */
export interface Policy {
  /** As it was named, for messages. */
  readonly file: string;
  readonly title: string | undefined;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** A select expression; undefined: every device. */
  readonly select: string | undefined;
  /** In the policy file, from 1. */
  readonly line: number;
  /** What holds where no variant is meant. */
  readonly lines: LineCheck | undefined;
  /** By platform id, or a glob of it; the first that fits goes before `lines`. */
  readonly variants: readonly (readonly [platform: string, lines: LineCheck])[];
  readonly facts: readonly FactsCheck[];
}

/** What is to stand in a configuration, and what not. */
export interface LineCheck {
  /** Globs of the headers that lead to the sections that are looked at, outermost first; empty: the configuration itself. */
  readonly section: readonly string[];
  /** Globs of headers that are left alone. */
  readonly except: readonly string[];
  /** Only sections that hold all of these. */
  readonly having: readonly Pattern[];
  readonly required: readonly Pattern[];
  readonly forbidden: readonly Pattern[];
  /** All of these, one after the other; others may stand between them. */
  readonly ordered: readonly Pattern[];
}

export type Pattern = TextPattern | SearchPattern | AnyPattern;

/** A line, or a section with what it holds at least, in the notation of the platform. */
export interface TextPattern {
  readonly kind: 'text';
  readonly text: string;
  readonly line: number;
}

/** A line at any depth that looks like this. */
export interface SearchPattern {
  readonly kind: 'search';
  /** As it was written, for messages. */
  readonly source: string;
  readonly test: (text: string) => boolean;
  /** Lines that do not count although they look like it. */
  readonly except: readonly Pattern[];
  readonly line: number;
}

interface AnyPattern {
  readonly kind: 'any';
  readonly of: readonly Pattern[];
  readonly line: number;
}

/** A getter and what it is to answer, as in the validation files of NAPALM. */
export interface FactsCheck {
  /** A getter, or a method of NAPALM that is none here: it is skipped. */
  readonly getter: GetterName | undefined;
  /** What stands in the report. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
  readonly line: number;
}

/**
 * A pattern as a search: each line is tried once, and one that took too long never again.
 * @param needed is in every text that matches
 */
export function searchOf(pattern: Pick<BoundedPattern, 'test'>, needed = ''): (text: string) => boolean {
  let known = new Map<string, boolean>();
  let failure: unknown;
  return (text) => {
    if (!text.includes(needed)) return false;
    const before = known.get(text);
    if (before !== undefined) return before;
    if (failure !== undefined) throw failure;
    let found: boolean;
    try {
      found = pattern.test(text);
    } catch (error) {
      failure = error;
      throw error;
    }
    // Configurations of a network say the same over and over.
    if (known.size >= mostKnown) known = new Map();
    known.set(text, found);
    return found;
  };
}

const mostKnown = 50_000;
