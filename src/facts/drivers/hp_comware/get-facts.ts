import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { interfaceBlocks } from '../huawei_vrp/display-interface.ts';
import { hostnameIn, sysname } from '../huawei_vrp/get-facts.ts';
import { command as interfaces } from '../huawei_vrp/get-interfaces.ts';
import { unreadable } from '../reading/unreadable.ts';

const version = 'display version';
const manuinfo = 'display device manuinfo';

export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [about, named, ports, made] = await Promise.all([
    ask.text(version),
    ask.text(sysname, { optional: true }),
    ask.text(interfaces, { timeoutMs: 120_000 }),
    ask.text(manuinfo, { optional: true }),
  ]);
  const release = /\bComware (?:Platform )?Software, (?:Software )?Version (\S.{0,80})$/im.exec(about)?.[1]?.trim();
  if (release === undefined) throw unreadable(version, '"Comware Software, Version …"', about);
  // `uptime is` of boards stands without a name before it.
  const [, vendor = 'HPE', model = '', uptime = ''] =
    /^ ?(HPE|HP|H3C|3Com|UNIS) (\S.{0,80}?) uptime is (\S.{0,80})$/im.exec(about) ?? [];
  const hostname = hostnameIn(named ?? '');
  for (const command of [version, sysname, manuinfo]) ask.understood(command);
  return {
    vendor,
    model,
    hostname,
    fqdn: hostname,
    os_version: release,
    serial_number: /^ *DEVICE[_ ]SERIAL[_ ]NUMBER *: *(\S{1,40})/im.exec((made ?? '').slice(0, 20_000))?.[1] ?? '',
    uptime: readDuration(uptime) ?? -1,
    interface_list: interfaceBlocks(ask, interfaces, ports).map(({ name }) => name),
  };
};
