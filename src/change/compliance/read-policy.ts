import { readFile } from 'node:fs/promises';
import { asNetwrightError, didYouMean, NetwrightError } from '#core';
import { parseSelect } from '#inventory';
import type { Policy, Rule, Severity } from './policy.ts';
import { severities } from './policy.ts';
import { type Path, PolicyFile } from './policy-file.ts';
import { policyKeys, ruleKeys } from './policy-schema.ts';
import { checkKeys, isMapping, readLineCheck, readText, saysSomething } from './read-body.ts';
import { readFactsList } from './read-facts-checks.ts';

export interface ReadPolicyOptions {
  /** Ids and aliases of platforms, so that a misspelt one is found. Default: any name is taken. */
  readonly platforms?: readonly string[];
}

/** Larger than any policy. */
const mostBytes = 4 * 1024 * 1024;

/**
 * Reads a policy file, or a validation file of NAPALM.
 * @throws NetwrightError `NW_POLICY_INVALID` with every mistake and its line; `NW_USAGE` when there is no such file
 */
export async function loadPolicy(
  path: string,
  options: ReadPolicyOptions & { shownAs?: string } = {},
): Promise<Policy> {
  const file = options.shownAs ?? path;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new NetwrightError('NW_USAGE', `${file} cannot be read: ${asNetwrightError(error).message}`, {
      cause: error,
    });
  });
  if (bytes.length > mostBytes)
    throw new NetwrightError('NW_POLICY_INVALID', `${file}: expected at most ${mostBytes} bytes, got ${bytes.length}`);
  return readPolicy(bytes.toString('utf8'), file, options);
}

/** As {@link loadPolicy}, of a text. `file` is for messages. */
export function readPolicy(text: string, file: string, options: ReadPolicyOptions = {}): Policy {
  const source = new PolicyFile(file, text);
  const { data } = source;
  if (Array.isArray(data)) return napalmPolicy(source);
  if (!isMapping(data)) {
    source.mistake([], 'expected a mapping with "rules", or the list of a NAPALM validation file');
    source.finish();
    return { file, title: undefined, rules: [] };
  }
  checkKeys(source, [], data, policyKeys);
  const title = readText(source, ['title'], data['title']);
  const list = data['rules'];
  const rules: Rule[] = [];
  if (!Array.isArray(list) || list.length === 0) source.mistake(['rules'], '"rules": expected a list of rules');
  else for (const [at, one] of list.entries()) rules.push(...readRule(source, ['rules', at], one, options));
  checkIds(source, rules);
  source.finish();
  return { file, title, rules };
}

/** One rule an entry, so that the report has a line for each. */
function napalmPolicy(source: PolicyFile): Policy {
  const used = new Map<string, number>();
  const rules = readFactsList(source, [], source.data).map((check): Rule => {
    const count = (used.get(check.name) ?? 0) + 1;
    used.set(check.name, count);
    const id = count === 1 ? check.name : `${check.name} ${count}`;
    const { line } = check;
    return {
      id,
      title: id,
      severity: 'medium',
      select: undefined,
      line,
      lines: undefined,
      variants: [],
      facts: [check],
    };
  });
  source.finish();
  return { file: source.file, title: undefined, rules };
}

function readRule(source: PolicyFile, path: Path, data: unknown, options: ReadPolicyOptions): Rule[] {
  if (!isMapping(data)) {
    source.mistake(path, 'expected a rule: a mapping with "id" and what is required or forbidden');
    return [];
  }
  checkKeys(source, path, data, ruleKeys);
  const id = readText(source, [...path, 'id'], data['id']);
  if (data['id'] === undefined) source.mistake(path, '"id" is missing: a short name, one of a kind');
  const where = id === undefined ? 'the rule' : `rule "${id}"`;
  const lines = readLineCheck(source, path, data);
  const variants = readVariants(source, [...path, 'platforms'], data['platforms'], options);
  const facts = data['facts'] === undefined ? [] : readFactsList(source, [...path, 'facts'], data['facts']);
  const says = saysSomething(lines) || variants.length > 0 || facts.length > 0;
  if (!says && !['required', 'forbidden', 'ordered', 'platforms', 'facts'].some((key) => key in data))
    source.mistake(path, `${where} says nothing: expected "required", "forbidden", "ordered", "platforms" or "facts"`);
  const select = readText(source, [...path, 'for'], data['for']);
  if (select !== undefined) checkSelect(source, [...path, 'for'], select);
  return [
    {
      id: id ?? '',
      title: readText(source, [...path, 'title'], data['title']) ?? id ?? '',
      severity: readSeverity(source, [...path, 'severity'], data['severity']),
      select,
      line: source.lineOf(path),
      lines: saysSomething(lines) ? lines : undefined,
      variants,
      facts,
    },
  ];
}

function readVariants(
  source: PolicyFile,
  path: Path,
  data: unknown,
  { platforms }: ReadPolicyOptions,
): Rule['variants'] {
  if (data === undefined) return [];
  if (!isMapping(data)) {
    source.mistake(path, '"platforms": expected platform ids with what is required or forbidden there');
    return [];
  }
  const variants: (readonly [string, NonNullable<Rule['lines']>])[] = [];
  for (const [platform, value] of Object.entries(data)) {
    const here = [...path, platform];
    if (platforms !== undefined && !/[*?]/.test(platform) && !platforms.includes(platform))
      source.mistake(here, `there is no platform "${platform}".${didYouMean(platform, platforms)}`, true);
    if (!isMapping(value)) {
      source.mistake(here, `"${platform}": expected what is required or forbidden there`);
      continue;
    }
    const lines = readLineCheck(source, here, value, true);
    variants.push([platform, lines]);
  }
  return variants;
}

function readSeverity(source: PolicyFile, path: Path, value: unknown): Severity {
  if (value === undefined) return 'medium';
  const found = severities.find((one) => one === value);
  if (found !== undefined) return found;
  const near = typeof value === 'string' ? didYouMean(value, severities) : '';
  source.mistake(path, `"severity": expected ${severities.join(', ')}, got ${JSON.stringify(value)}.${near}`);
  return 'medium';
}

function checkSelect(source: PolicyFile, path: Path, expression: string): void {
  try {
    parseSelect(expression);
  } catch (error) {
    source.mistake(path, `"for": ${asNetwrightError(error).message}`);
  }
}

function checkIds(source: PolicyFile, rules: readonly Rule[]): void {
  const first = new Map<string, number>();
  for (const [at, { id, line }] of rules.entries()) {
    const before = first.get(id);
    if (before === undefined) first.set(id, line);
    else if (id !== '') source.mistake(['rules', at, 'id'], `the id "${id}" stands in line ${before} already`);
  }
}
