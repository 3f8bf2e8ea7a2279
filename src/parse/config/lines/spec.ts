import type { Caution } from '../cautions.ts';
import type { DialectName } from '../config-tree.ts';

/** One line of its kind a section: `description`, `neighbor * remote-as`. See `WordRules` for the patterns. */
export type SingleRule =
  | string
  | {
      readonly words: string;
      /** Lines that match stand beside the one: `ip address … secondary`. */
      readonly unless?: RegExp;
      /** The system wants the whole line after `no`, not its first words alone. */
      readonly whole?: true;
      /** The old one is taken back before the new one is typed: the system refuses two, or keeps what the old one held. */
      readonly first?: true;
    };

/** Lines whose order the system obeys. */
export interface OrderRule {
  /** `section`: a header whose lines are in order. `flat`: lines that are in order among those with the same words. */
  readonly kind: 'section' | 'flat';
  readonly words: string;
  /** For `section`: only the lines with these first words. */
  readonly only?: string;
  /** `no` and one line takes back the whole list (numbered access lists of IOS), so it is written anew. */
  readonly whole?: true;
  /** Entries can be given another place; else they go and come anew. */
  readonly moves?: true;
  /** Entries can be put anywhere when they are typed. */
  readonly inserts?: true;
  /** The same line may stand there twice. */
  readonly repeats?: true;
}

/** A list that lines add to, one after the other, and that is one thing all the same. */
export interface ListRule {
  readonly words: string;
  /** `replace`: a line replaces the list, one with `add` or `remove` changes it. `add`: every line adds. */
  readonly mode: 'replace' | 'add';
  /** `1-3,5` or `1 to 3 5` or names that are compared as they stand. */
  readonly notation: 'comma' | 'to' | 'names';
}

/** Text of several lines that is one thing. */
export type LiteralRule =
  /** After `match` comes a character of free choice that also ends the text; `write` is the one that the system shows. */
  | { readonly kind: 'delimiter'; readonly match: RegExp; readonly write?: string }
  /** Up to a line that is `end`, blanks around it not counted. */
  | { readonly kind: 'until'; readonly match: RegExp; readonly end: string }
  /** Up to the quotation mark that closes. */
  | { readonly kind: 'quote'; readonly match?: RegExp };

/** A section that is entered anew each time: what it held is gone (route policies and sets of IOS-XR). */
export interface OverwriteRule {
  readonly words: string;
  /** Lines that begin so and are none: `route-policy P in`. */
  readonly unless?: RegExp;
  readonly end: string;
}

/** How a system of lines writes and changes its configuration, as data. */
export interface LinesSpec {
  readonly name: DialectName;
  readonly notes: readonly string[];
  readonly cautions?: readonly Caution[];
  readonly step: string;
  /** Takes a line back. */
  readonly negate: string;
  /** Brings a line to its default, whatever that is, and shows nothing of it. */
  readonly reset?: string;
  /** `reset` works for any line, not for interfaces alone. */
  readonly resetsLines?: true;

  /** Trimmed lines that say nothing. */
  readonly comment: RegExp;
  /** Heads and tails of the show command, and what a device prints but does not take. */
  readonly skip?: RegExp;
  /** A comment ends the sections that stand as deep as it (Comware and VRP indent top-level lines by one blank). */
  readonly commentEnds?: true;
  /** Left out wherever they stand, with no effect (`configure`, `exit all` of SR OS). */
  readonly frameLines?: RegExp;
  readonly leave: readonly string[];
  readonly finish: readonly string[];
  /** Back to the top without ending (`root` of IOS-XR). */
  readonly top?: readonly string[];
  readonly literals?: readonly LiteralRule[];

  /** Headers, and the first words of the sections that they stand in; none for the top. */
  readonly opens: readonly (string | readonly [words: string, within: readonly string[]])[];
  /** Lines that begin like a header and are none: `vlan batch`. */
  readonly opensNot?: readonly string[];
  /** Lines of the top wherever they are typed. */
  readonly globals?: readonly string[];
  /** What ends a section: when it is typed, and where `isShown` when it is written. */
  readonly closers?: readonly (readonly [words: string, closer: string])[];
  readonly close: string;
  /** How a whole configuration is laid out. */
  readonly layout?: {
    /** After each section of the top. */
    readonly separator?: string;
    /** Ends every section: `exit`, `!`. */
    readonly closer?: string;
    /** The closer stands as deep as the lines of the section. */
    readonly closerInside?: true;
    /** Only sections of the top are closed. */
    readonly closerAtTop?: true;
    readonly end?: string;
  };

  /** Blanks count in what follows these. */
  readonly freeText: readonly string[];
  readonly single: readonly SingleRule[];
  /** What the system writes and does not take: versions, markers. Never a difference. */
  readonly fixed?: readonly string[];
  readonly permanent?: readonly string[];
  /** Headers of interfaces that can be removed: the others are hardware. Absent: all can. */
  readonly virtualInterface?: RegExp;
  /** `default interface …` brings an interface to its defaults in one line. */
  readonly resetsSections?: true;
  readonly ordered?: readonly OrderRule[];
  readonly lists?: readonly ListRule[];
  readonly overwrite?: readonly OverwriteRule[];
  /** Its absence is shown as a line of its own (`no ip address`). */
  readonly absenceShown?: readonly string[];
  /** Its absence is never shown. */
  readonly absenceHidden?: readonly string[];
  /** A line that changes takes others of its section with it: `vrf forwarding` the addresses. */
  readonly wipes?: readonly (readonly [words: string, lost: RegExp])[];
  /** A line taken back takes with it all lines with the first so many of its words, below too: a BGP neighbour. */
  readonly cascades?: readonly (readonly [words: string, count: number])[];
  /** The words that take a line back, where `no` and the line is not it: `$1` is the first word of the pattern that is `*`. */
  readonly takeBack?: readonly (readonly [words: string, line: string])[];
  /** A section is shut before it is removed. */
  readonly shutFirst?: true;
  /** A word at the end of a header that only its creation needs. */
  readonly creation?: string;
  /** What can be in one section only at a time (addresses): freed where it goes before it is typed where it comes. */
  readonly exclusive?: RegExp;
  /** The order of a remedy: what others refer to has a low rank (below 50), what refers has a high one. */
  readonly ranks?: readonly (readonly [words: string, rank: number])[];
  /** Words that abbreviate: `int gi0/1` is the one interface that it can mean. */
  readonly abbreviates?: true;
}
