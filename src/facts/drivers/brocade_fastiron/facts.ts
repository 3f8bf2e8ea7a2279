import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { unreadable } from '../reading/unreadable.ts';
import { interfacesOf } from './interfaces.ts';

const version = 'show version';
const hostnameLine = 'show running-config | include hostname';

/** Version, model and serial number are those of the first unit of a stack. */
export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [about, named, ports] = await Promise.all([
    ask.text(version),
    ask.text(hostnameLine, { optional: true }),
    interfacesOf(ask),
  ]);
  const field = (pattern: RegExp): string => pattern.exec(about.slice(0, 50_000))?.[1]?.trim() ?? '';
  const release = field(/^[ \t]*(?:SW: )?Version:? ?(\S{1,40})/m);
  if (release === '') throw unreadable(version, 'a line "SW: Version"', about);
  for (const command of [version, hostnameLine]) ask.understood(command);
  const hostname = /^hostname (\S{1,64})/m.exec(named ?? '')?.[1] ?? '';
  return {
    vendor: /\bRuckus\b/.test(about) ? 'Ruckus' : 'Brocade',
    model: field(/^[ \t]*HW: (?:Stackable )?(\S.{0,60})$/m),
    hostname,
    fqdn: hostname,
    os_version: release,
    serial_number: field(/^[ \t]*Serial {1,3}#: ?(\w{1,40})/m),
    uptime: readDuration(field(/\bsystem uptime is (\S.{0,100})$/m).replace(/\.$/, '')) ?? -1,
    interface_list: ports.map(({ name }) => name),
  };
};
