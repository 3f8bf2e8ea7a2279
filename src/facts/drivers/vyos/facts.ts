import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { inNaturalOrder } from '../reading/order.ts';
import { unreadable } from '../reading/unreadable.ts';
import { interfacesOf } from './interfaces.ts';

const version = 'show version';
const name = 'show host name';
const domain = 'show host domain';
const uptime = 'show system uptime';

export const readFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [about, called, within, up, interfaces] = await Promise.all([
    ask.text(version),
    ask.text(name),
    ask.text(domain, { optional: true }),
    ask.text(uptime, { optional: true }),
    interfacesOf(ask),
  ]);
  const field = (label: string): string => new RegExp(`^${label}: {0,30}(\\S.{0,120})$`, 'm').exec(about)?.[1] ?? '';
  const release = field('Version');
  if (release === '') throw unreadable(version, 'a line "Version:"', about);
  for (const command of [version, name, domain, uptime]) ask.understood(command);
  const hostname = called.trim();
  const suffix = /^[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}$/.exec((within ?? '').trim())?.[0];
  return {
    vendor: 'VyOS',
    model: field('Hardware model').trim(),
    hostname,
    fqdn: suffix === undefined ? hostname : `${hostname}.${suffix}`,
    os_version: release.trim(),
    serial_number: field('Hardware S/N').trim(),
    uptime: upSeconds(up ?? ''),
    interface_list: inNaturalOrder(interfaces.map((one) => one.name)),
  };
};

/** `Uptime: 3d 4h 5m 6s` since 1.3; before, what `uptime` prints: `10:05:22 up 10 days,  2:33,  1 user, …`. */
function upSeconds(output: string): number {
  const told = /^Uptime: {0,10}(\S.{0,60})$/m.exec(output)?.[1];
  if (told !== undefined) return readDuration(told.replaceAll(/([a-z]) (?=\d)/g, '$1')) ?? readDuration(told) ?? -1;
  const [, days = '0', rest = ''] = /\bup (?:(\d{1,6}) days?, +)?(\S{1,10}(?: min)?),/.exec(output) ?? [];
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(rest) ?? [];
  const [, onlyMinutes] = /^(\d{1,2}) min$/.exec(rest) ?? [];
  if (rest === '') return -1;
  return Number(days) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? onlyMinutes ?? 0) * 60;
}
