import type { Workspace } from '#workspace';
import type { ApplyOptions, ApplyRun } from './apply.ts';
import { applyChange } from './apply-change.ts';
import { confirmChange, type DecideOptions, type Decision, type RollbackOptions, rollBackChange } from './decide.ts';
import { type ChangeStatus, changeStatus, listChanges, showChange, verifyAudit } from './look.ts';
import type { PlanRequest, PlanRun } from './plan.ts';
import { planChange } from './plan-change.ts';

/** What can be done with changes, on one workspace. */
export interface ChangeDoor {
  /** Nothing is sent to a device but what reads. */
  plan(request: PlanRequest): PlanRun;
  apply(id: string, options?: ApplyOptions): ApplyRun;
  confirm(id: string, options?: DecideOptions): Decision;
  rollback(id: string, options?: RollbackOptions): Decision;
  /** What every device is at; finishes what is due first. */
  status(id: string): Promise<ChangeStatus>;
  show(id: string): ReturnType<typeof showChange>;
  list(options?: { readonly limit?: number; readonly device?: string }): ReturnType<typeof listChanges>;
  verifyAudit(): ReturnType<typeof verifyAudit>;
}

export function changeDoor(workspace: Workspace): ChangeDoor {
  return {
    plan: (request) => planChange(workspace, request),
    apply: (id, options) => applyChange(workspace, id, options),
    confirm: (id, options) => confirmChange(workspace, id, options),
    rollback: (id, options) => rollBackChange(workspace, id, options),
    status: async (id) => await changeStatus(workspace, id),
    show: async (id) => await showChange(workspace, id),
    list: async (options) => await listChanges(workspace, options),
    verifyAudit: async () => await verifyAudit(workspace),
  };
}
