import { setImmediate as rest } from 'node:timers/promises';
import type { OutcomeQueue } from '#backup';
import { abortError, asNetwrightError, decodeText, NetwrightError } from '#core';
import type { Device } from '#inventory';
import { parseConfig } from '#parse';
import type { Platform, PlatformRegistry } from '#platforms';
import type { ConfigurationStore, Version } from '#store';
import type { Workspace } from '#workspace';
import {
  type ComplianceReport,
  type ComplianceRequest,
  type Counts,
  type DeviceCheck,
  type Finding,
  type FindingState,
  worstOf,
} from './compliance.ts';
import {
  DeviceRules,
  dialectFor,
  findingOf,
  linesFor,
  type ReadyRule,
  skippedFinding,
  unknownFinding,
} from './device-rules.ts';
import type { Policy, Rule } from './policy.ts';
import { remedyOf } from './remedy.ts';

/** Other work has its turn after so long. */
const turnMs = 10;
/** Configurations that are read ahead of the one that is judged. */
const readAhead = 8;

const noCounts = (): Record<FindingState, number> => ({ pass: 0, fail: 0, unknown: 0, skipped: 0 });

/** The pipeline: select, ask for facts where wanted, read what is stored, judge it, compute what mends it. Devices come as they are judged. */
export async function checkDevices(
  workspace: Workspace,
  request: ComplianceRequest,
  outcomes: Pick<OutcomeQueue<DeviceCheck>, 'add'>,
): Promise<ComplianceReport> {
  const startedMs = performance.now();
  const { policy, signal } = request;
  const [inventory, platforms, store] = await Promise.all([
    workspace.inventory(),
    workspace.platforms(),
    workspace.configurations(),
  ]);
  const rules = new DeviceRules(workspace, policy, platforms);
  const devices = inventory.select(request.select);
  const byFacts = await factFindings(workspace, request, rules, devices);
  const sums = new Map(policy.rules.map(({ id }) => [id, noCounts()]));
  const byDevice = noCounts();
  const texts: Record<string, string> = {};
  const left: { device: string; rule: string; reason: string }[] = [];
  let total = 0;
  let lastRestMs = performance.now();
  const stored = devices.map((device) => () => readStored(store, device, request.atMs));
  for await (const [at, found] of ahead(stored, readAhead)) {
    if (signal?.aborted) throw abortError(signal);
    const device = devices[at]!;
    const platform = await platformOf(workspace, device, platforms);
    const judged = await judgeDevice(rules, device, platform, found, request);
    const findings = inOrder(policy, [...judged.findings, ...(byFacts.get(device.name) ?? [])]);
    request.onChecked?.(at + 1, devices.length);
    if (judged.lines.length > 0) texts[device.name] = judged.lines.join('\n');
    left.push(...judged.left.map((one) => ({ device: device.name, ...one })));
    if (findings.length > 0) {
      const state = worstOf(findings);
      total += 1;
      byDevice[state] += 1;
      for (const finding of findings) sums.get(finding.rule)![finding.state] += 1;
      const version = 'version' in found ? found.version : undefined;
      outcomes.add({
        ...{ device: device.name, platform: platform?.id ?? device.platform, state, findings },
        ...(version !== undefined && { configuration: { commit: version.commit, atMs: version.atMs } }),
      });
    }
    if (performance.now() - lastRestMs > turnMs) {
      await rest();
      lastRestMs = performance.now();
    }
  }
  return {
    ...{ policy: policy.file, durationMs: performance.now() - startedMs, devices: { ...byDevice, total } },
    ...(policy.title !== undefined && { title: policy.title }),
    rules: policy.rules.map(({ id, title, severity }) => ({ ...{ id, title, severity }, ...(sums.get(id) as Counts) })),
    ...(request.remediate && { remediation: { texts, left } }),
  };
}

type Stored = { readonly version: Version; readonly text: string } | { readonly error: NetwrightError };

async function readStored(store: ConfigurationStore, { name }: Device, atMs: number | undefined): Promise<Stored> {
  try {
    const version = atMs === undefined ? await store.latest(name) : await store.at(name, atMs);
    if (version !== undefined) return { version, text: decodeText(await store.read(version)) };
    const when = atMs === undefined ? 'yet' : `by ${new Date(atMs).toISOString()}`;
    const hint = `netwright backup -s ${name}`;
    return { error: new NetwrightError('NW_VERSION_NOT_FOUND', `no configuration was stored ${when}`, { hint }) };
  } catch (error) {
    return { error: asNetwrightError(error) };
  }
}

