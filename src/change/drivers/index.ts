import type { Platform } from '#platforms';
import type { Driver } from '../driver.ts';

interface DriverRow {
  /** The way in that the inventory names with `api`. Default the command line. */
  readonly link?: Driver['link'];
  readonly platforms: readonly string[];
  readonly load: () => Promise<Driver>;
}

/** One row a driver, loaded when the first device of its platforms is changed. */
// biome-ignore format: a table, whose rows the formatter would break over four lines each
const driverRows: readonly DriverRow[] = [
  { platforms: ['juniper_junos'], link: 'netconf', load: async () => (await import('./junos-netconf.ts')).junosNetconf },
  { platforms: ['juniper_junos'], load: async () => (await import('./junos.ts')).junos },
  { platforms: ['arista_eos'], load: async () => (await import('./eos.ts')).eos },
  { platforms: ['cisco_xr'], load: async () => (await import('./iosxr.ts')).iosxr },
  { platforms: ['cisco_nxos'], load: async () => (await import('./nxos.ts')).nxos },
  { platforms: ['cisco_ios', 'cisco_xe'], load: async () => (await import('./ios.ts')).ios },
  { platforms: ['vyos', 'ubiquiti_edgerouter'], load: async () => (await import('./vyos.ts')).vyos },
  { platforms: ['huawei_vrpv8'], load: async () => (await import('./vrpv8.ts')).vrpv8 },
  { platforms: ['paloalto_panos'], load: async () => (await import('./panos.ts')).panos },
  { platforms: ['nokia_sros'], load: async () => (await import('./sros.ts')).sros },
  { platforms: ['aruba_aoscx'], load: async () => (await import('./aoscx.ts')).aoscx },
  { platforms: ['hp_comware'], load: async () => (await import('./comware.ts')).comware },
  { platforms: ['linux', 'cumulus_linux', 'sonic', 'ovs_linux'], load: async () => (await import('./linux.ts')).linux },
];

/** For every other platform that promises changes and whose configuration we read as a tree. */
const lineByLineRow: DriverRow = {
  platforms: [],
  load: async () => (await import('./line-by-line.ts')).lineByLineDriver,
};

const loaded = new Map<DriverRow, Promise<Driver>>();

async function loadedFrom(row: DriverRow): Promise<Driver> {
  const known = loaded.get(row);
  if (known !== undefined) return await known;
  const loading = row.load();
  loaded.set(row, loading);
  return await loading;
}

/** For whatever has a candidate, where what is wanted is XML. */
const netconfRow: DriverRow = {
  platforms: [],
  link: 'netconf',
  load: async () => (await import('./netconf.ts')).netconf,
};

type Changeable = Pick<Platform, 'id' | 'config' | 'transaction'>;

function rowOf({ id, config, transaction }: Changeable, link: Driver['link']): DriverRow | undefined {
  const own = driverRows.filter(({ platforms }) => platforms.includes(id));
  const [found = own.find((row) => row.link === undefined)] = own.filter((row) => row.link === link);
  if (found !== undefined) return found;
  const isRead = config !== undefined && config.dialect !== 'plain';
  return isRead && transaction.rollback !== 'none' ? lineByLineRow : undefined;
}

/**
 * The driver of a platform, or undefined where nobody changes it.
 * @param link the way in that is wished for; where nobody changes the platform that way, the command line is used
 * @param isXml what is wanted is XML
 */
export async function driverOf(
  platform: Changeable,
  link?: Driver['link'],
  isXml = false,
): Promise<Driver | undefined> {
  const own = rowOf(platform, link);
  // Who has operations of its own for a system knows more than RFC 6241.
  const row = link === 'netconf' && isXml && own?.link !== link ? netconfRow : own;
  return row && (await loadedFrom(row));
}

/** All of them, the one for platforms without a driver of their own at the end. */
export const allDrivers = async (): Promise<readonly Driver[]> =>
  await Promise.all([...driverRows, netconfRow, lineByLineRow].map(loadedFrom));
