import { hostname, userInfo } from 'node:os';
import { NetwrightError } from '#core';
import type { Device, Inventory } from '#inventory';
import type { Platform } from '#platforms';
import type { Connector } from '#runner';
import { type ChangeRecords, openChangeRecords } from '#store';
import type { Workspace } from '#workspace';
import type { Driver } from './driver.ts';
import { loadRooms } from './load-rooms.ts';
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
  /**
   * Who changes a device: over NETCONF where its `api` says so and somebody does that for its platform.
   * @throws `NW_NOT_SUPPORTED` for a platform that nobody changes
   */
  driverFor(
    platform: Platform,
    device: Pick<Device, 'api' | 'platform'>,
    what?: { readonly isXml: boolean },
  ): Promise<Driver>;
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
    async driverFor(platform, device, what) {
      const { id } = platform;
      const given = options.drivers?.find(({ platforms }) => platforms.includes(id));
      // They come with the trees of configurations: who only looks at records does without.
      if (given === undefined) await loadRooms('parse');
      const driver =
        given ?? (await (await import('./drivers/index.ts')).driverOf(platform, linkOf(device), what?.isXml));
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

/** What is to be detected is detected at the command line, and changed there. */
const linkOf = ({ api, platform }: Pick<Device, 'api' | 'platform'>): Driver['link'] =>
  api?.protocol === 'netconf' && platform !== 'auto' ? 'netconf' : undefined;

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
