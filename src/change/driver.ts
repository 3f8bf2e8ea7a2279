import type { CallOptions } from '#core';
import type { Session } from '#device';
import type { Transaction } from '#platforms';

/** What is wanted of one device. Its text may hold secrets: it is kept sealed and shown scrubbed. */
export interface Intent {
  /** `merge`: these lines are to be in the configuration; `replace`: this is the whole configuration. */
  readonly kind: 'merge' | 'replace';
  /** In the notation of the platform, lines ended by `\n`. */
  readonly text: string;
  /** On hosts, whose configuration is files: which one. A driver without files rejects it with `NW_NOT_SUPPORTED`. */
  readonly file?: IntendedFile;
}

export interface IntendedFile {
  /** `/etc/network/interfaces` */
  readonly path: string;
  /** Judges the new file before it takes the place of the old one; `{file}` stands for its path: `vtysh -C -f {file}`. */
  readonly check?: string;
  /** Brings the file into effect, and once more after a rollback: `systemctl reload frr`. */
  readonly reload?: string;
}

/** What this very device can promise, found out on it: the platform's declaration, less what its release or settings lack. */
export interface Capability extends Transaction {
  /** The device guards the commit alone: it goes back when the session ends before the commit is proved. */
  readonly trial?: true;
  /** What is missing for more, one sentence each with the command that brings it: `archive is not configured: …`. */
  readonly missing: readonly string[];
}

/**
 * A change as it would be done on one device: plain JSON. Nothing but reads happened to get it, and no candidate,
 * session or lock is left on the device. All texts are as the device has them, secrets included: they are kept sealed
 * and shown scrubbed.
 */
export interface Candidate {
  readonly intent: Intent;
  readonly capability: Capability;
  /** The running configuration that it was made against, as `read` gives it; its fingerprint guards `apply`. */
  readonly baseText: string;
  /** As the device or our tree sees it, in the notation of the platform; empty when nothing would change. */
  readonly diff: string;
  /** `fingerprint` of the configuration as it would be, where the device tells. */
  readonly afterHash?: string;
  /** What would be sent to the device, in order, the way in and out of the configuration included. */
  readonly commands: readonly string[];
  /** What would be sent to take the change back where the device does not do so itself; what a person would type. */
  readonly rollback: readonly string[];
  /** What the operator should know before: `the hostname changes, and the prompt with it`. One sentence each. */
  readonly warnings?: readonly string[];
}

/**
 * Everything, beside the candidate, that is needed to finish or take back a change later, from another process too:
 * plain JSON, stored before the first byte of the change is sent. Nothing in it is made on the device yet: it names
 * what `commit` will make.
 */
export interface Receipt {
  readonly driver: string;
  readonly device: string;
  readonly method: Transaction['method'];
  /**
   * Who takes the change back when nobody confirms it: `device` only where any later session can confirm; `none`
   * where no timer was asked for.
   */
  readonly timer: 'device' | 'netwright' | 'none';
  /** What the device will count: `CommitOptions.confirmMs` rounded up to what it can, when `timer` is `device`. */
  readonly confirmMs?: number;
  /** Names on the device: checkpoint, archive file, session, commit id. */
  readonly marks: Readonly<Record<string, string>>;
  /** Lines that take it back by hand or by `rollback`; as in the candidate unless the marks give a better way. */
  readonly rollback: readonly string[];
  /** `fingerprint` of the configuration before, to prove that a rollback was exact. */
  readonly baseHash: string;
}

/** A change under way on one device. */
export interface Undertaking {
  readonly candidate: Candidate;
  readonly receipt: Receipt;
}

/**
 * `before`: as if nothing had happened. `pending`: applied, and the device will take it back unless confirmed.
 * `after`: applied for good as far as the device is concerned. `between`: partly applied.
 */
export type DeviceState = 'before' | 'pending' | 'after' | 'between';

