import { startBackup } from '#backup';
import { asNetwrightError, NetwrightError } from '#core';
import type { Device } from '#inventory';
import type { RunLimits } from '#runner';
import { runDefaults, type Workspace } from '#workspace';

export interface BackedUp {
  /** The commit that holds a device as it was then; absent where the inventory wants no backup of it. */
  readonly commits: ReadonlyMap<string, string>;
  readonly failed: ReadonlyMap<string, NetwrightError>;
  readonly warnings: readonly string[];
}

export interface BackUpOptions {
  /** For the history: `change 261120-k3f9w, before`. */
  readonly reason: string;
  readonly author: string;
  readonly limits?: RunLimits | undefined;
}

/** Backs devices up for a change; nothing is thrown but what keeps all of them from being backed up. */
export async function backUp(
  workspace: Workspace,
  devices: readonly Device[],
  { reason, author, limits }: BackUpOptions,
): Promise<BackedUp> {
  const wanted = devices.filter(({ backup }) => backup !== false);
  const failed = new Map<string, NetwrightError>();
  const commits = new Map<string, string>();
  if (wanted.length === 0) return { commits, failed, warnings: [] };
  const { commit: _, ...defaults } = { commit: undefined, ...runDefaults(workspace.settings) };
  const backup = startBackup(workspace, {
    ...defaults,
    ...(limits && { limits }),
    ...{
      select: wanted.map(({ name }) => quoted(name)).join(','),
      reason,
      author: `${author} <${author}>`,
      wait: true,
    },
    acceptShrunk: true,
  });
  backup.report.catch(() => undefined);
  for await (const outcome of backup) if (!outcome.ok) failed.set(outcome.device, asNetwrightError(outcome.error));
  const { warnings } = await backup.report;
  const store = await workspace.configurations();
  for (const { name } of wanted) {
    const version = failed.has(name) ? undefined : await store.latest(name);
    if (version !== undefined) commits.set(name, version.commit);
  }
  return { commits, failed, warnings: warnings.map(({ code, message }) => `${code}: ${message}`) };
}

/** As a select expression names a device. */
function quoted(name: string): string {
  if (!name.includes('"')) return `"${name}"`;
  if (!name.includes("'")) return `'${name}'`;
  throw new NetwrightError('NW_SELECT_INVALID', `${name}: a name with both kinds of quotes cannot be selected`);
}
