import { OutcomeQueue } from '#backup';
import type { Workspace } from '#workspace';
import { loadRooms } from '../load-rooms.ts';
import type { ComplianceReport, ComplianceRequest, ComplianceRun, DeviceCheck } from './compliance.ts';
import type { Policy } from './policy.ts';
import type { ReadPolicyOptions } from './read-policy.ts';

// The trees of configurations, the templates and the getters come along only where a policy is read or checked.

/**
 * Reads a policy file, or a validation file of NAPALM.
 * @throws NetwrightError `NW_POLICY_INVALID` with every mistake and its line; `NW_USAGE` when there is no such file
 */
export async function loadPolicy(
  path: string,
  options?: ReadPolicyOptions & { readonly shownAs?: string },
): Promise<Policy> {
  await loadRooms('parse', 'facts');
  return await (await import('./read-policy.ts')).loadPolicy(path, options);
}

/** As {@link loadPolicy}, of a text. `file` is for messages. @throws NetwrightError `NW_POLICY_INVALID` */
export async function readPolicy(text: string, file: string, options?: ReadPolicyOptions): Promise<Policy> {
  await loadRooms('parse', 'facts');
  return (await import('./read-policy.ts')).readPolicy(text, file, options);
}

/**
 * Holds devices against a policy: their stored configurations, and with `facts` what they answer now. Without `facts`
 * no device is touched.
 *
 * @throws NetwrightError (from the report) `NW_SELECT_INVALID`, `NW_SELECT_EMPTY`, `NW_USAGE`, `NW_TEMPLATE_INVALID`,
 * `NW_CANCELLED`
 */
export function checkCompliance(workspace: Workspace, request: ComplianceRequest): ComplianceRun {
  const outcomes = new OutcomeQueue<DeviceCheck>();
  const check = async (): Promise<ComplianceReport> => {
    await loadRooms('parse', 'facts');
    return await (await import('./check-compliance.ts')).checkDevices(workspace, request, outcomes);
  };
  const report = check();
  report.then(
    () => outcomes.end(),
    (error: unknown) => outcomes.fail(error),
  );
  return { report, [Symbol.asyncIterator]: () => outcomes.read() };
}
