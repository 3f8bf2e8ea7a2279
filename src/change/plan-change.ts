import { OutcomeQueue } from '#backup';
import { asNetwrightError, NetwrightError, type Outcome } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import { type Job, type RunOptions, run } from '#runner';
import type { ChangeDeviceRecord, PlannedDevice } from '#store';
import { runDefaults, type Workspace } from '#workspace';
import { newChangeId } from './change-id.ts';
import type { Candidate, Driver, Intent } from './driver.ts';
import { fingerprint } from './fingerprint.ts';
import type { IntentSource, Intents } from './intent/intent-source.ts';
import { hasMarks, withSecretsOf } from './intent/known-marks.ts';
import { openIntents } from './intent/open-intents.ts';
import { withoutRemarks } from './intent/remarks.ts';
import { isXml } from './intent/xml.ts';
import { openNetconfLine } from './netconf-line.ts';
import type { PlannedChange, PlanReport, PlanRequest, PlanRun } from './plan.ts';
import { planHash } from './plan-hash.ts';
import { scrubberOf } from './scrub.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/**
 * Plans a change: nothing is sent to a device but what reads. The plan is made at once, whether or not somebody
 * reads the outcomes.
 *
 * @throws NetwrightError (from the report) `NW_SELECT_INVALID`, `NW_SELECT_EMPTY`, `NW_USAGE`, `NW_TEMPLATE_INVALID`
 */
export function planChange(workspace: Workspace, request: PlanRequest): PlanRun {
  const outcomes = new OutcomeQueue<Outcome<PlannedChange>>();
  const report = makePlan(workspace, request, outcomes);
  report.then(
    () => outcomes.end(),
    (error: unknown) => outcomes.fail(error),
  );
  return { report, [Symbol.asyncIterator]: () => outcomes.read() };
}

/** Devices that are written to the database together: what a plan holds in memory at most. */
const writtenTogether = 200;

/** Plans that nobody applied within so long are of configurations that are long gone. */
const keptMs = 30 * 24 * 3_600_000;

/** A device's plan on its two ways: to whoever reads, and into the records. */
interface Prepared {
  readonly shown: PlannedChange;
  readonly kept: PlannedDevice;
}

/** The pipeline: select, read what is wanted, ask each device what it would be, scrub, seal, save. */
async function makePlan(
  workspace: Workspace,
  request: PlanRequest,
  outcomes: OutcomeQueue<Outcome<PlannedChange>>,
): Promise<PlanReport> {
  const { clock } = workspace;
  await using bench = await openWorkbench(workspace, request);
  const secret = async (name: string, part: 'password' | 'enable' | 'privateKey' | 'passphrase') =>
    (await workspace.credentials.login(name))[part];
  const intents = await openIntents(request.intent, { secret });
  const devices = await devicesOf(bench, request, intents);
  const createdAtMs = clock.now();
  const id = newChangeId(createdAtMs);
  await bench.records.add({
    ...{ id, hash: '', createdAtMs, author: bench.actor, intent: workspace.redactor.redact(intents.description) },
    ...(request.comment === undefined ? {} : { comment: workspace.redactor.redact(request.comment) }),
    ...(request.select === undefined ? {} : { selection: request.select }),
  });
  const counts = { planned: 0, same: 0, failed: 0 };
  let waiting: PlannedDevice[] = [];
  const open = new Map(
    (await bench.records.open()).map(({ device, changeId, state }) => [device, { changeId, state }]),
  );
  const task = (job: Job): Promise<Prepared> => prepareDevice(job, bench, intents, open.get(job.device.name));
  for await (const outcome of run(devices, task, bench.connector, runOptionsOf(workspace, request))) {
    const { kept, shown } = settled(outcome, bench);
    counts[kept.state === 'unplanned' ? 'failed' : kept.state] += 1;
    waiting.push(kept);
    if (waiting.length >= writtenTogether) await bench.records.addDevices(id, waiting.splice(0));
    outcomes.add(shown);
  }
  await bench.records.addDevices(id, waiting);
  waiting = [];
  const hash = planHash(bench.vault, id, await bench.records.devices(id));
  const intent = workspace.redactor.redact(intents.description);
  const data = { intent, hash, ...counts, ...(request.select !== undefined && { select: request.select }) };
  await bench.records.finish(id, hash, { actor: bench.actor, event: 'planned', changeId: id, data });
  await bench.records.prune(createdAtMs - keptMs);
  const strangers = intents.strangers?.(bench.inventory.select()) ?? [];
  return { id, hash, createdAtMs, intent, strangers, total: devices.length, ...counts };
}

