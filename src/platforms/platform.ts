/**
 * What a network operating system is like, as data. One file a platform declares one of these; engines in `device/`,
 * `backup/` and later `change/` read it. Patterns are applied as the comment of each field says; none has the `g`,
 * `y` or `u` flag, and none can blow up (a test of the whole catalogue checks that).
 */

import type { DialectName } from '#core';

/** A line typed at a prompt, or a step that answers a question first. */
export type Step =
  | string
  | {
      readonly send: string;
      /** A question that the device may ask before the next prompt, and what is typed then. */
      readonly dialogue?: readonly Exchange[];
      /** When the device refuses the step, go on: older releases do not know it. */
      readonly optional?: boolean;
    };

/** A question of the device (matched against the unfinished last lines of what came) and the answer; `{ secret }` is the value of the credential. */
export interface Exchange {
  readonly see: RegExp;
  /** Typed as it stands; `{ secret }` is the value of the credential. */
  readonly answer: string | { readonly secret: 'user' | 'password' | 'enable' };
  /** Default true: the newline of the platform is added. False for single keys such as a space at a pager. */
  readonly newline?: boolean;
  /** At most so many times in one conversation (default 3), so that a login that asks for ever ends. */
  readonly times?: number;
}

export interface Mode<M extends string> {
  /**
   * The whole last line of what came, ANSI sequences and backspaces removed, when the device waits for a command in
   * this mode: anchored with `^` and `$`. A named group `host` captures the part that stays the same for a device.
   * Exactly one mode of a platform matches any real prompt.
   */
  readonly prompt: RegExp;
  /** Lines that look like the prompt and are none. */
  readonly not?: readonly RegExp[];
  /** The ways to neighbouring modes. */
  readonly to?: { readonly [K in M]?: readonly Step[] };
}

/** A rule for a line. `word` is a literal that every matching line contains: it is looked for first, which is cheap. */
export interface LineRule {
  readonly word: string;
  /** Applied to the line without its end; default: any line that contains `word`. */
  readonly match?: RegExp;
}

/**
 * What is secret in a configuration. `line`: the named group `secret` (and `secret2`, `secret3` where a line holds
 * several) is replaced by a mark. `block`: everything after the line that matches `from` up to the line that matches
 * `to` becomes one mark.
 */
export type SecretRule =
  | {
      readonly kind: 'line';
      readonly word: string;
      readonly match: RegExp;
      /**
       * Only inside a section whose header holds `word` and matches `open`: up to the next `}` that stands as deep as
       * the header. For a word that is a secret in one section and a mere name in another.
       */
      readonly within?: { readonly word: string; readonly open: RegExp };
      /** The device encrypts anew at each read (FortiOS), so the mark must not depend on the value. */
      readonly resalted?: boolean;
    }
  | {
      readonly kind: 'block';
      readonly word: string;
      readonly from: RegExp;
      readonly to: RegExp;
      readonly resalted?: boolean;
    };

export interface BackupCommand {
  readonly run: string;
  /** `configuration` is the thing itself and is guarded for completeness; `comment` is context, each line commented out. */
  readonly as: 'configuration' | 'comment';
  /** Only lines that match one of these are kept. */
  readonly keep?: readonly RegExp[];
  /** Lines that match one of these are dropped: noise that is no part of the configuration. */
  readonly drop?: readonly LineRule[];
  /** A device that rejects the command is no failure: the part is left out. */
  readonly optional?: boolean;
  /** Milliseconds, where the command is known to think for long. */
  readonly timeoutMs?: number;
}

/** What proves that a configuration came whole, and that it is one. `contains` alone proves no end: it stands beside another. */
export interface Completeness {
  /**
   * Each of these matches somewhere in the text (`^` with the flag `m`): what every configuration of the system has, and no
   * other output. It keeps the answer to another command from being stored.
   */
  readonly contains?: readonly RegExp[];
  /** The last line that is not blank matches one of these. */
  readonly end?: readonly RegExp[];
  /** Every `{` has its `}` outside of strings and comments. */
  readonly balanced?: 'braces';
  /** Every line that matches `open` (after leading blanks) has a later one that matches `close`, nested properly: FortiOS config/end. */
  readonly nested?: readonly { readonly open: RegExp; readonly close: RegExp }[];
  /** The prompt coming back is all the proof there is; the shrink guard carries the rest. Say why in a comment. */
  readonly prompt?: true;
}

