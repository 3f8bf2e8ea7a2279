import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import { askXml, secondsIn, textIn } from '../reading/xml.ts';
import { configurationAt } from './configuration.ts';
import { nameOf, physicalInterfaces } from './interface-information.ts';

const version = { command: 'show version', rpc: '<get-software-information/>' };
const chassis = { command: 'show chassis hardware', rpc: '<get-chassis-inventory/>' };
const uptime = { command: 'show system uptime', rpc: '<get-system-uptime-information/>' };

export const readFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [software, inventory, times, domains, interfaces] = await Promise.all([
    askXml(ask, version, 'software-information'),
    askXml(ask, chassis, 'chassis-inventory'),
    askXml(ask, uptime, 'system-uptime-information'),
    configurationAt(ask, 'system/domain-name'),
    physicalInterfaces(ask, 'terse'),
  ]);
  // The first of a virtual chassis is the one that answers.
  const [first] = software;
  const hostname = first === undefined ? '' : textIn(first, 'host-name');
  const domain = domains[0]?.value ?? '';
  return {
    vendor: 'Juniper',
    model: first === undefined ? '' : textIn(first, 'product-model').toUpperCase(),
    hostname,
    fqdn: domain === '' || hostname.endsWith(`.${domain}`) ? hostname : `${hostname}.${domain}`,
    os_version: first === undefined ? '' : releaseOf(first),
    serial_number: inventory[0]?.valueAt('chassis/serial-number') ?? '',
    uptime: times.map(upSeconds).find((seconds) => seconds >= 0) ?? -1,
    interface_list: interfaces.map(nameOf),
  };
};

/** `junos-version` since 15.1; before, in the comment of the base package: `JUNOS Base OS boot [12.3R12.4]`. */
function releaseOf(software: XmlElement): string {
  const release = software.valueAt('junos-version');
  if (release !== undefined) return release;
  const comments = software.all('package-information').map((one) => textIn(one, 'comment'));
  return comments.map((comment) => /\[([^\]\s]{1,60})\]/.exec(comment)?.[1]).find((found) => found !== undefined) ?? '';
}

const upSeconds = (times: XmlElement): number =>
  secondsIn(times, 'uptime-information/up-time') ?? secondsIn(times, 'system-booted-time/time-length') ?? -1;
