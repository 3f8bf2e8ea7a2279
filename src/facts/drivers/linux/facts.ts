import type { ReadFacts } from '../../define-facts.ts';
import { textAt } from '../reading/json.ts';
import { inNaturalOrder } from '../reading/order.ts';
import { unreadable } from '../reading/unreadable.ts';
import { shellRows } from './shell-json.ts';

const release = 'cat /etc/os-release';
const dmi =
  'tail -v -n +1 /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name /sys/class/dmi/id/product_serial 2>/dev/null';
const uptime = 'cat /proc/uptime';
const names = 'hostname; hostname -f';

/** The serial number is only told to root; a virtual machine may have no hardware to tell of. */
export const readFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [os, hardware, since, called, links] = await Promise.all([
    ask.text(release),
    ask.text(dmi),
    ask.text(uptime),
    ask.text(names),
    shellRows(ask, 'ip -j link'),
  ]);
  const pretty = settingIn(os, 'PRETTY_NAME') ?? settingIn(os, 'NAME');
  if (pretty === undefined) throw unreadable(release, 'PRETTY_NAME=', os);
  const [hostname = '', fqdn = hostname] = called.split('\n').filter((line) => /^[\w.-]{1,255}$/.test(line));
  for (const command of [release, dmi, uptime, names]) ask.understood(command);
  return {
    vendor: fileIn(hardware, 'sys_vendor') || (settingIn(os, 'NAME') ?? 'Linux'),
    model: fileIn(hardware, 'product_name'),
    hostname,
    fqdn,
    os_version: pretty,
    serial_number: fileIn(hardware, 'product_serial'),
    uptime: Math.trunc(Number(/^(\d{1,12})/.exec(since.trim())?.[1] ?? -1)),
    interface_list: inNaturalOrder(links.map((link) => textAt(link, 'ifname'))),
  };
};

const settingIn = (os: string, key: string): string | undefined =>
  new RegExp(`^${key}=["']?([^"'\\n]{1,200})`, 'm').exec(os)?.[1];

/** A file as `tail -v` prints it, below a line `==> name <==`. */
const fileIn = (output: string, name: string): string =>
  new RegExp(`^==> \\S{1,60}/${name} <==\\n([^\\n=][^\\n]{0,200})`, 'm').exec(output)?.[1]?.trim() ?? '';
