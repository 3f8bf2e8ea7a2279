import { randomBytes } from 'node:crypto';
import { asNetwrightError, NetwrightError, type Outcome, Redactor } from '#core';
import type { Device } from '#inventory';
import { type Job, type RunOptions, run } from '#runner';
import { type Lock, lockWorkspace, type RunWriter } from '#store';
import { turnBudget } from '#transport';
import type { Workspace } from '#workspace';
import { assemble } from './assemble.ts';
import type { BackupOptions, BackupReport, BackupResult, BackupRun } from './backup.ts';
import { ByteMemory } from './byte-memory.ts';
import { collect } from './collect.ts';
import { devicePath } from './device-path.ts';
import { guardComplete, guardShrunk } from './guard.ts';
import { Hooks } from './hooks.ts';
import { type Collected, type Keepers, keepCollected, keepFailure } from './keep-outcome.ts';
import { OutcomeQueue } from './outcome-queue.ts';
import { outputFingerprint, repeatsItself } from './output-fingerprint.ts';
import { pushCommit } from './push-commit.ts';
import { retireOthers } from './retire-others.ts';
import { RunLedger } from './run-ledger.ts';
import { holdsLogin, markOf, scrubbedPieces, withoutVolatile } from './scrub.ts';
import { plainFolderOf, quarantineOf, sealedStoreOf } from './workspace-stores.ts';

/** Configurations that are sealed and stored at the same time, while others are still collected. */
const keptAtOnce = 8;
/** About what guard and scrub, sealing and storing take of the event loop: a crowd that ends together takes turns. */
const judgingMsPerByte = 5e-6;
const keepingMsPerByte = 1e-5;

/**
 * Backs devices up. The run begins at once, whether or not somebody reads the outcomes, and goes on when the reader
 * leaves the loop; `options.signal` ends it, and what was collected by then is stored.
 */
export function startBackup(workspace: Workspace, options: BackupOptions = {}): BackupRun {
  const outcomes = new OutcomeQueue<Outcome<BackupResult>>();
  const report = backUp(workspace, options, outcomes);
  report.then(
    () => outcomes.end(),
    (error: unknown) => outcomes.fail(error),
  );
  return { report, [Symbol.asyncIterator]: () => outcomes.read() };
}

/** The pipeline, top to bottom: select, collect, guard, scrub, seal and store, index, report. */
async function backUp(
  workspace: Workspace,
  options: BackupOptions,
  outcomes: OutcomeQueue<Outcome<BackupResult>>,
): Promise<BackupReport> {
  const { clock, settings } = workspace;
  await using lock = await lockOf(workspace, options);
  const startedAtMs = clock.now();
  const [inventory, connector, store, scrubKey] = await Promise.all([
    workspace.inventory(),
    workspace.connector(),
    workspace.configurations(),
    workspace.credentials.scrubKey(),
  ]);
  const selected = inventory.select(options.select);
  const devices = selected.filter(({ backup }) => backup !== false);
  if (devices.length === 0 && selected.length > 0) {
    throw new NetwrightError(
      'NW_SELECT_EMPTY',
      `all of ${selected.map(({ name }) => name).join(', ')} have \`backup: false\``,
    );
  }
  const runInfo = {
    id: runIdOf(startedAtMs),
    startedAtMs,
    author: options.author ?? settings.backup.author,
    reason: options.reason ?? 'scheduled',
    commitPer: options.commitPer ?? settings.backup.commit,
  };
  const writer = await store.startRun(runInfo);
  // A store that takes no more ends the run: what devices still say could not be kept.
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const refused = new Map<string, readonly string[]>();
  const hooks = new Hooks(workspace);
  const ledger = new RunLedger(workspace, store, hooks, runInfo);
  try {
    await ledger.start(devices.length);
    const keepers = keepersOf(workspace, writer, ledger);
    const task = (job: Job): Promise<Collected> =>
      fetchConfiguration(job, workspace, keepers, scrubKey, options, refused);
    const keep = async (outcome: Outcome<Collected>): Promise<void> => {
      if (outcome.ok) await turnBudget.room(keepingMsOf(outcome.value));
      const kept = outcome.ok
        ? await keepCollected(outcome, keepers)
        : await keepFailure(outcome, refused.get(outcome.device), keepers);
      refused.delete(outcome.device);
      if (kept.error?.code === 'NW_STORE_FULL') stop.abort(kept.error);
      await ledger.add(inventory.get(kept.device), kept);
      outcomes.add(kept);
    };
    const keeping = new Set<Promise<void>>();
    for await (const outcome of run(devices, task, connector, { ...runOptionsOf(options), signal })) {
      const kept = keep(outcome)
        .catch((error: unknown) => stop.abort(asNetwrightError(error)))
        .finally(() => keeping.delete(kept));
      keeping.add(kept);
      if (keeping.size >= keptAtOnce) await Promise.race(keeping);
    }
    await Promise.all(keeping);
    if (stop.signal.aborted) throw stop.signal.reason;
    if (options.select === undefined && !signal.aborted)
      await retireOthers(store, writer, inventory.devices, ledger, keepers, options.retire === true);
    const commit = await writer.commit();
    await store.maintain().catch((error: unknown) => ledger.warn(error));
    await pushCommit(workspace, store, commit, ledger, options.signal);
    // A hook may call Netwright itself.
    lock.release();
    return await ledger.end(commit);
  } catch (error) {
    await writer.abandon();
    await ledger.fail(error);
    throw error;
  }
}

