import { startBackup } from '#backup';
import { asNetwrightError, NetwrightError } from '#core';
import type { Device } from '#inventory';
import type { RunLimits } from '#runner';
import type { ChangeDeviceRecord, ChangeRecord } from '#store';
import { runDefaults, type Workspace } from '#workspace';
import type { ApplyOptions } from './apply.ts';
import { auditMark } from './audit.ts';
import type { Workbench } from './workbench.ts';

/** What became of the backup of devices. */
export interface BackedUp {
  /** The commit that holds a device as it was then; absent where the inventory wants no backup of it. */
  readonly commits: ReadonlyMap<string, string>;
  readonly failed: ReadonlyMap<string, NetwrightError>;
  readonly warnings: readonly string[];
}

interface BackUpOptions {
  /** For the history: `change 261120-k3f9w, before`. */
  readonly reason: string;
  readonly author: string;
  readonly limits?: RunLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

type BackupWish = Pick<ApplyOptions, 'backup' | 'limits' | 'comment'>;

/** Backs devices up before they are changed; nothing is thrown: who could not be backed up is among the failed. */
export async function backUpBefore(
  bench: Workbench,
  change: ChangeRecord,
  records: readonly ChangeDeviceRecord[],
  options: BackupWish & Pick<ApplyOptions, 'signal'>,
): Promise<BackedUp> {
  if (options.backup === false) return { commits: new Map(), failed: new Map(), warnings: [] };
  const devices = records.flatMap(({ device }) => bench.inventory.devices.get(device) ?? []);
  const reason = `change ${change.id}, before${said(change, options)}`;
  const how = { reason, author: bench.actor, limits: options.limits, signal: options.signal };
  return await backUp(bench.workspace, devices, how).catch((error: unknown) => noneBackedUp(records, error));
}

function noneBackedUp(locked: readonly ChangeDeviceRecord[], thrown: unknown): BackedUp {
  const error = asNetwrightError(thrown);
  return { commits: new Map(), failed: new Map(locked.map(({ device }) => [device, error])), warnings: [] };
}

/** Backs up what was confirmed, and notes in the history where the audit stood. */
export async function backUpAfter(
  bench: Workbench,
  change: ChangeRecord,
  names: readonly string[],
  options: BackupWish,
  warnings: string[],
  when: 'after' | 'rolled back' = 'after',
): Promise<void> {
  const { workspace, records, inventory } = bench;
  if (options.backup === false || names.length === 0) return;
  const devices = names.map((name) => inventory.get(name));
  const entry = { actor: bench.actor, event: 'backing up', changeId: change.id, data: { devices: names.length } };
  const reason = `change ${change.id}, ${when}${said(change, options)} ${auditMark(await records.note(entry))}`;
  try {
    const kept = await backUp(workspace, devices, { reason, author: bench.actor, limits: options.limits });
    warnings.push(...kept.warnings);
    for (const [device, { code, message }] of kept.failed)
      warnings.push(`${device}: no backup after the change: ${code}: ${message}`);
    await Promise.all(
      [...kept.commits].map(async ([device, commit]) => {
        await records.link(change.id, device, { backupAfter: commit });
      }),
    );
  } catch (thrown) {
    // The change itself is done; that it could not be backed up is told, and a later backup makes up for it.
    const { code, message } = asNetwrightError(thrown);
    warnings.push(`no backup after the change: ${code}: ${message}`);
  }
}

const said = (change: ChangeRecord, { comment }: Pick<ApplyOptions, 'comment'>): string => {
  const why = comment ?? change.comment;
  return why === undefined ? '' : `: ${why.replaceAll(/\s+/g, ' ')}`;
};

/** Backs devices up for a change; nothing is thrown but what keeps all of them from being backed up. */
async function backUp(
  workspace: Workspace,
  devices: readonly Device[],
  { reason, author, limits, signal }: BackUpOptions,
): Promise<BackedUp> {
  const wanted = devices.filter(({ backup }) => backup !== false);
  const failed = new Map<string, NetwrightError>();
  const commits = new Map<string, string>();
  if (wanted.length === 0) return { commits, failed, warnings: [] };
  const { commit: _, ...defaults } = { commit: undefined, ...runDefaults(workspace.settings) };
  const backup = startBackup(workspace, {
    ...defaults,
    ...(limits && { limits }),
    ...(signal && { signal }),
    ...{
      select: wanted.map(({ name }) => quoted(name)).join(','),
      reason,
      author: `${author} <${author}>`,
      wait: true,
    },
    acceptShrunk: true,
  });
  backup.report.catch(() => undefined);
  for await (const outcome of backup) if (!outcome.ok) failed.set(outcome.device, asNetwrightError(outcome.error));
  const { warnings } = await backup.report;
  const store = await workspace.configurations();
  for (const { name } of wanted) {
    const version = failed.has(name) ? undefined : await store.latest(name);
    if (version !== undefined) commits.set(name, version.commit);
  }
  return { commits, failed, warnings: warnings.map(({ code, message }) => `${code}: ${message}`) };
}

/** As a select expression names a device. */
function quoted(name: string): string {
  if (!name.includes('"')) return `"${name}"`;
  if (!name.includes("'")) return `'${name}'`;
  throw new NetwrightError('NW_SELECT_INVALID', `${name}: a name with both kinds of quotes cannot be selected`);
}