/** Where each device has a text of its own, those without one are not meant unless they were named. */
async function devicesOf(
  bench: Workbench,
  { select, intent }: { readonly select?: string; readonly intent: IntentSource },
  intents: Intents,
): Promise<readonly Device[]> {
  const selected = bench.inventory.select(select);
  if (select !== undefined || !('folder' in intent || 'texts' in intent)) return selected;
  const meant: Device[] = [];
  for (const device of selected) if ((await intents.of(device)) !== undefined) meant.push(device);
  if (meant.length === 0)
    throw new NetwrightError('NW_USAGE', `${intents.description}: nothing of it is named after a device`);
  return meant;
}

/** One device: what is wanted of it, what it would take to get there, and both as they are shown and as they are kept. */
async function prepareDevice(
  job: Job,
  bench: Workbench,
  intents: Intents,
  open: Pick<ChangeDeviceRecord, 'changeId' | 'state'> | undefined,
): Promise<Prepared> {
  const { device, signal } = job;
  const given = await intents.of(device);
  if (given === undefined) throw new NetwrightError('NW_USAGE', `${device.name}: there is no file for it`);
  await using way = await openWay(job, bench, given);
  const { session, driver } = way;
  const { platform } = session;
  const intent = await withoutMarks(given, way, bench, signal);
  const candidate: Candidate = await driver.prepare(session, intent, { signal });
  const scrub = scrubberOf(platform, [candidate.baseText, intent.text], bench.workspace.redactor);
  const { missing, ...capability } = candidate.capability;
  const shown: PlannedChange = {
    state: candidate.diff === '' ? 'same' : 'planned',
    platform: platform.id,
    promise: { driver: driver.name, ...capability, missing: missing.map(scrub) },
    text: {
      diff: scrub(candidate.diff),
      commands: candidate.commands.map(scrub),
      rollback: candidate.rollback.map(scrub),
      warnings: [...(candidate.warnings ?? []).map(scrub), ...(open === undefined ? [] : [builtOn(open)])],
    },
  };
  const { vault } = bench;
  const content = JSON.stringify(candidate);
  const kept: PlannedDevice = {
    device: device.name,
    ...shown,
    mac: vault.mac('candidate', device.name, content),
    beforeMac: vault.mac('configuration', device.name, fingerprint(candidate.baseText, platform)),
    ...(shown.state === 'planned' && { candidate: await vault.seal(content) }),
  };
  return { shown, kept };
}

/** What is planned against a configuration that may be taken back. */
const builtOn = ({ changeId, state }: Pick<ChangeDeviceRecord, 'changeId' | 'state'>): string =>
  `change ${changeId} is not done with it (${state}): this is planned on top of it, and stale once that is taken back`;

/** What came out of the stored configurations has remarks and marks: the device has the secrets that those stand for. */
async function withoutMarks(
  given: Intent,
  { session, driver }: Way,
  { workspace }: Workbench,
  signal: AbortSignal,
): Promise<Intent> {
  const { intent, skippedLines } = withoutRemarks(given, session.platform);
  if (!hasMarks(intent.text)) return intent;
  const running = await driver.read(session, intent, { signal });
  const scrubKey = await workspace.credentials.scrubKey();
  const { device, platform } = session;
  return withSecretsOf(intent, running, { device, platform, scrubKey, skippedLines });
}

interface Way extends AsyncDisposable {
  readonly session: Session;
  readonly driver: Driver;
}

/** The session that the driver of the device wants; one of the command line is the job's to close. */
async function openWay(job: Job, bench: Workbench, intent: Intent): Promise<Way> {
  const { device, signal } = job;
  if (device.platform !== 'auto' && device.api !== undefined) {
    const platform = await (await bench.workspace.platforms()).get(device.platform);
    const driver = await bench.driverFor(platform, device, { isXml: isXml(intent.text) });
    if (driver.link === 'netconf') {
      const session = await openNetconfLine(bench.connector, device, platform, signal);
      return { session, driver, [Symbol.asyncDispose]: async () => await session.close() };
    }
  }
  const session = await job.connect();
  return {
    ...{ session, driver: await bench.driverFor(session.platform, device) },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function settled(
  outcome: Outcome<Prepared>,
  bench: Workbench,
): { readonly kept: PlannedDevice; readonly shown: Outcome<PlannedChange> } {
  if (outcome.ok) {
    const { value, ...rest } = outcome;
    return { kept: value.kept, shown: { ...rest, value: value.shown } };
  }
  const { code, message } = asNetwrightError(outcome.error);
  const error = { code, message: bench.workspace.redactor.redact(message) };
  const { platform } = bench.inventory.get(outcome.device);
  return { kept: { device: outcome.device, platform, state: 'unplanned', error }, shown: outcome };
}

/** What of the request is for the runner. */
function runOptionsOf(workspace: Workspace, request: PlanRequest): RunOptions {
  const { intent: _intent, select: _select, comment: _comment, actor: _actor, drivers: _drivers, ...options } = request;
  return { ...runDefaults(workspace.settings), clock: workspace.clock, ...options };
}
