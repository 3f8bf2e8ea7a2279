import { NetwrightError, type Outcome } from '#core';
import {
  type AuditAnchor,
  type AuditRecord,
  type ChangeDeviceRecord,
  type ChangeRecord,
  type ChangeState,
  type ChangeText,
  commitMessages,
} from '#store';
import type { Workspace } from '#workspace';
import { auditMarkBegin, auditMarks } from './audit.ts';
import { calling, connectTo, type DeviceWork } from './device-work.ts';
import { fingerprint } from './fingerprint.ts';
import { onDevices } from './fleet.ts';
import { openCandidate, openReceipt } from './open-undertaking.ts';
import { becomeOwner, isAlive } from './owner.ts';
import { settleDue } from './settle-due.ts';
import { openWorkbench, type WorkbenchOptions } from './workbench.ts';

export interface ChangeStatus extends ChangeRecord {
  readonly devices: readonly (ChangeDeviceRecord & {
    /** Somebody alive works on it. */
    readonly isWorkedOn: boolean;
  })[];
  /** What was finished just now, because it was due or its process had died. */
  readonly settled: readonly Outcome<ChangeState>[];
}

/**
 * What every device of a change is at. What was promised and is due is done first.
 * @throws `NW_CHANGE_NOT_FOUND`
 */
export async function changeStatus(
  workspace: Workspace,
  id: string,
  options: WorkbenchOptions & { readonly signal?: AbortSignal; readonly settle?: boolean } = {},
): Promise<ChangeStatus> {
  await using bench = await openWorkbench(workspace, options);
  const change = await bench.records.get(id);
  const settled = options.settle === false ? [] : await settleDue(bench, { id: change.id, ...options });
  const devices: ChangeStatus['devices'][number][] = [];
  const alive = new Map<string, boolean>();
  for (const record of await bench.records.devices(change.id)) {
    const { owner } = record;
    if (owner !== undefined && !alive.has(owner)) alive.set(owner, await isAlive(workspace, owner));
    devices.push({ ...record, isWorkedOn: owner !== undefined && alive.get(owner) === true });
  }
  return { ...change, devices, settled };
}

/**
 * What is open of all changes, once what was due of it is done; the newest change where nothing is.
 * @returns ids, newest first
 */
export async function openChanges(workspace: Workspace, signal?: AbortSignal): Promise<readonly string[]> {
  await using bench = await openWorkbench(workspace);
  await settleDue(bench, signal && { signal });
  const open = new Set((await bench.records.open()).map(({ changeId }) => changeId));
  const all = await bench.records.list({ limit: open.size === 0 ? 1 : 1_000 });
  return all.map(({ id }) => id).filter((id) => open.size === 0 || open.has(id));
}

/** Changes, newest first, with how many devices are in which state. */
export async function listChanges(
  workspace: Workspace,
  options: WorkbenchOptions & { readonly limit?: number; readonly device?: string } = {},
): Promise<readonly (ChangeRecord & { readonly states: Readonly<Partial<Record<ChangeState, number>>> })[]> {
  await using bench = await openWorkbench(workspace, options);
  return await bench.records.list(options);
}

export interface ShownDevice extends ChangeDeviceRecord {
  /** Without secrets; absent where no plan could be made. */
  readonly text?: ChangeText;
}

/** A change with what was planned for every device of it. */
export async function showChange(
  workspace: Workspace,
  id: string,
  options: WorkbenchOptions = {},
): Promise<ChangeRecord & { readonly devices: readonly ShownDevice[] }> {
  await using bench = await openWorkbench(workspace, options);
  const { records } = bench;
  const change = await records.get(id);
  const texts = new Map<string, ChangeText>();
  const devices: ShownDevice[] = [];
  for (const record of await records.devices(change.id)) {
    const hash = record.textHash;
    if (hash !== undefined && !texts.has(hash)) texts.set(hash, await records.text(hash));
    const text = hash === undefined ? undefined : texts.get(hash);
    devices.push({ ...record, ...(text && { text }) });
  }
  return { ...change, devices };
}

/**
 * What is to be typed by hand to take the change back from a device, secrets included.
 * @throws `NW_CHANGE_NOT_FOUND`, `NW_SECRETS_LOCKED`
 */
export async function rollbackLines(workspace: Workspace, id: string, device: string): Promise<readonly string[]> {
  await using bench = await openWorkbench(workspace);
  const change = await bench.records.get(id);
  const record = await bench.records.device(change.id, device);
  if (record === undefined)
    throw new NetwrightError('NW_CHANGE_NOT_FOUND', `change ${change.id} has no device "${device}"`);
  return (await openReceipt(bench, record))?.rollback ?? (await openCandidate(bench, record)).rollback;
}

