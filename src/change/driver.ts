import type { CallOptions } from '#core';
import type { Session } from '#device';
import type { Transaction } from '#platforms';

/** What is wanted of one device. */
export interface Intent {
  /** `merge`: these lines are to be in the configuration; `replace`: this is the whole configuration. */
  readonly kind: 'merge' | 'replace';
  readonly text: string;
}

/** What this very device can promise, found out on it: the platform's declaration, less what its release or settings lack. */
export interface Capability extends Transaction {
  /** What is missing for more, one sentence each with the command that brings it: `archive is not configured: …`. */
  readonly missing: readonly string[];
}

/** A change as it would be done on one device. Nothing but reads happened to get it. */
export interface Candidate {
  readonly capability: Capability;
  /** The running configuration that it was made against, volatile lines out; its hash guards `apply`. */
  readonly baseText: string;
  /** As the device or our tree sees it, in the notation of the platform; empty when nothing would change. */
  readonly diff: string;
  /** What would be sent to the device, in order, the way in and out of the configuration included. */
  readonly commands: readonly string[];
  /** What would be sent to take the change back where the device does not do so itself. */
  readonly rollback: readonly string[];
}

/** Everything needed to finish or take back a change later, from another process too: plain JSON, stored before the first byte is sent. */
export interface Receipt {
  readonly driver: string;
  readonly device: string;
  readonly method: Transaction['method'];
  /** Who takes the change back when nobody confirms it. */
  readonly timer: 'device' | 'netwright' | 'none';
  /** Names on the device: checkpoint, archive file, session, commit id. */
  readonly marks: Readonly<Record<string, string>>;
  readonly rollback: readonly string[];
  /** The configuration before, to prove that a rollback was exact; kept sealed. */
  readonly baseHash: string;
}

/**
 * How one system changes. Every function leaves the device in a state that its result or its error names; a lost
 * connection in the middle is answered by `state` over a new session.
 */
export interface Driver {
  readonly name: string;
  /** Platforms that it serves. */
  readonly platforms: readonly string[];
  prepare(session: Session, intent: Intent, options?: CallOptions): Promise<Candidate>;
  /** What `commit` will need to be undone, before anything is sent. */
  receipt(session: Session, candidate: Candidate, options: CommitOptions): Promise<Receipt>;
  /** Sends and commits; with `confirmMs` the change is taken back by the device unless `confirm` comes. */
  commit(session: Session, candidate: Candidate, receipt: Receipt, options: CommitOptions): Promise<void>;
  confirm(session: Session, receipt: Receipt, options?: CallOptions): Promise<void>;
  rollback(session: Session, receipt: Receipt, options?: CallOptions): Promise<void>;
  /** Makes the running configuration the start-up one. */
  save(session: Session, options?: CallOptions): Promise<void>;
  /** The running configuration as `baseText` holds it. */
  read(session: Session, options?: CallOptions): Promise<string>;
  /** What became of a commit whose end nobody saw. */
  state(session: Session, receipt: Receipt, options?: CallOptions): Promise<'before' | 'pending' | 'after' | 'between'>;
}

export interface CommitOptions extends CallOptions {
  /** Milliseconds until the change is taken back unless confirmed; absent: committed for good. */
  readonly confirmMs?: number;
  /** Goes into the device's own commit log where it has one. */
  readonly comment?: string;
}
