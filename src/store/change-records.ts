/**
 * What a device of a change is at.
 *
 *     planned ── locked ── committing ── pending ── confirming ── saving ── confirmed
 *                   │          │            │           │
 *              not applied     └────── rolling back ────┴── rolled back | rollback failed
 *
 * `same`: nothing would change. `unplanned`: no plan could be made. `unknown`: it cannot be reached to be asked.
 */
export const changeStates = [
  'planned',
  'same',
  'unplanned',
  'locked',
  'committing',
  'pending',
  'confirming',
  'saving',
  'confirmed',
  'rolling back',
  'rolled back',
  'rollback failed',
  'not applied',
  'unknown',
] as const;
export type ChangeState = (typeof changeStates)[number];

/** A device in one of these is nobody else's: another change must wait. */
const activeStates: ReadonlySet<ChangeState> = new Set<ChangeState>([
  ...(['locked', 'committing', 'pending', 'confirming', 'saving'] as const),
  ...(['rolling back', 'rollback failed', 'unknown'] as const),
]);
export const isActive = (state: ChangeState): boolean => activeStates.has(state);

/** A plan, and the change that it becomes. No field holds a secret. */
export interface ChangeRecord {
  readonly id: string;
  /** HMAC of all that was planned; empty while it is being planned, and when the planning was cut off. */
  readonly hash: string;
  readonly createdAtMs: number;
  readonly author: string;
  readonly comment?: string;
  /** What was asked for, in one line. */
  readonly intent: string;
  readonly selection?: string;
  /** When it was first applied. */
  readonly startedAtMs?: number;
  /** How it is applied, as the caller stored it. */
  readonly options?: unknown;
}

/** What would be done to a device, without secrets. */
export interface ChangeText {
  readonly diff: string;
  readonly commands: readonly string[];
  readonly rollback: readonly string[];
  readonly warnings: readonly string[];
}

export interface ChangePromise {
  readonly driver: string;
  readonly method: string;
  readonly atomic: boolean;
  readonly confirmed: boolean;
  /** The device guards the commit, and who changes keeps the timer after it. */
  readonly trial?: true;
  readonly rollback: string;
  readonly diff: string;
  readonly missing: readonly string[];
}

export interface ChangeDeviceRecord {
  readonly changeId: string;
  readonly device: string;
  readonly platform: string;
  readonly state: ChangeState;
  readonly owner?: string;
  /** How often it was begun. */
  readonly attempt: number;
  readonly wave?: number;
  readonly promise?: ChangePromise;
  readonly textHash?: string;
  readonly mac?: string;
  readonly beforeMac?: string;
  readonly afterMac?: string;
  readonly timer?: 'device' | 'netwright' | 'none';
  /** When it is taken back unless confirmed. */
  readonly deadlineMs?: number;
  readonly confirmedAtMs?: number;
  /** Whether it is the start-up configuration too. */
  readonly isSaved: boolean;
  /** What it left on the device for its rollback is gone. */
  readonly isForgotten: boolean;
  /** Whether the configuration after a rollback was the one before the change; absent: not compared. */
  readonly isRollbackExact?: boolean;
  readonly backupBefore?: string;
  readonly backupAfter?: string;
  /** Lines left to be typed by hand. */
  readonly leftover?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly transcriptId?: string;
  readonly updatedAtMs: number;
}

/** What is to be written of a device; a key that is absent stays as it is, `null` empties it. */
export interface ChangeDevicePatch {
  readonly state?: ChangeState;
  readonly owner?: string | null;
  readonly wave?: number;
  readonly receipt?: Uint8Array;
  readonly afterMac?: string;
  readonly timer?: 'device' | 'netwright' | 'none';
  readonly deadlineMs?: number | null;
  readonly confirmedAtMs?: number;
  readonly isSaved?: boolean;
  readonly isRollbackExact?: boolean;
  readonly backupBefore?: string;
  readonly backupAfter?: string;
  readonly leftover?: readonly string[] | null;
  readonly error?: { readonly code: string; readonly message: string } | null;
  readonly transcriptId?: string;
}

/** What is noted of a device beside its way through the change. */
interface ChangeLinks extends Pick<ChangeDevicePatch, 'backupBefore' | 'backupAfter'> {
  readonly isForgotten?: boolean;
}

