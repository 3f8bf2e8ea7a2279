import { sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

type Migration = (database: Transaction<Schema>) => Promise<void>;

/**
 * Each brings the database one version further; the number of them is the schema version. Once released, one is
 * never changed: another is added.
 */
export const migrations: readonly Migration[] = [
  async ({ schema }) => {
    await schema
      .createTable('facts')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('facts_key', ['kind', 'key'])
      .execute();
    await schema
      .createTable('notes')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('commits')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('sha', 'text', (column) => column.notNull().unique())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('run_id', 'text', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('devices')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('live', 'integer', (column) => column.notNull())
      .execute();
    await schema
      .createTable('versions')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('device_id', 'integer', (column) => column.notNull().references('devices.id'))
      .addColumn('commit_id', 'integer', (column) => column.notNull().references('commits.id'))
      .addColumn('blob', 'text', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('size_bytes', 'integer', (column) => column.notNull())
      .addColumn('lines_added', 'integer', (column) => column.notNull())
      .addColumn('lines_removed', 'integer', (column) => column.notNull())
      .addColumn('retired', 'integer', (column) => column.notNull())
      .execute();
    await schema.createIndex('versions_of_device').on('versions').columns(['device_id', 'id']).execute();
    await schema
      .createTable('runs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('started_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ended_at_ms', 'bigint')
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('total', 'integer', (column) => column.notNull())
      .addColumn('changed', 'integer', (column) => column.notNull())
      .addColumn('unchanged', 'integer', (column) => column.notNull())
      .addColumn('failed', 'integer', (column) => column.notNull())
      .addColumn('commit_sha', 'text')
      .addColumn('warnings', 'text', (column) => column.notNull())
      .execute();
    await schema.createIndex('runs_by_start').on('runs').column('started_at_ms').execute();
    await schema
      .createTable('run_devices')
      .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('result', 'text', (column) => column.notNull())
      .addColumn('duration_ms', 'integer', (column) => column.notNull())
      .addColumn('error_code', 'text')
      .addColumn('error_message', 'text')
      .addColumn('transcript_id', 'text')
      .addPrimaryKeyConstraint('run_devices_key', ['run_id', 'device'])
      .execute();
    await schema
      .createTable('sightings')
      .addColumn('device', 'text', (column) => column.primaryKey())
      .addColumn('last_success_ms', 'bigint')
      .addColumn('last_attempt_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_error_code', 'text')
      .addColumn('last_error_message', 'text')
      .execute();
  },
  async ({ schema }) => {
    await schema
      .createTable('changes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('comment', 'text')
      .addColumn('intent', 'text', (column) => column.notNull())
      .addColumn('selection', 'text')
      .addColumn('started_at_ms', 'bigint')
      .addColumn('options', 'text')
      .execute();
    await schema.createIndex('changes_by_creation').on('changes').column('created_at_ms').execute();
    await schema
      .createTable('change_texts')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('change_devices')
      .addColumn('change_id', 'text', (column) => column.notNull().references('changes.id'))
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('platform', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('active', 'integer', (column) => column.notNull())
      .addColumn('owner', 'text')
      .addColumn('attempt', 'integer', (column) => column.notNull())
      .addColumn('wave', 'integer')
      .addColumn('promise', 'text')
      .addColumn('text_hash', 'text')
      .addColumn('mac', 'text')
      .addColumn('candidate', 'blob')
      .addColumn('receipt', 'blob')
      .addColumn('before_mac', 'text')
      .addColumn('after_mac', 'text')
      .addColumn('timer', 'text')
      .addColumn('deadline_ms', 'bigint')
      .addColumn('confirmed_at_ms', 'bigint')
      .addColumn('saved', 'integer', (column) => column.notNull())
      .addColumn('forgotten', 'integer', (column) => column.notNull())
      .addColumn('rollback_exact', 'integer')
      .addColumn('backup_before', 'text')
      .addColumn('backup_after', 'text')
      .addColumn('leftover', 'text')
      .addColumn('error_code', 'text')
      .addColumn('error_message', 'text')
      .addColumn('transcript_id', 'text')
      .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('change_devices_key', ['change_id', 'device'])
      .execute();
    // The lock of a device: no two changes meet, whatever the processes do.
    await schema
      .createIndex('one_change_a_device')
      .on('change_devices')
      .column('device')
      .unique()
      .where(sql<boolean>`active = 1`)
      .execute();
    await schema
      .createTable('audit')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('change_id', 'text', (column) => column.notNull())
      .addColumn('device', 'text')
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
  },
  async (database) => {
    await database.schema
      .createTable('outputs')
      .addColumn('device', 'text', (column) => column.primaryKey())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('blob', 'text', (column) => column.notNull())
      .execute();
  },
];