async function lockOf(workspace: Workspace, options: BackupOptions): Promise<Lock> {
  return await lockWorkspace(workspace.path('.netwright', 'lock'), {
    what: `backup ${options.select ?? 'of all devices'}`,
    wait: options.wait,
    signal: options.signal,
    clock: workspace.clock,
    onWait: (holder) => workspace.logger.info({ holder }, 'another run holds the workspace, waiting'),
  });
}

/** `20260130T141503Z-9f3c`: sorts as the time does. */
const runIdOf = (atMs: number): string =>
  `${new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(2).toString('hex')}`;

function keepersOf(workspace: Workspace, writer: RunWriter, ledger: RunLedger): Keepers {
  return {
    writer,
    sealed: workspace.settings.backup.seal ? sealedStoreOf(workspace) : undefined,
    quarantine: quarantineOf(workspace),
    folder: plainFolderOf(workspace),
    memory: new ByteMemory(),
    nowMs: () => workspace.clock.now(),
    redact: (text) => workspace.redactor.redact(text),
    warn: (error) => ledger.warn(error),
  };
}

/** What of the options is for the runner. */
function runOptionsOf(options: BackupOptions): RunOptions {
  const {
    select: _select,
    author: _author,
    reason: _reason,
    commitPer: _per,
    acceptShrunk: _shrunk,
    retire: _retire,
    ...rest
  } = options;
  const { wait: _wait, ...runOptions } = rest;
  return runOptions;
}

/** The part of the pipeline that is done in the job of a device, and again when the runner tries again. */
async function fetchConfiguration(
  job: Job,
  workspace: Workspace,
  { memory, writer }: Keepers,
  scrubKey: Uint8Array,
  options: BackupOptions,
  refused: Map<string, readonly string[]>,
): Promise<Collected> {
  const { device } = job;
  refused.delete(device.name);
  const session = await job.connect();
  const { platform } = session;
  const { backup } = platform;
  const parts = await collect(session, device, job.signal);
  await turnBudget.room(bytesOf(parts.map(({ latin1 }) => latin1)) * judgingMsPerByte);
  const full = assemble(
    parts.map(({ command, latin1 }) => ({ command, pieces: [latin1] })),
    backup.comment,
  );
  try {
    const login = await loginOf(workspace, device);
    const kept = parts.map(({ command, latin1 }) => ({ command, latin1: withoutVolatile(latin1, backup) }));
    // A text that holds the login is another one when the login is.
    const hidden = kept.some(({ latin1 }) => holdsLogin(latin1, login)) ? login : undefined;
    const isPlain = hidden === undefined && repeatsItself(platform);
    const fingerprint = isPlain ? outputFingerprint(device.name, platform, kept, scrubKey, memory) : undefined;
    const scrub = (): readonly string[] => {
      const mark = markOf(device.name, scrubKey);
      const pieces = kept.map(({ command, latin1 }) => ({
        command,
        pieces: scrubbedPieces(latin1, backup, mark, hidden),
      }));
      return assemble(pieces, backup.comment);
    };
    const path = devicePath(workspace.settings.backup.path, device, platform.id);
    const collected = { platform: platform.id, path, full, fingerprint };
    if (fingerprint !== undefined && (await writer.isSame(device.name, fingerprint))) {
      return { ...collected, isSame: true, scrubbed: scrub };
    }
    guardComplete(device.name, platform, parts);
    const scrubbed = scrub();
    const last = options.acceptShrunk ? undefined : await writer.latest(device.name);
    if (last) guardShrunk(device.name, scrubbed, last.sizeBytes, workspace.settings.backup.minimumShare);
    return { ...collected, isSame: false, scrubbed: () => scrubbed };
  } catch (error) {
    const { code } = asNetwrightError(error);
    if (code === 'NW_OUTPUT_INCOMPLETE' || code === 'NW_OUTPUT_SHRUNK') refused.set(device.name, full);
    throw error;
  }
}

const keepingMsOf = ({ isSame, full }: Collected): number => 0.5 + (isSame ? 0 : bytesOf(full) * keepingMsPerByte);

const bytesOf = (pieces: readonly string[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** Hides what the device was logged in to with, should it print that. */
async function loginOf(workspace: Workspace, device: Device): Promise<Redactor | undefined> {
  if (device.credential === undefined) return undefined;
  const { password, enable, passphrase, privateKey } = await workspace.credentials.login(device.credential);
  return new Redactor([password, enable, passphrase, privateKey].filter((secret) => secret !== undefined));
}
