import { NetwrightError } from '#core';
import type { ChangeDeviceRecord, ChangeRecord, ChangeState } from '#store';
import type { Workspace } from '#workspace';
import type { ApplyOptions } from './apply.ts';
import type { ChangeManner } from './change-device.ts';
import { readChecks } from './checks/prove.ts';
import { planHash } from './plan-hash.ts';
import type { Workbench } from './workbench.ts';

/** From these a device may be begun: what was left out, and what is as it was before. */
export const beginnable = ['planned', 'not applied', 'rolled back'] as const satisfies readonly ChangeState[];

/** How the change is made, of the options and the settings. @throws `NW_USAGE` */
export async function mannerOf({ settings }: Workspace, options: ApplyOptions): Promise<ChangeManner> {
  const { guardMs, checkMs, returnMs } = settings.change;
  return {
    checks: await readChecks(options.expect, options.pings, options.checkMs ?? checkMs),
    confirmMs: options.confirmMs ?? Math.max(guardMs, (options.checkMs ?? 0) * 2),
    isLeftPending: options.confirmMs !== undefined,
    save: options.save !== false,
    patienceMs: returnMs,
    ...(options.comment !== undefined && { comment: options.comment }),
  };
}

/** @throws `NW_CHANGE_STATE` when the plan was not finished, or is not the one that was made */
export async function soundPlan({ records, vault }: Workbench, id: string): Promise<ChangeRecord> {
  const change = await records.get(id);
  if (change.hash === '')
    throw new NetwrightError('NW_CHANGE_STATE', `the planning of ${change.id} was cut off: plan again`);
  if (planHash(vault, change.id, await records.devices(change.id)) === change.hash) return change;
  throw new NetwrightError('NW_CHANGE_STATE', `change ${change.id} is not what was planned`, {
    hint: 'plan again, and look at `netwright change audit --verify`',
  });
}

/** The devices that are meant and may be begun. @throws `NW_CHANGE_STATE` */
export async function toBegin(
  bench: Workbench,
  change: ChangeRecord,
  select: string | undefined,
): Promise<readonly ChangeDeviceRecord[]> {
  const names = select === undefined ? undefined : new Set(bench.inventory.select(select).map(({ name }) => name));
  const meant = (await bench.records.devices(change.id)).filter(({ device }) => names?.has(device) ?? true);
  const records = meant.filter(({ state }) => beginnable.some((one) => one === state));
  if (records.length > 0) {
    // In the order of the inventory, which is the order that people think in.
    const rank = new Map([...bench.inventory.devices.keys()].map((name, at) => [name, at]));
    return records.sort((a, b) => (rank.get(a.device) ?? 0) - (rank.get(b.device) ?? 0));
  }
  const states = [...new Set(meant.map(({ state }) => state))].join(', ');
  throw new NetwrightError(
    'NW_CHANGE_STATE',
    `change ${change.id}: nothing to apply (${states || 'no device of it is meant'})`,
    {
      hint: `netwright change status ${change.id}`,
    },
  );
}

/** @throws `NW_USAGE` where a reason is wanted and none is given */
export async function noteBeginning(
  bench: Workbench,
  change: ChangeRecord,
  options: ApplyOptions,
  manner: ChangeManner,
  total: number,
): Promise<void> {
  const { redactor, settings } = bench.workspace;
  const comment = options.comment?.trim();
  if (settings.change.comment === 'required' && !comment && !change.comment) {
    throw new NetwrightError('NW_USAGE', 'this workspace wants to know why: add --comment "<reason>"');
  }
  const how = {
    ...{
      confirmMs: manner.confirmMs,
      isLeftPending: manner.isLeftPending,
      save: manner.save,
      backup: options.backup !== false,
    },
    ...(options.serial && { serial: options.serial }),
    ...(options.expect && { expect: options.expect.map((one) => redactor.redact(one)) }),
    ...(options.pings && { pings: options.pings }),
  };
  await bench.records.start(
    change.id,
    { options: how, ...(comment && { comment: redactor.redact(comment) }) },
    {
      ...{ actor: bench.actor, event: 'applying', changeId: change.id },
      data: { ...how, hash: change.hash, total, ...(comment && { comment: redactor.redact(comment) }) },
    },
  );
}
