import type { ReadFacts } from '../../define-facts.ts';
import { readDuration } from '../../values/duration.ts';
import { lineIn } from '../reading/blocks.ts';
import { unreadable } from '../reading/unreadable.ts';
import { interfacesOf } from './show-interface.ts';

const system = 'show system';
const domainName = 'show domain-name';

export const getFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [about, domain = '', { ports, mgmt }] = await Promise.all([
    ask.text(system),
    ask.text(domainName, { optional: true }),
    interfacesOf(ask),
  ]);
  const lines = about.split('\n', 200).map((line) => line.slice(0, 500).trim());
  const field = (pattern: RegExp): string => lineIn({ lines }, pattern)?.trim() ?? '';
  const release = field(/^(?:ArubaOS|AOS)-CX Version *: *(\S.*)/);
  if (release === '') throw unreadable(system, 'a line "ArubaOS-CX Version :"', about);
  for (const command of [system, domainName]) ask.understood(command);
  const hostname = field(/^Hostname *: *(\S+)/);
  const suffix = /^[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}$/.exec(domain.trim())?.[0];
  return {
    vendor: field(/^Vendor *: *(\S.*)/) || 'Aruba',
    model: field(/^Product Name *: *(\S.*)/),
    hostname,
    fqdn: suffix === undefined ? hostname : `${hostname}.${suffix}`,
    os_version: release,
    serial_number: field(/^Chassis Serial Nbr *: *(\S+)/),
    uptime: readDuration(field(/^Up Time *: *(\S.*)/)) ?? -1,
    interface_list: [...ports.map(({ name }) => name), ...(mgmt === undefined ? [] : ['mgmt'])],
  };
};