export interface Transaction {
  /** How changes are applied: see the change capability. */
  readonly method: 'native candidate' | 'session' | 'configure replace' | 'checkpoint' | 'line by line';
  readonly atomic: boolean;
  /** The device takes a change back by itself unless it is confirmed. */
  readonly confirmed: boolean;
  readonly rollback: 'exact' | 'computed' | 'none';
  readonly diff: 'native' | 'offline';
}

export interface Detection {
  /** Against the SSH identification line and banner. */
  readonly greeting?: RegExp;
  /** Against the first prompt or the text before it. */
  readonly prompt?: RegExp;
  /** A command whose output tells; the higher the priority (0-100), the earlier it is believed. */
  readonly probes?: readonly { readonly run: string; readonly match: RegExp; readonly priority: number }[];
}

export interface Platform<M extends string = string> {
  /** netmiko's id, so that inventories carry over. */
  readonly id: string;
  readonly vendor: string;
  /** The operating system's own name: `IOS`, `Junos`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /**
   * How well it is known: `lab` against own simulations and published transcripts, `peer` against the real system in
   * our tests, `own` not to us: it is described in a workspace.
   */
  readonly verified: 'lab' | 'peer' | 'own';
  /** Versions of the transcripts behind the declaration, and quirks worth knowing, one sentence each; shown in the docs. */
  readonly notes?: readonly string[];

  readonly modes: { readonly [K in M]: Mode<NoInfer<M>> };
  /** The mode in which `open` leaves the session and commands are run. */
  readonly home: NoInfer<M>;
  /** The mode that takes configuration lines; absent where there is none. */
  readonly configure?: NoInfer<M>;

  /** Questions between the connection and the first prompt, beyond the usual `login:` and `password:`: notices, menus, licences. */
  readonly login?: readonly Exchange[];
  /** Typed in `home` (or in `openMode`) once logged in: paging off, width, timestamps off. */
  readonly open?: readonly Step[];
  /** Typed before the connection is closed. */
  readonly close?: readonly Step[];
  /** Pagers that may come all the same, answered while output is read, and removed from it. */
  readonly pagers?: readonly Exchange[];
  /** A line of output that says that a command was refused. Only the first and the last few lines are looked at. */
  readonly failures: readonly RegExp[];
  /** What may be typed before the prompt came back: nothing, the `open` steps, or everything. */
  readonly pipelining: 'none' | 'open' | 'full';
  /** What Enter sends. Default `\n` on SSH and `\r\n` on Telnet. */
  readonly newline?: '\n' | '\r' | '\r\n';
  /** Appended to the user name at login (RouterOS switches colours and paging off that way). */
  readonly userSuffix?: string;
  readonly terminal?: { readonly columns?: number; readonly rows?: number; readonly type?: string };
  /** Most new logins a second that the system allows (IOS-XR: 1). */
  readonly loginsPerSecond?: number;

  readonly backup: {
    readonly commands: readonly BackupCommand[];
    /** What begins a comment in a stored configuration: `! `, `# `. */
    readonly comment: string;
    readonly complete: Completeness;
    readonly volatile: readonly LineRule[];
    readonly secrets: readonly SecretRule[];
  };
  /** Typed in `home` to make the running configuration the start-up one. */
  readonly save?: readonly Step[];
  /** How its configuration is written; absent where no notation is known in which it could be compared and mended. */
  readonly config?: { readonly dialect: DialectName };
  readonly transaction: Transaction;
  readonly detect?: Detection;
}

/** Checks a declaration's types: mode names come from `modes` alone, so a wrong one is a compile error. */
export function definePlatform<const M extends string>(platform: Platform<M>): Platform<M> {
  return platform;
}

/** A volatile or dropped line: contains `word` and, where given, matches. */
export const line = (word: string, match?: RegExp): LineRule => (match === undefined ? { word } : { word, match });

/** A secret within a line: see {@link SecretRule}. */
export const secret = (word: string, match: RegExp): SecretRule => ({ kind: 'line', word, match });

/** A secret within a line of a section whose header `open` matches. */
export const secretWithin = (within: { word: string; open: RegExp }, word: string, match: RegExp): SecretRule => ({
  kind: 'line',
  word,
  match,
  within,
});

/** A secret of several lines. */
export const secretBlock = (word: string, from: RegExp, to: RegExp): SecretRule => ({ kind: 'block', word, from, to });
