import type { Database } from './database.ts';
import type { DeviceResult, DeviceSighting, RunDeviceRecord, RunRecord, RunRecords } from './run-records.ts';
import { slices } from './slices.ts';

/** Runs whose devices are remembered one by one; of older runs the counts stay. */
const detailedRuns = 200;

/** Leaves a key out where the database has NULL. */
const present = <K extends string, V>(key: K, value: V | null): { [P in K]?: V } =>
  (value === null ? {} : { [key]: value }) as { [P in K]?: V };

/** The records of runs in the state database. */
export function runTable(database: Database): RunRecords {
  const { queries } = database;
  return {
    async start(run) {
      await database.write(async (transaction) => {
        await transaction
          .insertInto('runs')
          .values({
            id: run.id,
            started_at_ms: run.startedAtMs,
            ended_at_ms: null,
            author: run.author,
            reason: run.reason,
            total: run.total,
            changed: 0,
            unchanged: 0,
            failed: 0,
            commit_sha: null,
            warnings: '[]',
          })
          .execute();
      });
    },

    async add(runId, results) {
      for await (const slice of slices(results, 500)) await addResults(database, runId, slice);
    },

    async end(runId, end) {
      await database.write(async (transaction) => {
        await transaction
          .updateTable('runs')
          .set({
            ended_at_ms: end.endedAtMs,
            changed: end.changed,
            unchanged: end.unchanged,
            failed: end.failed,
            commit_sha: end.commit ?? null,
            warnings: JSON.stringify(end.warnings),
          })
          .where('id', '=', runId)
          .execute();
        const old = transaction
          .selectFrom('runs')
          .select('id')
          .where('started_at_ms', '<', (expression) =>
            expression
              .selectFrom('runs')
              .select('started_at_ms')
              .orderBy('started_at_ms', 'desc')
              .limit(1)
              .offset(detailedRuns),
          );
        await transaction.deleteFrom('run_devices').where('run_id', 'in', old).execute();
      });
    },

    async list(options) {
      const rows = await queries
        .selectFrom('runs')
        .selectAll()
        .orderBy('started_at_ms', 'desc')
        .limit(options?.limit ?? 20)
        .execute();
      return rows.map(runOf);
    },

    async get(runId) {
      const row = await queries.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst();
      return row && runOf(row);
    },

    async devices(runId) {
      const rows = await queries
        .selectFrom('run_devices')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('device')
        .execute();
      return rows.map((row) => ({
        runId,
        device: row.device,
        result: row.result as RunDeviceRecord['result'],
        durationMs: row.duration_ms,
        ...present('errorCode', row.error_code),
        ...present('errorMessage', row.error_message),
        ...present('transcriptId', row.transcript_id),
      }));
    },

    async sightings(device) {
      let query = queries.selectFrom('sightings').selectAll().orderBy('device');
      if (device !== undefined) query = query.where('device', '=', device);
      return (await query.execute()).map(
        (row): DeviceSighting => ({
          device: row.device,
          lastAttemptMs: row.last_attempt_ms,
          ...present('lastSuccessMs', row.last_success_ms),
          ...present('lastErrorCode', row.last_error_code),
          ...present('lastErrorMessage', row.last_error_message),
        }),
      );
    },
  };
}

function runOf(row: {
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
}): RunRecord {
  const { id, author, reason, total, changed, unchanged, failed } = row;
  return {
    ...{ id, author, reason, total, changed, unchanged, failed },
    startedAtMs: row.started_at_ms,
    ...present('endedAtMs', row.ended_at_ms),
    ...present('commit', row.commit_sha),
    warnings: JSON.parse(row.warnings) as string[],
  };
}

async function addResults(database: Database, runId: string, results: readonly DeviceResult[]): Promise<void> {
  const seen = results.filter(({ result }) => result !== 'retired');
  const told = results.filter(({ result }) => result !== 'unchanged');
  await database.write(async (transaction) => {
    if (told.length > 0) {
      await transaction
        .insertInto('run_devices')
        .values(
          told.map((one) => ({
            run_id: runId,
            device: one.device,
            result: one.result,
            duration_ms: Math.round(one.durationMs),
            error_code: one.errorCode ?? null,
            error_message: one.errorMessage ?? null,
            transcript_id: one.transcriptId ?? null,
          })),
        )
        .onConflict((conflict) => conflict.columns(['run_id', 'device']).doNothing())
        .execute();
    }
    if (seen.length === 0) return;
    await transaction
      .insertInto('sightings')
      .values(
        seen.map((one) => ({
          device: one.device,
          last_success_ms: one.result === 'failed' ? null : one.atMs,
          last_attempt_ms: one.atMs,
          last_error_code: one.errorCode ?? null,
          last_error_message: one.errorMessage ?? null,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('device').doUpdateSet((columns) => ({
          // A failure keeps the last success.
          last_success_ms: columns.fn.coalesce(
            columns.ref('excluded.last_success_ms'),
            columns.ref('sightings.last_success_ms'),
          ),
          last_attempt_ms: columns.ref('excluded.last_attempt_ms'),
          last_error_code: columns.ref('excluded.last_error_code'),
          last_error_message: columns.ref('excluded.last_error_message'),
        })),
      )
      .execute();
  });
}
