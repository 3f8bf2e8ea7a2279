import type { Generated } from 'kysely';

/** Tables of the state database. Times are milliseconds since 1970, booleans 0 or 1, as every SQL database has them. */
export interface Schema {
  facts: { kind: string; key: string; value: string };
  /** Notes of the index about itself: the last commit that it knows. */
  notes: { name: string; value: string };
  commits: { id: Generated<number>; sha: string; at_ms: number; run_id: string; author: string; reason: string };
  devices: { id: Generated<number>; name: string; path: string; live: number };
  versions: {
    /** Grows with the order in which versions came. */
    id: Generated<number>;
    device_id: number;
    commit_id: number;
    blob: string;
    path: string;
    size_bytes: number;
    lines_added: number;
    lines_removed: number;
    retired: number;
  };
  /** What came from a device last, by its fingerprint, and the configuration that was made of it. */
  outputs: { device: string; fingerprint: string; blob: string };
  runs: {
    id: string;
    started_at_ms: number;
    ended_at_ms: number | null;
    author: string;
    reason: string;
    total: number;
    changed: number;
    unchanged: number;
    failed: number;
    commit_sha: string | null;
    warnings: string;
  };
  run_devices: {
    run_id: string;
    device: string;
    result: string;
    duration_ms: number;
    error_code: string | null;
    error_message: string | null;
    transcript_id: string | null;
  };
  sightings: {
    device: string;
    last_success_ms: number | null;
    last_attempt_ms: number;
    last_error_code: string | null;
    last_error_message: string | null;
  };
  changes: {
    id: string;
    hash: string;
    created_at_ms: number;
    author: string;
    comment: string | null;
    /** What was asked for, in one line, without secrets. */
    intent: string;
    selection: string | null;
    started_at_ms: number | null;
    /** JSON: how it is applied. */
    options: string | null;
  };
  change_devices: {
    change_id: string;
    device: string;
    platform: string;
    state: string;
    /** 1 while no other change may touch the device. */
    active: number;
    /** The process that works on it now. */
    owner: string | null;
    attempt: number;
    wave: number | null;
    /** JSON, as planned: method and what it promises. */
    promise: string | null;
    text_hash: string | null;
    /** HMAC of the sealed candidate. */
    mac: string | null;
    candidate: Uint8Array | null;
    receipt: Uint8Array | null;
    /** HMACs of the fingerprints of the configuration, before and after. */
    before_mac: string | null;
    after_mac: string | null;
    timer: string | null;
    deadline_ms: number | null;
    confirmed_at_ms: number | null;
    saved: number;
    /** 1 once what it left on the device for its rollback was removed. */
    forgotten: number;
    rollback_exact: number | null;
    backup_before: string | null;
    backup_after: string | null;
    /** JSON: lines left to be typed by hand, without secrets. */
    leftover: string | null;
    error_code: string | null;
    error_message: string | null;
    transcript_id: string | null;
    updated_at_ms: number;
  };
  /** JSON of what devices share: diff, commands and rollback without secrets. */
  change_texts: { hash: string; text: string };
  audit: {
    id: number;
    at_ms: number;
    actor: string;
    event: string;
    change_id: string;
    device: string | null;
    /** JSON. */
    data: string;
    hash: string;
  };
}
