import { createHash } from 'node:crypto';
import type { ConfigurationStore } from '#store';
import type { Workspace } from '#workspace';
import type { RunLedger } from './run-ledger.ts';

/** What memory keeps while a push is owed. */
const owed = ['push', 'owed'] as const;
/** Where the last push went. */
const reached = ['push', 'reached'] as const;

/** Pushes what is new, what an earlier push did not bring across, and all of it to a remote that has had none of it. */
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
  const place = placeOf(remote);
  if (commit === undefined && memory.get(...owed) === undefined && memory.get(...reached) === place) return;
  if (commit === undefined && (await isEmpty(store))) return;
  try {
    await store.push(isPath(remote) ? workspace.path(remote) : remote, signal);
    memory.delete(...owed);
    memory.set(...reached, place);
  } catch (error) {
    memory.set(...owed, commit ?? 'yes');
    ledger.warn(error);
  }
}

const isEmpty = async (store: ConfigurationStore): Promise<boolean> =>
  (await store.devices()).length === 0 && (await store.devices({ retired: true })).length === 0;

/** Tells remotes apart without keeping the token that a URL may hold, and does not take a new token for a new place. */
const placeOf = (remote: string): string =>
  createHash('sha256')
    .update(remote.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1'))
    .digest('hex')
    .slice(0, 16);

/** As git tells them apart: `https://…` and `host:path` are elsewhere. */
const isPath = (remote: string): boolean => !/^[a-z][a-z0-9+.-]*:\/\//i.test(remote) && !/^[^/]+:/.test(remote);
