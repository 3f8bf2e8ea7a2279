import type { CallOptions, NetwrightErrorCode } from '#core';
import type { RunEvent, RunOptions } from '#runner';
import type { Violation } from './judge-lines.ts';
import type { Policy, Severity } from './policy.ts';

/**
 * `pass` and `fail` were judged. `unknown`: it could not be, which is no pass. `skipped`: it was not asked for, or
 * the system has no such thing.
 */
export const findingStates = ['pass', 'fail', 'unknown', 'skipped'] as const;
export type FindingState = (typeof findingStates)[number];

/** What a rule found on a device. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly state: FindingState;
  /** Why it could not be judged, or was not asked. */
  readonly reason?: string;
  readonly code?: NetwrightErrorCode;
  /** The first ones, in the order of the rule. */
  readonly violations: readonly Violation[];
  /** All of them. */
  readonly count: number;
}

/** All rules that are for a device, on it. */
export interface DeviceCheck {
  readonly device: string;
  readonly platform: string;
  /** The worst of the findings: `fail`, then `unknown`. */
  readonly state: FindingState;
  /** Which configuration was looked at; absent when none is stored. */
  readonly configuration?: { readonly commit: string; readonly atMs: number };
  readonly findings: readonly Finding[];
}

export type Counts = Readonly<Record<FindingState, number>>;

export interface RuleSummary extends Counts {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
}

export interface ComplianceReport {
  readonly policy: string;
  readonly title?: string;
  readonly durationMs: number;
  /** By the worst finding of each. */
  readonly devices: Counts & { readonly total: number };
  readonly rules: readonly RuleSummary[];
  /** Lines that would mend what can be mended by lines; present when asked for. */
  readonly remediation?: Remediation;
}

/** What it takes to make devices comply: texts for `planChange`. */
export interface Remediation {
  readonly texts: Readonly<Record<string, string>>;
  /** What lines of ours cannot mend, and why. */
  readonly left: readonly { readonly device: string; readonly rule: string; readonly reason: string }[];
}

export interface ComplianceRequest extends CallOptions {
  readonly policy: Policy;
  /** Which devices; default all. */
  readonly select?: string;
  /** The configurations of that time. Default the newest. */
  readonly atMs?: number;
  /** Ask devices too, for rules about facts. Default false: nothing is opened, such rules are skipped. */
  readonly facts?: boolean;
  readonly run?: RunOptions;
  /** Compute the lines that would mend what fails. */
  readonly remediate?: boolean;
  /** How devices that are asked for facts do, and then how the configurations do. */
  readonly onEvent?: (event: RunEvent) => void;
  readonly onChecked?: (done: number, total: number) => void;
}

/** A check under way: iterate for the devices as they come, await `report` for the sums. */
export interface ComplianceRun extends AsyncIterable<DeviceCheck> {
  readonly report: Promise<ComplianceReport>;
}

export function worstOf(findings: readonly Pick<Finding, 'state'>[]): FindingState {
  const states = new Set(findings.map(({ state }) => state));
  if (states.has('fail')) return 'fail';
  if (states.has('unknown')) return 'unknown';
  return states.has('pass') ? 'pass' : 'skipped';
}
