import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { unreadable } from '../reading/unreadable.ts';
import { interfaceBlocks } from './display-interface.ts';
import { command as interfaces } from './get-interfaces.ts';

const version = 'display version';
export const sysname = 'display current-configuration | include sysname';
const esn = 'display esn';
const manufacture = 'display device manufacture-info';

export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [about, named, ports, serial] = await Promise.all([
    ask.text(version),
    ask.text(sysname, { optional: true }),
    ask.text(interfaces, { timeoutMs: 120_000 }),
    serialOf(ask),
  ]);
  const [, vrp, release] = /VRP \(R\) software, Version (\S{1,20})(?: \(([^)\n]{1,80})\))?/.exec(about) ?? [];
  if (vrp === undefined) throw unreadable(version, '"VRP (R) software, Version …"', about);
  ask.understood(version);
  const [, model = '', uptime = ''] =
    /^(?:HUAWEI|Quidway) (\S.{0,60}?)(?: (?:Router|Routing Switch|Terabit Routing Switch))? uptime is (\S.{0,80})$/im.exec(
      about,
    ) ?? [];
  const hostname = hostnameIn(named ?? '');
  ask.understood(sysname);
  return {
    vendor: 'Huawei',
    model,
    hostname,
    fqdn: hostname,
    os_version: release === undefined ? vrp : `${vrp} (${release})`,
    serial_number: serial,
    uptime: readDuration(uptime) ?? -1,
    interface_list: interfaceBlocks(ask, interfaces, ports).map(({ name }) => name),
  };
};

/** The name that the configuration gives, of VRP and of Comware alike. */
export const hostnameIn = (text: string): string => /^ ?sysname (\S{1,246})[ \r]*$/m.exec(text)?.[1] ?? '';

/** `display esn` is not known everywhere; where it is not, the manufacturing information of the first slot tells. */
async function serialOf(ask: Ask): Promise<string> {
  const told = /^ ?ESN of [\w ]{1,30}: ?(\w{8,32})/im.exec((await ask.text(esn, { optional: true })) ?? '')?.[1];
  if (told !== undefined) {
    ask.understood(esn);
    return told;
  }
  const table = (await ask.text(manufacture, { optional: true })) ?? '';
  const row = /^ ?\d{1,3} {1,10}\S{1,10} {1,10}\S{1,40} {1,20}(\w{8,32}) {1,20}\d{4}-\d\d-\d\d/m.exec(table)?.[1];
  if (row !== undefined) ask.understood(manufacture);
  return row ?? '';
}
