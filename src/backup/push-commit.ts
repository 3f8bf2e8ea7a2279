import type { ConfigurationStore } from '#store';
import type { Workspace } from '#workspace';
import type { RunLedger } from './run-ledger.ts';

/** What memory keeps while a push is owed. Not by the remote: its URL may hold a token. */
const owed = ['push', 'owed'] as const;

/** Pushes what is new, and what an earlier push did not bring across. */
export async function pushCommit(
  workspace: Workspace,
  store: ConfigurationStore,
  commit: string | undefined,
  ledger: RunLedger,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { remote } = workspace.settings.backup;
  if (remote === undefined) return;
  const memory = await workspace.memory();
  if (commit === undefined && memory.get(...owed) === undefined) return;
  try {
    await store.push(isPath(remote) ? workspace.path(remote) : remote, signal);
    memory.delete(...owed);
  } catch (error) {
    memory.set(...owed, commit ?? 'yes');
    ledger.warn(error);
  }
}

/** As git tells them apart: `https://…` and `host:path` are elsewhere. */
const isPath = (remote: string): boolean => !/^[a-z][a-z0-9+.-]*:\/\//i.test(remote) && !/^[^/]+:/.test(remote);
