import type { Caution } from './cautions.ts';
import type { ConfigNode, DialectName } from './config-tree.ts';

/** What may stand beside what in a section, and when two lines say the same. `parents` are the headers above, outermost first. */
export interface NodeRules {
  /** Two lines with one identity say the same: blanks, quotes and the spelling of lists do not count. */
  readonly identity: (text: string, parents: readonly string[]) => string;
  /** The place that a line takes in its section: a line with the same slot replaces it (`hostname`, `ip address`). */
  readonly slot: (text: string, parents: readonly string[], isSection?: boolean) => string;
  /** Lines of one group keep their order (the entries of an access list); undefined: order says nothing. */
  readonly orderGroup: (text: string, parents: readonly string[]) => string | undefined;
  /** What cannot be removed (a physical interface) or says that there is none (`no ip address`): as good as absent. */
  readonly isPermanent: (text: string, parents: readonly string[]) => boolean;
}

/** How one system writes and changes its configuration. */
export interface Dialect extends NodeRules {
  readonly name: DialectName;
  /** What holds for every text in this notation, one sentence each. */
  readonly notes: readonly string[];
  /** Where the tree cannot know what the device will do with some lines; shown beside plans that hold such a line. */
  readonly cautions?: readonly Caution[];
  /** @throws NetwrightError `NW_CONFIG_SYNTAX` with file and line. */
  readonly read: (text: string, file: string) => readonly ConfigNode[];
  readonly write: (nodes: readonly ConfigNode[]) => string;
  /** How one node is written: its line, and the line that closes it where it is a section that has one. */
  readonly frame: (text: string, isSection: boolean) => { readonly open: string; readonly close: string | undefined };
  /** One level of indentation. */
  readonly step: string;
  /** What typing these lines makes of the nodes; absent where there is no command language. */
  readonly type?: (nodes: readonly ConfigNode[], lines: string, file: string) => readonly ConfigNode[];
  /** The lines to type to get from one to the other. */
  readonly remedy?: (running: readonly ConfigNode[], intended: readonly ConfigNode[]) => readonly string[];
  /** Gives both trees the same sections where a notation leaves that open (`set` lines); what is the same may be left out. */
  readonly align?: (
    before: readonly ConfigNode[],
    after: readonly ConfigNode[],
  ) => readonly [readonly ConfigNode[], readonly ConfigNode[]];
  /** The notation of one line a fact (`set …`), where the system has it beside its native one. */
  readonly setForm?: {
    readonly write: (nodes: readonly ConfigNode[]) => readonly string[];
    readonly read: (text: string, file: string) => readonly ConfigNode[];
  };
}