/** Results in order, some of them begun before they are asked for. */
async function* ahead<T>(
  tasks: readonly (() => Promise<T>)[],
  most: number,
): AsyncGenerator<readonly [at: number, result: T]> {
  const begun: Promise<T>[] = [];
  for (let at = 0; at < tasks.length; at += 1) {
    while (begun.length < most && at + begun.length < tasks.length) begun.push(tasks[at + begun.length]!());
    yield [at, await begun.shift()!];
  }
}

/** Of a device that is to be detected, what was detected last. */
async function platformOf(
  workspace: Workspace,
  device: Device,
  platforms: PlatformRegistry,
): Promise<Platform | undefined> {
  const { platform, address, port } = device;
  const id = platform === 'auto' ? (await workspace.memory()).get('platform', `${address} ${port}`) : platform;
  if (id === undefined || platforms.resolve(id) === undefined) return undefined;
  return await platforms.get(id);
}

interface JudgedLines {
  readonly findings: readonly Finding[];
  readonly lines: readonly string[];
  readonly left: readonly { readonly rule: string; readonly reason: string }[];
}

async function judgeDevice(
  rules: DeviceRules,
  device: Device,
  platform: Platform | undefined,
  stored: Stored,
  { remediate }: ComplianceRequest,
): Promise<JudgedLines> {
  const unknown = (meant: readonly Rule[], error: NetwrightError): JudgedLines => ({
    ...{ findings: meant.map((rule) => unknownFinding(rule, error)), lines: [], left: [] },
  });
  if (platform === undefined) {
    const meant = rules.for(device).filter(({ lines, variants }) => lines !== undefined || variants.length > 0);
    const hint = `netwright backup -s ${device.name}, or name its platform in the inventory`;
    return unknown(
      meant,
      new NetwrightError('NW_PLATFORM_NOT_DETECTED', 'its platform was not detected yet', { hint }),
    );
  }
  const meant = rules.for(device).filter((rule) => linesFor(rule, platform.id) !== undefined);
  if ('error' in stored) return unknown(meant, stored.error);
  if (meant.length === 0) return { findings: [], lines: [], left: [] };
  const dialect = dialectFor(platform);
  let ready: readonly ReadyRule[];
  let tree: ReturnType<typeof parseConfig>;
  try {
    ready = await rules.ready(device, platform);
    tree = parseConfig(stored.text, dialect, { file: device.name });
  } catch (error) {
    return unknown(meant, asNetwrightError(error));
  }
  const findings = ready.map((one) => findingOf(one, tree, dialect));
  const failing = ready.filter((_, at) => findings[at]!.state === 'fail');
  if (!remediate || failing.length === 0) return { findings, lines: [], left: [] };
  return { findings, ...remedyOf(tree, failing, dialect) };
}

/** Findings of rules about facts: asked, or why not. */
async function factFindings(
  workspace: Workspace,
  request: ComplianceRequest,
  rules: DeviceRules,
  devices: readonly Device[],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const meant = new Map<Device, readonly Rule[]>();
  for (const device of devices) {
    const some = rules.for(device).filter(({ facts }) => facts.length > 0);
    if (some.length > 0) meant.set(device, some);
  }
  if (meant.size === 0) return new Map();
  const { judgeFacts, checkFactsWanted } = await import('./judge-facts.ts');
  if (request.facts) {
    const { signal, timeoutMs, onEvent } = request;
    return await judgeFacts(workspace, meant, {
      ...request.run,
      ...(signal !== undefined && { signal }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(onEvent !== undefined && { onEvent }),
    });
  }
  checkFactsWanted(request.policy.rules, request.policy.file);
  const reason = 'facts need the device: --facts asks it';
  return new Map(
    [...meant].map(([{ name }, some]) => [name, some.map((rule) => skippedFinding(rule, reason))] as const),
  );
}

/** In the order of the policy; a rule about both lines and facts has one finding. */
function inOrder({ rules }: Policy, findings: readonly Finding[]): readonly Finding[] {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return rules.flatMap(({ id }) => {
    const some = byRule.get(id) ?? [];
    const [first, second] = some;
    if (first === undefined || second === undefined) return some;
    const state = worstOf(some);
    const worst = some.find((one) => one.state === state) ?? first;
    const violations = some.flatMap((one) => one.violations);
    return [{ ...worst, violations, count: first.count + second.count }];
  });
}