/** A line of the audit: who did what, when, to which device. */
export interface AuditEntry {
  readonly actor: string;
  readonly event: string;
  readonly changeId: string;
  readonly device?: string;
  /** Plain JSON without secrets. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps. */
  readonly id: number;
  readonly atMs: number;
  /** HMAC of this record and the hash before it. */
  readonly hash: string;
}

/** Where the audit stood at a time, kept somewhere else: a commit message. */
export interface AuditAnchor {
  readonly id: number;
  readonly hash: string;
}

/** A planned device: its record, and what is kept sealed of it. */
export interface PlannedDevice {
  readonly device: string;
  readonly platform: string;
  readonly state: 'planned' | 'same' | 'unplanned';
  readonly promise?: ChangePromise;
  readonly text?: ChangeText;
  readonly mac?: string;
  readonly beforeMac?: string;
  readonly candidate?: Uint8Array;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The changes of a workspace. Whatever is written is on the disk when the promise resolves. */
export interface ChangeRecords extends AsyncDisposable {
  /** Begins a plan, adds devices to it, and makes it one that can be applied. */
  add(change: ChangeRecord): Promise<void>;
  addDevices(id: string, devices: readonly PlannedDevice[]): Promise<void>;
  finish(id: string, hash: string, entry: AuditEntry): Promise<void>;
  /** Drops what is kept sealed of plans made before that time which nobody applied: they cannot be applied any more. */
  prune(beforeMs: number): Promise<void>;
  /** By id, or the unique beginning of one. @throws `NW_CHANGE_NOT_FOUND` */
  get(id: string): Promise<ChangeRecord>;
  /** Newest first, each with how many devices are in which state. */
  list(options?: {
    readonly limit?: number;
    readonly device?: string;
  }): Promise<readonly (ChangeRecord & { readonly states: Readonly<Partial<Record<ChangeState, number>>> })[]>;
  start(id: string, how: { readonly options: unknown; readonly comment?: string }, entry: AuditEntry): Promise<void>;
  devices(id: string): Promise<readonly ChangeDeviceRecord[]>;
  device(id: string, device: string): Promise<ChangeDeviceRecord | undefined>;
  /** Devices of any change that are not done, or of the one. */
  open(id?: string): Promise<readonly ChangeDeviceRecord[]>;
  /** The newest change that the device was given after this one, and still has. */
  laterThan(id: string, device: string): Promise<string | undefined>;
  /** Confirmed changes of a device, newest first. */
  confirmedOf(device: string): Promise<readonly ChangeDeviceRecord[]>;
  text(hash: string): Promise<ChangeText>;
  sealed(id: string, device: string): Promise<{ readonly candidate?: Uint8Array; readonly receipt?: Uint8Array }>;
  /**
   * Takes a device for the first or another time: it must be in one of `from`, and nobody's, or that of `deadOwner`.
   * @returns the record as it is now; undefined when it is not to be had
   * @throws `NW_CHANGE_LOCKED` when another change has it
   */
  claim(
    id: string,
    device: string,
    claim: {
      readonly owner: string;
      readonly from: readonly ChangeState[];
      readonly deadOwner?: string;
      readonly patch?: ChangeDevicePatch;
      /** Counts as another beginning. */
      readonly isAttempt?: boolean;
    },
    entry?: AuditEntry,
  ): Promise<ChangeDeviceRecord | undefined>;
  /** Writes what became of a device that `owner` holds. @throws `NW_CHANGE_STATE` when it holds it no more; `NW_CHANGE_LOCKED` */
  move(id: string, device: string, owner: string, patch: ChangeDevicePatch, entry?: AuditEntry): Promise<void>;
  /** Notes what does not depend on who holds a device. */
  link(id: string, device: string, what: ChangeLinks): Promise<void>;
  note(entry: AuditEntry): Promise<AuditRecord>;
  audit(options?: { readonly changeId?: string; readonly limit?: number }): Promise<readonly AuditRecord[]>;
  /**
   * Checks the chain, and that the diffs it names are the ones that are kept.
   * @returns how many records there are
   * @throws `NW_AUDIT_BROKEN` at the first that does not fit
   */
  verifyAudit(
    anchors?: readonly AuditAnchor[],
  ): Promise<{ readonly records: number; readonly head: AuditAnchor | undefined }>;
}