/**
 * Lets go of a device whose rollback failed, once somebody mended it by hand. Whether it is as it was before is read,
 * if it can be reached, and written down.
 * @throws `NW_CHANGE_NOT_FOUND`, `NW_CHANGE_STATE`
 */
export async function releaseDevice(
  workspace: Workspace,
  id: string,
  device: string,
  options: WorkbenchOptions & { readonly comment?: string } = {},
): Promise<{ readonly isAsBefore: boolean | undefined }> {
  await using bench = await openWorkbench(workspace, options);
  const change = await bench.records.get(id);
  await using owner = await becomeOwner(workspace, `release of ${device}`);
  const record = await bench.records.device(change.id, device);
  if (record === undefined)
    throw new NetwrightError('NW_CHANGE_NOT_FOUND', `change ${change.id} has no device "${device}"`);
  const isDead = record.owner !== undefined && !(await isAlive(workspace, record.owner));
  const claimed = await bench.records.claim(change.id, device, {
    ...{ owner: owner.id, from: ['rollback failed', 'unknown', 'rolling back'] },
    ...(isDead && record.owner !== undefined && { deadOwner: record.owner }),
  });
  if (claimed === undefined) {
    throw new NetwrightError('NW_CHANGE_STATE', `${device}: there is nothing to release (${record.state})`);
  }
  const { actor } = bench;
  const outcomes = onDevices(bench, [claimed], async (work) => await isAsBeforeNow(work, claimed), {
    ...{ owner: owner.id, signal: new AbortController().signal },
  });
  let isAsBefore: boolean | undefined;
  for await (const outcome of outcomes) isAsBefore = outcome.value;
  const data = { isAsBefore: isAsBefore ?? 'not known', ...(options.comment && { comment: options.comment }) };
  const again = await bench.records.claim(
    change.id,
    device,
    {
      ...{ owner: owner.id, from: [claimed.state] },
      patch: { state: 'rolled back', leftover: null, ...(isAsBefore !== undefined && { isRollbackExact: isAsBefore }) },
    },
    { actor, event: 'released', changeId: change.id, device, data },
  );
  if (again !== undefined) await bench.records.move(change.id, device, owner.id, { owner: null });
  return { isAsBefore };
}

/** Whether the configuration is the one before the change. */
async function isAsBeforeNow(work: DeviceWork, record: ChangeDeviceRecord): Promise<boolean> {
  const { bench, device, driver } = work;
  const { intent } = await openCandidate(bench, record);
  await using session = await connectTo(work);
  const now = await calling(work, session, 'reading', (call) => driver.read(session, intent, call));
  return bench.vault.isMac(record.beforeMac, 'configuration', device.name, fingerprint(now, session.platform));
}

/** A line of the audit, with the diff that a commit was for. */
export interface ShownAuditRecord extends AuditRecord {
  readonly diff?: string;
}

/** What was done with changes, oldest first. */
export async function readAudit(
  workspace: Workspace,
  options: WorkbenchOptions & { readonly changeId?: string; readonly limit?: number } = {},
): Promise<readonly ShownAuditRecord[]> {
  await using bench = await openWorkbench(workspace, options);
  const { records } = bench;
  const { changeId, limit } = options;
  const found = await records.audit({
    ...(limit !== undefined && { limit }),
    ...(changeId !== undefined && { changeId: (await records.get(changeId)).id }),
  });
  const diffs = new Map<string, string>();
  const shown: ShownAuditRecord[] = [];
  for (const record of found) {
    const { text } = record.data;
    if (typeof text === 'string' && !diffs.has(text)) diffs.set(text, (await records.text(text)).diff);
    const diff = typeof text === 'string' ? diffs.get(text) : undefined;
    shown.push({ ...record, ...(diff !== undefined && { diff }) });
  }
  return shown;
}

/**
 * Checks the chain of the audit, and that against the marks in the history of the configurations.
 * @throws `NW_AUDIT_BROKEN`
 */
export async function verifyAudit(
  workspace: Workspace,
): Promise<{ readonly records: number; readonly anchors: number; readonly head: AuditAnchor | undefined }> {
  await using bench = await openWorkbench(workspace);
  // Makes the repository where there is none yet.
  await workspace.configurations();
  const messages = await commitMessages(workspace.path(workspace.settings.configurations), auditMarkBegin);
  const anchors = messages.flatMap(auditMarks);
  return { ...(await bench.records.verifyAudit(anchors)), anchors: anchors.length };
}
