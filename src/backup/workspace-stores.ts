import {
  openPlainFolder,
  openQuarantine,
  openSealedStore,
  type PlainFolder,
  type QuarantineStore,
  type SealedStore,
  type Version,
} from '#store';
import type { Workspace } from '#workspace';

/** The sealed full texts of a workspace. */
export function sealedStoreOf(workspace: Workspace): SealedStore {
  return openSealedStore({
    folder: workspace.path('sealed'),
    recipients: () => workspace.credentials.recipients(),
    identities: () => workspace.credentials.identities(),
    keep: workspace.settings.backup.sealedVersions,
  });
}

/** The outputs that the guard refused. */
export function quarantineOf(workspace: Workspace): QuarantineStore {
  return openQuarantine({
    folder: workspace.path('.netwright', 'quarantine'),
    recipients: () => workspace.credentials.recipients(),
    identities: () => workspace.credentials.identities(),
  });
}

/** The plain folder, when the settings name one. */
export function plainFolderOf(workspace: Workspace): PlainFolder | undefined {
  const { folder } = workspace.settings.backup;
  return folder === undefined ? undefined : openPlainFolder(workspace.path(folder));
}

/**
 * The full text of a version, secrets included, to restore a device that died.
 * @throws `NW_VERSION_NOT_FOUND` when it is not kept (any more), `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`.
 */
export async function readSealed(workspace: Workspace, version: Version): Promise<Buffer> {
  return await sealedStoreOf(workspace).unseal(version);
}
