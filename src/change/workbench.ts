import { hostname, userInfo } from 'node:os';
import { NetwrightError } from '#core';
import type { Inventory } from '#inventory';
import type { Platform } from '#platforms';
import type { Connector } from '#runner';
import { type ChangeRecords, openChangeRecords } from '#store';
import type { Workspace } from '#workspace';
import type { Driver } from './driver.ts';
import { auditKeyOf, Vault } from './vault.ts';

export interface WorkbenchOptions {
  /** Who changes, for the audit. Default the user of this process. */
  readonly actor?: string;
  /** Drivers that go before those of Netwright. */
  readonly drivers?: readonly Driver[];
}

/** What everything that is done with changes needs, open for the length of one call. */
export interface Workbench extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly records: ChangeRecords;
  readonly vault: Vault;
  readonly inventory: Inventory;
  readonly connector: Connector;
  readonly actor: string;
  /** @throws `NW_NOT_SUPPORTED` for a platform that nobody changes */
  driverFor(platform: Pick<Platform, 'id'>): Promise<Driver>;
}

export async function openWorkbench(workspace: Workspace, options: WorkbenchOptions = {}): Promise<Workbench> {
  const [vault, inventory, connector] = await Promise.all([
    Vault.open(workspace),
    workspace.inventory(),
    workspace.connector(),
  ]);
  const records = await openChangeRecords({
    path: workspace.path('.netwright', 'state.sqlite'),
    auditKey: () => auditKeyOf(workspace),
    clock: workspace.clock,
  });
  return {
    ...{ workspace, records, vault, inventory, connector },
    actor: options.actor ?? whoIsThere(),
    async driverFor({ id }) {
      // They come with the trees of configurations: who only looks at records does without.
      const { drivers: own } = await import('./drivers/index.ts');
      const driver = [...(options.drivers ?? []), ...own].find(({ platforms }) => platforms.includes(id));
      if (driver !== undefined) return driver;
      throw new NetwrightError('NW_NOT_SUPPORTED', `there is no way to change ${id}`, {
        hint: `\`netwright platforms show ${id}\` says what it can`,
      });
    },
    async [Symbol.asyncDispose]() {
      await records[Symbol.asyncDispose]();
    },
  };
}

/** `ann@laptop`; who stands behind sudo rather than root. */
function whoIsThere(): string {
  const { SUDO_USER: behind } = process.env;
  try {
    return `${behind || userInfo().username}@${hostname()}`;
  } catch {
    // No entry in the user database: containers run with any number.
    return `user ${process.getuid?.() ?? 'unknown'}@${hostname()}`;
  }
}
