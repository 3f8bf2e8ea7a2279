/**
 * Netwright as a library.
 *
 *     import { openWorkspace } from 'netwright';
 *
 *     await using workspace = await openWorkspace({ folder: 'network' });
 *     for await (const outcome of workspace.backup({ select: 'site:cairo' })) {
 *       console.log(outcome.device, outcome.ok ? outcome.value.change : outcome.error.code);
 *     }
 */
import { type BackupOptions, type BackupRun, startBackup } from '#backup';
import { type ChangeDoor, changeDoor } from '#change';
import type { CallOptions, Outcome } from '#core';
import type { CommandOutput, Session } from '#device';
import { type Answer, askDevices, type FactsOf, type FactsOptions, type GetterName } from '#facts';
import { type RunOptions, run, type Task } from '#runner';
import { type OpenedWorkspace, openWorkspace as openFolder, runDefaults, type WorkspaceOptions } from '#workspace';

export interface RunRequest extends RunOptions {
  /** Which devices; default all. */
  readonly select?: string;
}

/** An open workspace with a door for each capability. */
export interface NetwrightWorkspace extends OpenedWorkspace {
  /**
   * Backs devices up: iterate for the outcomes as they come, await `report` for what was stored.
   * @throws NetwrightError `NW_SELECT_INVALID`, `NW_SELECT_EMPTY`, `NW_INVENTORY_INVALID`, `NW_WORKSPACE_BUSY`.
   */
  backup(options?: BackupOptions): BackupRun;
  /**
   * Runs a task, or types commands, on devices; outcomes come as they are done, one for each device.
   * What netwright.yaml says of runs holds where `options` is silent.
   */
  run<T>(task: Task<T>, options?: RunRequest): AsyncIterable<Outcome<T>>;
  run(commands: readonly string[], options?: RunRequest): AsyncIterable<Outcome<readonly CommandOutput[]>>;
  /** Plans changes, applies them, confirms them, takes them back. */
  readonly change: ChangeDoor;
  /**
   * Reads devices as data: one of NAPALM's 26 getters, with its fields and units, whatever the vendor. Outcomes come as
   * they are done, one for each device.
   * @throws NetwrightError `NW_USAGE` for arguments that the getter does not have, `NW_SELECT_INVALID`, `NW_SELECT_EMPTY`.
   */
  facts<G extends GetterName>(getter: G, options?: FactsOptions<G>): AsyncIterable<Outcome<Answer<FactsOf<G>>>>;
  /** Opens a session on one device of the inventory. To be closed by the caller. */
  connect(device: string, options?: CallOptions): Promise<Session>;
}

/**
 * Opens the workspace in a folder, or the nearest one from the current folder upwards.
 * @throws NetwrightError `NW_WORKSPACE_NOT_FOUND`, `NW_WORKSPACE_NEWER`, `NW_CONFIG_INVALID`.
 */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<NetwrightWorkspace> {
  const workspace = await openFolder(options);

  async function* runOn<T>(
    work: Task<T> | readonly string[],
    { select, ...options }: RunRequest = {},
  ): AsyncGenerator<Outcome<T | readonly CommandOutput[]>> {
    const devices = (await workspace.inventory()).select(select);
    const task: Task<T | readonly CommandOutput[]> =
      typeof work === 'function'
        ? work
        : async ({ connect, signal }) => await (await connect()).sendAll(work, { signal });
    yield* run(devices, task, await workspace.connector(), { ...runDefaults(workspace.settings), ...options });
  }

  return Object.assign(workspace, {
    backup: (options?: BackupOptions) => startBackup(workspace, options),
    run: runOn as NetwrightWorkspace['run'],
    facts: <G extends GetterName>(getter: G, options?: FactsOptions<G>) => askDevices(workspace, getter, options),
    change: changeDoor(workspace),
    connect: async (device: string, options?: CallOptions) =>
      await (await workspace.connector()).connect((await workspace.inventory()).get(device), options),
  });
}

export type { BackupOptions, BackupReport, BackupResult, BackupRun } from '#backup';
export type { ApplyOptions, ApplyReport, ChangeDoor, IntentSource, PlanReport, PlanRequest } from '#change';
export { type CallOptions, NetwrightError, type NetwrightErrorCode, type Outcome, Secret } from '#core';
export type { CommandOutput, SendOptions, Session } from '#device';
export type { Answer, FactsOf, FactsOptions, FactWarning, GetterName } from '#facts';
export type { ConnectionOptions, CredentialStore, Device, Inventory } from '#inventory';
export { definePlatform, type Platform } from '#platforms';
export type { Job, RunEvent, RunLimits, RunOptions, Task } from '#runner';
export type { ConfigurationStore, Version } from '#store';
export { initWorkspace, type Settings, type Workspace, type WorkspaceOptions } from '#workspace';
