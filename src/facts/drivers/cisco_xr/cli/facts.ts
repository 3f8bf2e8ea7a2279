import type { ReadFacts } from '../../../define-facts.ts';
import { readDuration } from '../../../values/duration.ts';
import { unreadable } from '../../reading/unreadable.ts';
import { interfaceHeading } from './interface-blocks.ts';
import { printed } from './text.ts';

const names = 'show interfaces | include line protocol';

export const readFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [version, inventory, configured, interfaces] = await Promise.all([
    printed(ask, 'show version'),
    printed(ask, 'show inventory'),
    printed(ask, 'show running-config hostname'),
    printed(ask, names),
  ]);
  const release = /^Cisco IOS XR Software, Version ([^\s[]+)/m.exec(version)?.[1];
  if (release === undefined) throw unreadable('show version', '"Cisco IOS XR Software, Version …"', version);
  const hostname = /^hostname (\S+)/m.exec(configured)?.[1] ?? /^(\S+) uptime is /m.exec(version)?.[1] ?? '';
  const uptime = /^(?:System|\S+) uptime is (.{1,120})$/m.exec(version)?.[1] ?? '';
  for (const command of ['show version', 'show inventory', 'show running-config hostname', names]) {
    ask.understood(command);
  }
  return {
    vendor: 'Cisco',
    ...chassisIn(inventory, version),
    hostname,
    fqdn: hostname,
    os_version: release,
    uptime: readDuration(uptime.trim()) ?? -1,
    interface_list: interfaces.split('\n').flatMap((line) => interfaceHeading(line)?.name ?? []),
  };
};

/** The chassis is `Rack 0` in the inventory; a virtual router may list only its processor. */
function chassisIn(inventory: string, version: string): { model: string; serial_number: string } {
  const entries = [
    ...inventory.matchAll(
      /^NAME: "([^"\n]{0,80})",.{0,200}\n[ \t]*PID: {0,20}(\S{0,60}) {0,40},.{0,80}?\bSN: {0,20}(\S{0,60})/gm,
    ),
  ];
  const chassis = entries.find(([, name]) => /^(?:Rack 0|chassis\b)/i.test(name ?? '')) ?? entries[0];
  const [, , model = '', serial = ''] = chassis ?? [];
  return { model: model || (/^cisco (\S+)/im.exec(version)?.[1] ?? ''), serial_number: serial };
}