/**
 * How one system changes. All of it is to be called with a session that is at home and nobody else's, and leaves it
 * there; sessions end between the calls, and processes too. Every function leaves the device in a state that its
 * result or its error names; a lost connection in the middle is answered by `state` over a new session.
 */
export interface Driver {
  readonly name: string;
  /** Platforms that it serves. */
  readonly platforms: readonly string[];
  /** What it talks through. Default the command line. */
  readonly link?: 'netconf';
  /** What the change would be. @throws `NW_CHANGE_REFUSED` when the device or our tree finds the intent wrong, `NW_NOT_SUPPORTED` */
  prepare(session: Session, intent: Intent, options?: CallOptions): Promise<Candidate>;
  /** What `commit` will need to be undone. Reads only. */
  receipt(session: Session, candidate: Candidate, options: CommitOptions): Promise<Receipt>;
  /**
   * Sends and commits; with `confirmMs` and `timer: 'device'` the device takes it back unless `confirm` comes.
   * @throws `NW_CHANGE_REFUSED` when the device said no and all is as before again (`details`: {@link Refusal});
   * `NW_ROLLBACK_FAILED` when it said no and what was applied could not be taken back (`details`: {@link RollbackFailure});
   * any other code when it is not known what the device did: `state` tells.
   */
  commit(session: Session, change: Undertaking, options: CommitOptions): Promise<void>;
  /** Makes a pending change stay. A change that is not pending any more but applied is no error. @throws `NW_CHANGE_STATE` when it was taken back */
  confirm(session: Session, change: Undertaking, options?: CallOptions): Promise<void>;
  /**
   * Takes the change back, whether pending, partly applied, or confirmed and saved long ago; nothing to take back is
   * no error. It may be called again after it failed or was cut off. What others committed since is not taken back with
   * it, but an error, unless `acceptsLoss`.
   * @throws `NW_ROLLBACK_FAILED` (`details`: {@link RollbackFailure})
   */
  rollback(session: Session, change: Undertaking, options?: TakeBackOptions): Promise<void>;
  /** Makes the running configuration the start-up one; does nothing where a commit does so. */
  save(session: Session, options?: CallOptions): Promise<void>;
  /** The running configuration (or the file of the intent) as `baseText` holds it: whole, line ends `\n`, volatile lines out. @throws `NW_OUTPUT_INCOMPLETE` */
  read(session: Session, intent: Intent, options?: CallOptions): Promise<string>;
  /** What became of a commit whose end nobody saw. Reads only. */
  state(session: Session, change: Undertaking, options?: CallOptions): Promise<DeviceState>;
  /** Removes what the marks name from the device. Called once the change can no longer be rolled back by us. */
  forget?(session: Session, change: Undertaking, options?: CallOptions): Promise<void>;
}

export interface TakeBackOptions extends CallOptions {
  /**
   * What was committed since goes too: it was looked at (later changes of ours that were taken back themselves leave
   * their commits behind), or it was asked for.
   */
  readonly acceptsLoss?: boolean;
}

export interface CommitOptions extends CallOptions {
  /** Of the change: lower-case letters, digits and `-`, at most 24 characters. Names on the device are made of it: `netwright-<id>`. */
  readonly id: string;
  /** Milliseconds until the change is taken back unless confirmed; absent: committed for good. */
  readonly confirmMs?: number;
  /** Goes into the device's own commit log where it has one. One line. */
  readonly comment?: string;
}

/** `details` of `NW_CHANGE_REFUSED`. Lines are scrubbed with {@link scrubLines}. */
export interface Refusal {
  /** The line that was refused, and the device's words. */
  readonly line?: string;
  readonly answer?: string;
  /** Lines that had been applied before, and are taken back. */
  readonly applied: readonly string[];
}

/** `details` of `NW_ROLLBACK_FAILED`. Lines are scrubbed with {@link scrubLines}; whole they are in the receipt. */
export interface RollbackFailure {
  /** What is left to be typed by hand, in order. */
  readonly commands: readonly string[];
  readonly answer?: string;
}
