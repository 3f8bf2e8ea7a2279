import type { FactsDriver } from '../define-facts.ts';

interface DriverRow {
  readonly platforms: readonly string[];
  readonly load: () => Promise<FactsDriver>;
}

/** One row a driver, loaded when the first device of its platforms is asked. */
// biome-ignore format: a table reads best with one row a driver
const driverRows: readonly DriverRow[] = [
  { platforms: ['cisco_ios', 'cisco_xe'], load: async () => (await import('./cisco_ios/index.ts')).ciscoIos },
  { platforms: ['cisco_nxos'], load: async () => (await import('./cisco_nxos/index.ts')).ciscoNxos },
  { platforms: ['arista_eos'], load: async () => (await import('./arista_eos/index.ts')).aristaEos },
  { platforms: ['cisco_xr'], load: async () => (await import('./cisco_xr/index.ts')).ciscoXr },
  { platforms: ['frr'], load: async () => (await import('./frr/index.ts')).frr },
  { platforms: ['linux'], load: async () => (await import('./linux/index.ts')).linux },
  { platforms: ['vyos'], load: async () => (await import('./vyos/index.ts')).vyos },
  { platforms: ['juniper_junos'], load: async () => (await import('./juniper_junos/index.ts')).juniperJunos },
  { platforms: ['huawei_vrp', 'huawei_vrpv8'], load: async () => (await import('./huawei_vrp/index.ts')).huaweiVrp },
  { platforms: ['hp_comware'], load: async () => (await import('./hp_comware/index.ts')).hpComware },
  { platforms: ['mikrotik_routeros'], load: async () => (await import('./mikrotik_routeros/index.ts')).mikrotikRouteros },
  { platforms: ['brocade_fastiron'], load: async () => (await import('./brocade_fastiron/index.ts')).brocadeFastiron },
  { platforms: ['aruba_aoscx'], load: async () => (await import('./aruba_aoscx/index.ts')).arubaAoscx },
];

const loaded = new Map<DriverRow, Promise<FactsDriver>>();

/** The driver of a platform id, or undefined when nobody wrote one. */
export async function driverOf(platform: string): Promise<FactsDriver | undefined> {
  const row = driverRows.find(({ platforms }) => platforms.includes(platform));
  if (row === undefined) return undefined;
  let driver = loaded.get(row);
  if (driver === undefined) {
    driver = row.load();
    loaded.set(row, driver);
  }
  return await driver;
}

/** Ids of the platforms that have a driver, in alphabetical order. */
export const driverPlatforms = (): readonly string[] => driverRows.flatMap(({ platforms }) => platforms).sort();

/** All drivers, for tables of who can tell what. */
export const allDrivers = async (): Promise<readonly FactsDriver[]> =>
  await Promise.all(driverRows.map(async ({ load }) => await load()));
