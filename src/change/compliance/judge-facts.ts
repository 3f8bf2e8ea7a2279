import { asNetwrightError, NetwrightError } from '#core';
import { type GetterName, getters, readFacts, withSource } from '#facts';
import type { Device } from '#inventory';
import { type Job, type RunOptions, run } from '#runner';
import { runDefaults, type Workspace } from '#workspace';
import { compareFacts, type FactDifference } from './compare-facts.ts';
import type { Finding } from './compliance.ts';
import { findingFrom, skippedFinding, unknownFinding } from './device-rules.ts';
import type { Violation } from './judge-lines.ts';
import type { FactsCheck, Rule } from './policy.ts';

/**
 * Asks devices what rules about facts want to know, over one connection each.
 * @returns findings by device; a device that cannot be reached has unknown ones
 */
export async function judgeFacts(
  workspace: Workspace,
  rulesOf: ReadonlyMap<Device, readonly Rule[]>,
  options: RunOptions,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const findings = new Map<string, readonly Finding[]>();
  const devices = [...rulesOf.keys()];
  if (devices.length === 0) return findings;
  const platforms = await workspace.platforms();
  const rulesByName = new Map([...rulesOf].map(([{ name }, rules]) => [name, rules]));
  const task = async (job: Job): Promise<readonly Finding[]> =>
    await withSource(job, platforms, async (source) => {
      const answers = new Map<string, Promise<unknown>>();
      const answerOf = async ({ getter, args }: FactsCheck & { readonly getter: GetterName }): Promise<unknown> => {
        const question = JSON.stringify([getter, args]);
        const known = answers.get(question) ?? readFacts(getter, source, args as object);
        answers.set(question, known);
        return ((await known) as { value: unknown }).value;
      };
      const found: Finding[] = [];
      for (const rule of rulesByName.get(job.device.name) ?? []) found.push(await judgeRule(rule, answerOf));
      return found;
    });
  const all = { ...runDefaults(workspace.settings), clock: workspace.clock, ...options };
  for await (const outcome of run(devices, task, await workspace.connector(), all)) {
    const { device } = outcome;
    const rules = rulesByName.get(device) ?? [];
    findings.set(device, outcome.ok ? outcome.value : rules.map((rule) => unknownFinding(rule, outcome.error)));
  }
  return findings;
}

async function judgeRule(
  rule: Rule,
  answerOf: (check: FactsCheck & { readonly getter: GetterName }) => Promise<unknown>,
): Promise<Finding> {
  const violations: Violation[] = [];
  let skipped: string | undefined;
  let judged = 0;
  for (const check of rule.facts) {
    const { getter, name } = check;
    if (getter === undefined) {
      skipped ??= `"${name}" is no getter: it is not asked`;
      continue;
    }
    try {
      const differences = compareFacts(check.expected, await answerOf({ ...check, getter }));
      violations.push(...differences.map((difference) => violationOf(name, getter, difference)));
      judged += 1;
    } catch (thrown) {
      const error = asNetwrightError(thrown);
      if (error.code !== 'NW_NOT_SUPPORTED') {
        // A lost connection is the runner's to try again; an answer that cannot be read is this rule's.
        if (error.retryable) throw error;
        return unknownFinding(rule, error);
      }
      skipped ??= error.message;
    }
  }
  if (judged === 0 && skipped !== undefined) return skippedFinding(rule, skipped);
  return findingFrom(rule, violations);
}

/** As text; of getters that know secrets, without values. */
function violationOf(name: string, getter: GetterName, { path, kind, expected, found }: FactDifference): Violation {
  const isSecret = getter === 'get_config' || 'secrets' in getters[getter];
  const show = (value: unknown): string => (isSecret ? '(not shown)' : shown(value));
  const where = isSecret ? name : [name, ...path].join('.');
  return {
    kind: 'fact',
    section: [where],
    ...(kind !== 'extra' && { expected: show(expected) }),
    ...(kind === 'extra' && { expected: 'nothing' }),
    ...(kind !== 'missing' && { found: show(found) }),
  };
}

const longest = 200;
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** @throws NetwrightError `NW_USAGE` for a policy of facts alone, when no device is to be asked */
export function checkFactsWanted(rules: readonly Rule[], file: string): void {
  if (rules.some(({ lines, variants }) => lines !== undefined || variants.length > 0)) return;
  throw new NetwrightError('NW_USAGE', `${file}: all of its rules are about facts, and facts need devices`, {
    hint: `netwright check ${file} --facts asks them`,
  });
}
