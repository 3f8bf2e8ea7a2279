import { asNetwrightError, type NetwrightError, type Outcome } from '#core';
import type { Device } from '#inventory';
import type { ConfigurationStore, DeviceResult, RunInfo } from '#store';
import type { HookEvent, Workspace } from '#workspace';
import type { BackupReport, BackupResult } from './backup.ts';
import type { HookNews } from './hook-event.ts';
import type { Hooks } from './hooks.ts';

/** Records that are written together. */
const writtenTogether = 200;

/** Counts what becomes of a run, writes it to the records, and tells the hooks. */
export class RunLedger {
  readonly #workspace: Workspace;
  readonly #store: ConfigurationStore;
  readonly #hooks: Hooks;
  readonly #run: RunInfo;
  readonly #warnings: NetwrightError[] = [];
  readonly #retired: string[] = [];
  readonly #counts = { changed: 0, unchanged: 0, failed: 0 };
  /** Told when the commit is there. */
  readonly #later: HookNews[] = [];
  #total = 0;
  #unwritten: DeviceResult[] = [];

  constructor(workspace: Workspace, store: ConfigurationStore, hooks: Hooks, run: RunInfo) {
    this.#workspace = workspace;
    this.#store = store;
    this.#hooks = hooks;
    this.#run = run;
  }

  async start(total: number): Promise<void> {
    this.#total = total;
    await this.#store.runs.start({ ...this.#run, total });
  }

  async add(device: Device, outcome: Outcome<BackupResult>): Promise<void> {
    const { redactor } = this.#workspace;
    const error = outcome.error && { code: outcome.error.code, message: redactor.redact(outcome.error.message) };
    const result = outcome.ok ? outcome.value.change : 'failed';
    this.#counts[result === 'new' ? 'changed' : result] += 1;
    await this.#record({
      device: device.name,
      result,
      atMs: outcome.startedAtMs + outcome.durationMs,
      durationMs: outcome.durationMs,
      ...(error ? { errorCode: error.code, errorMessage: error.message } : {}),
      ...(outcome.transcriptId === undefined ? {} : { transcriptId: outcome.transcriptId }),
    });
    const news = (event: HookEvent): HookNews => ({
      ...this.#news(event),
      device: {
        name: device.name,
        address: device.address,
        group: device.groups[0] ?? '',
        platform: outcome.value?.platform ?? device.platform,
        durationMs: outcome.durationMs,
        ...(outcome.ok ? changeOf(outcome.value) : {}),
        ...(error ? { error } : {}),
      },
    });
    if (!outcome.ok) await this.#hooks.tell(news('failure'));
    else {
      if (this.#hooks.wants('success')) this.#later.push(news('success'));
      if (result !== 'unchanged' && this.#hooks.wants('change')) this.#later.push(news('change'));
    }
  }

  async retired(device: string): Promise<void> {
    this.#retired.push(device);
    await this.#record({ device, result: 'retired', atMs: this.#workspace.clock.now(), durationMs: 0 });
  }

  /** Something beside the configurations went wrong. */
  warn(error: unknown): void {
    const warning = asNetwrightError(error, 'NW_STORE_FAILED');
    this.#workspace.logger.warn({ code: warning.code }, this.#workspace.redactor.redact(warning.message));
    this.#warnings.push(warning);
  }

  /** The report, when records are written and hooks are done. */
  async end(commit: string | undefined): Promise<BackupReport> {
    await this.#flush();
    for (const news of this.#later) {
      const { device } = news;
      const diff = news.event === 'change' && device ? () => this.#diff(device.name) : undefined;
      const own = this.#run.commitPer === 'device' && device ? await this.#commitOf(device.name) : commit;
      await this.#hooks.tell({ ...news, commit: own }, diff);
    }
    const run = this.#end();
    this.#warnings.push(...(await this.#hooks.end({ ...this.#news('run-end'), commit, run })));
    await this.#close(commit);
    return {
      ...{ runId: this.#run.id, startedAtMs: this.#run.startedAtMs, ...run },
      retired: this.#retired,
      ...(commit === undefined ? {} : { commit }),
      warnings: this.#warnings,
    };
  }

  /** The run itself failed: hooks are told, and what is known of it is recorded, if the database still takes it. */
  async fail(error: unknown): Promise<void> {
    this.warn(error);
    const { code, message } = asNetwrightError(error);
    const told = { code, message: this.#workspace.redactor.redact(message) };
    try {
      this.#warnings.push(
        ...(await this.#hooks.end({ ...this.#news('run-end'), run: { ...this.#end(), error: told } })),
      );
      await this.#flush();
      await this.#close(undefined);
    } catch (second) {
      this.#workspace.logger.error({ code: asNetwrightError(second).code }, 'the end of the run could not be recorded');
    }
  }

  #end(): { total: number; changed: number; unchanged: number; failed: number; durationMs: number } {
    const durationMs = this.#workspace.clock.now() - this.#run.startedAtMs;
    return { total: this.#total, ...this.#counts, durationMs };
  }

  async #close(commit: string | undefined): Promise<void> {
    const warnings = this.#warnings.map(({ code, message }) => this.#workspace.redactor.redact(`${code}: ${message}`));
    const endedAtMs = this.#workspace.clock.now();
    await this.#store.runs.end(this.#run.id, { ...this.#counts, endedAtMs, commit, warnings });
  }

  /** The commit that this run made for the device alone. */
  async #commitOf(device: string): Promise<string | undefined> {
    const latest = await this.#store.latest(device);
    return latest?.runId === this.#run.id ? latest.commit : undefined;
  }

  async #diff(device: string): Promise<string> {
    const [newer, older] = await this.#store.history(device, { limit: 2 });
    return newer === undefined ? '' : await this.#store.diff(older, newer);
  }

  #news(event: HookEvent): Omit<HookNews, 'commit'> {
    return {
      event,
      runId: this.#run.id,
      workspace: this.#workspace.folder,
      reason: this.#run.reason,
      atMs: this.#workspace.clock.now(),
      repository: this.#workspace.path(this.#workspace.settings.configurations),
    };
  }

  async #record(result: DeviceResult): Promise<void> {
    this.#unwritten.push(result);
    if (this.#unwritten.length >= writtenTogether) await this.#flush();
  }

  async #flush(): Promise<void> {
    const results = this.#unwritten;
    this.#unwritten = [];
    await this.#store.runs.add(this.#run.id, results);
  }
}

const changeOf = ({ change, linesAdded, linesRemoved }: BackupResult) => ({ change, linesAdded, linesRemoved });
