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
}
