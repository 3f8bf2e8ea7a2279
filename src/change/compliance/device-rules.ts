import { markOf } from '#backup';
import { asNetwrightError, NetwrightError } from '#core';
import { compileSelect, type Device, type DeviceTest, parseSelect, wildcard } from '#inventory';
import { type ConfigTree, type Dialect, dialectOf } from '#parse';
import { applySecrets, type Platform, type PlatformRegistry } from '#platforms';
import type { Workspace } from '#workspace';
import { type CompiledCheck, compileCheck } from './compile-check.ts';
import type { Finding } from './compliance.ts';
import { judgeLines, mostViolations, type Violation } from './judge-lines.ts';
import type { LineCheck, Policy, Rule } from './policy.ts';
import { type PolicyTexts, policyTexts } from './policy-texts.ts';

/** A rule about lines, ready for one device. */
export interface ReadyRule {
  readonly rule: Rule;
  /** Or why it cannot be judged. */
  readonly check: CompiledCheck | NetwrightError;
}

/** The rules of a policy, made ready for one device after the other. */
export class DeviceRules {
  readonly #policy: Policy;
  readonly #tests: ReadonlyMap<Rule, DeviceTest>;
  readonly #texts: PolicyTexts;
  readonly #scrubKey: () => Promise<Uint8Array>;
  /** What is the same for all devices of a platform. */
  readonly #shared = new Map<LineCheck, Map<string, CompiledCheck | NetwrightError | 'by device'>>();

  /** @throws `NW_TEMPLATE_INVALID` */
  constructor(workspace: Workspace, policy: Policy, platforms: Pick<PlatformRegistry, 'resolve'>) {
    this.#policy = policy;
    this.#tests = new Map(
      policy.rules.map((rule) => [
        rule,
        rule.select === undefined ? () => true : compileSelect(parseSelect(rule.select), platforms),
      ]),
    );
    this.#scrubKey = once(async () => await workspace.credentials.scrubKey());
    this.#texts = policyTexts(policy, async (device, credential, part) => {
      const login = await workspace.credentials.login(credential);
      const value = login[part as 'password' | 'enable' | 'privateKey' | 'passphrase'];
      if (value === undefined)
        throw new NetwrightError(
          'NW_CREDENTIAL_MISSING',
          `${policy.file}: the credential "${credential}" has no ${part}`,
        );
      // What is compared is the mark that a backup would have left of it: the value itself goes nowhere.
      return markOf(device.name, await this.#scrubKey())(value.reveal(), {});
    });
  }

  for(device: Device): readonly Rule[] {
    return this.#policy.rules.filter((rule) => this.#tests.get(rule)!(device));
  }

  /** Rules about lines for the device; those that say nothing of its platform are left out. */
  async ready(device: Device, platform: Platform): Promise<readonly ReadyRule[]> {
    const dialect = dialectFor(platform);
    const ready: ReadyRule[] = [];
    const own: (readonly [Rule, LineCheck])[] = [];
    for (const rule of this.for(device)) {
      const lines = linesFor(rule, platform.id);
      if (lines !== undefined) own.push([rule, lines]);
    }
    const texts = once(async () => await this.#texts.of(device));
    for (const [rule, lines] of own) {
      const shared = this.#sharedCheck(lines, platform, dialect);
      if (shared !== 'by device') {
        ready.push({ rule, check: shared });
        continue;
      }
      ready.push({ rule, check: await this.#ownCheck(lines, device, platform, dialect, texts) });
    }
    return ready;
  }

  /** With the variables and the marks of the device. */
  async #ownCheck(
    lines: LineCheck,
    device: Device,
    platform: Platform,
    dialect: Dialect,
    texts: () => Promise<(text: string) => string>,
  ): Promise<CompiledCheck | NetwrightError> {
    try {
      const render = await texts();
      const mark = markOf(device.name, await this.#scrubKey());
      const scrub = (text: string): string => applySecrets(text, platform.backup.secrets, mark);
      return compileCheck(lines, { file: this.#policy.file, dialect, render, scrub });
    } catch (error) {
      return asNetwrightError(error);
    }
  }

  #sharedCheck(lines: LineCheck, platform: Platform, dialect: Dialect): CompiledCheck | NetwrightError | 'by device' {
    const byPlatform = this.#shared.get(lines) ?? new Map<string, CompiledCheck | NetwrightError | 'by device'>();
    this.#shared.set(lines, byPlatform);
    let check = byPlatform.get(platform.id);
    if (check === undefined) {
      let isPlain = true;
      const render = (text: string): string => {
        isPlain &&= this.#texts.isPlain(text);
        return text;
      };
      const scrub = (text: string): string =>
        applySecrets(text, platform.backup.secrets, (secret) => {
          isPlain = false;
          return secret;
        });
      const tried = compiled(lines, { file: this.#policy.file, dialect, render, scrub });
      check = isPlain ? tried : 'by device';
      byPlatform.set(platform.id, check);
    }
    return check;
  }
}

/** Begun when it is first asked for. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return async () => {
    begun ??= work();
    return await begun;
  };
}

/** The notation of a platform; where none is known, lines by their indentation. */
export const dialectFor = (platform: Platform): Dialect => dialectOf(platform.config?.dialect ?? 'plain');

export function linesFor({ lines, variants }: Rule, platform: string): LineCheck | undefined {
  for (const [glob, variant] of variants) if (wildcard(glob)(platform)) return variant;
  return lines;
}

function compiled(...[lines, options]: Parameters<typeof compileCheck>): CompiledCheck | NetwrightError {
  try {
    return compileCheck(lines, options);
  } catch (error) {
    return asNetwrightError(error);
  }
}

/** What a rule finds in a configuration. */
export function findingOf({ rule, check }: ReadyRule, tree: ConfigTree, dialect: Dialect): Finding {
  if (check instanceof NetwrightError) return unknownFinding(rule, check);
  try {
    return findingFrom(rule, judgeLines(tree, check, dialect));
  } catch (error) {
    return unknownFinding(rule, asNetwrightError(error));
  }
}

export function findingFrom({ id: rule, severity }: Rule, all: readonly Violation[]): Finding {
  const state = all.length === 0 ? 'pass' : 'fail';
  return { rule, severity, state, violations: all.slice(0, mostViolations), count: all.length };
}

export const unknownFinding = ({ id: rule, severity }: Rule, { code, message }: NetwrightError): Finding => ({
  ...{ rule, severity, state: 'unknown', reason: message, code, violations: [], count: 0 },
});

export const skippedFinding = ({ id: rule, severity }: Rule, reason: string): Finding => ({
  ...{ rule, severity, state: 'skipped', reason, violations: [], count: 0 },
});
