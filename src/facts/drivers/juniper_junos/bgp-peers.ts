import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import { ipOrText } from '../reading/addresses.ts';
import { askXml, textIn } from '../reading/xml.ts';

const instances = { command: 'show route instance', rpc: '<get-instance-information/>' };

/** The routing instances of the operator; those of the system begin with two underscores. */
export async function routingInstances(ask: Ask): Promise<string[]> {
  const answers = await askXml(ask, instances, 'instance-information');
  const names = answers.flatMap((answer) => answer.allAt('instance-core/instance-name')).map(({ value }) => value);
  return [...new Set(names)].filter((name) => name !== '' && !name.startsWith('__'));
}

/** The peers of one instance, in full. */
export const neighborsOf = async (ask: Ask, instance: string): Promise<XmlElement[]> =>
  await peersIn(ask, `show bgp neighbor instance ${instance}`, 'get-bgp-neighbor-information', instance);

/** The same peers, in brief: only there does it stand how long they are up or down. */
export const summaryOf = async (ask: Ask, instance: string): Promise<XmlElement[]> =>
  await peersIn(ask, `show bgp summary instance ${instance}`, 'get-bgp-summary-information', instance);

async function peersIn(ask: Ask, command: string, rpc: string, instance: string): Promise<XmlElement[]> {
  const question = { command, rpc: `<${rpc}><instance>${instance}</instance></${rpc}>` };
  const answers = await askXml(ask, question, 'bgp-information');
  return answers.flatMap((answer) => answer.all('bgp-peer'));
}

/** `192.0.2.1+179` is an address and a port; Junos leaves the port out while there is no connection. */
export function endpointOf(peer: XmlElement, name: 'peer-address' | 'local-address'): { ip: string; port: number } {
  const [address = '', port = '179'] = textIn(peer, name).split('+');
  return { ip: ipOrText(address), port: /^\d{1,5}$/.test(port) ? Number(port) : 179 };
}

/** The main instance is `global` to NAPALM. */
export const instanceName = (instance: string): string => (instance === 'master' ? 'global' : instance);
