import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initWorkspace, type NetwrightWorkspace, openWorkspace, Secret } from 'netwright';
import { stringify } from 'yaml';

/** A workspace in a temporary folder with an identity of its own and one credential, `key`. Removed when disposed of. */
export async function peerWorkspace(
  devices: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  login: { readonly user: string; readonly privateKey: string },
): Promise<{ workspace: NetwrightWorkspace; folder: string } & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), 'netwright-peer-'));
  const folder = join(root, 'network');
  await mkdir(folder);
  await initWorkspace(folder);
  await writeFile(join(folder, 'inventory.yaml'), stringify({ defaults: { credential: 'key' }, devices }));
  const env = { HOME: root, XDG_CONFIG_HOME: join(root, 'config'), PATH: process.env['PATH'] };
  const workspace = await openWorkspace({ folder, env });
  await workspace.credentials.set('key', { user: login.user, privateKey: new Secret(login.privateKey) });
  return {
    workspace,
    folder,
    async [Symbol.asyncDispose]() {
      await workspace.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
