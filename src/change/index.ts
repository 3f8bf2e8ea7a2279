export type { ApplyEvent, ApplyOptions, ApplyReport, ApplyRun, DeviceChange } from './apply.ts';
export { applyChange } from './apply-change.ts';
export {
  type ComplianceReport,
  type ComplianceRequest,
  type ComplianceRun,
  type DeviceCheck,
  type Finding,
  type FindingState,
  findingStates,
  type Remediation,
  type RuleSummary,
} from './compliance/compliance.ts';
export { checkCompliance, loadPolicy, readPolicy } from './compliance/door.ts';
export type { Violation } from './compliance/judge-lines.ts';
export { type JunitReport, openJunitReport } from './compliance/junit.ts';
export { type Policy, type Rule, type Severity, severities } from './compliance/policy.ts';
export { policyJsonSchema } from './compliance/policy-schema.ts';
export { violationText } from './compliance/violation-text.ts';
export { confirmChange, type DecideOptions, type Decision, type RollbackOptions, rollBackChange } from './decide.ts';
export { type ChangeDoor, changeDoor } from './door.ts';
export type {
  Candidate,
  Capability,
  CommitOptions,
  DeviceState,
  Driver,
  IntendedFile,
  Intent,
  Receipt,
  Refusal,
  RollbackFailure,
  TakeBackOptions,
  Undertaking,
} from './driver.ts';
export { comparable, fingerprint } from './fingerprint.ts';
export { type WatchOptions, watchChanges } from './guard/watch.ts';
export type { IntentSource } from './intent/intent-source.ts';
export {
  type ChangeStatus,
  changeStatus,
  listChanges,
  openChanges,
  readAudit,
  releaseDevice,
  rollbackLines,
  type ShownAuditRecord,
  type ShownDevice,
  showChange,
  verifyAudit,
} from './look.ts';
export type { PlannedChange, PlanReport, PlanRequest, PlanRun } from './plan.ts';
export { planChange } from './plan-change.ts';
export { scrubLines } from './scrub-lines.ts';
export type { WorkbenchOptions } from './workbench.ts';
