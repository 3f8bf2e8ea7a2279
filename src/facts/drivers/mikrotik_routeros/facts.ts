import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { unreadable } from '../reading/unreadable.ts';
import { menu } from './interfaces.ts';
import { itemsOf, settingsIn } from './items.ts';

const resource = '/system resource print';
const identity = '/system identity print';
const board = '/system routerboard print';

/** A virtual machine has no routerboard: no serial number is told then. */
export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [about, named, made, interfaces] = await Promise.all([
    ask.text(resource),
    ask.text(identity),
    ask.text(board, { optional: true }),
    itemsOf(ask, menu),
  ]);
  const system = settingsIn(ask, resource, about);
  const release = system.get('version');
  if (release === undefined) throw unreadable(resource, 'a line "version:"', about);
  const hardware = made === undefined ? new Map<string, string>() : settingsIn(ask, board, made);
  const hostname = settingsIn(ask, identity, named).get('name') ?? '';
  return {
    vendor: 'MikroTik',
    model: hardware.get('model') ?? system.get('board-name') ?? '',
    hostname,
    fqdn: hostname,
    os_version: release,
    serial_number: hardware.get('serial-number') ?? '',
    uptime: readDuration(system.get('uptime') ?? '') ?? -1,
    interface_list: interfaces.flatMap(({ fields }) => fields.get('name') ?? []),
  };
};
