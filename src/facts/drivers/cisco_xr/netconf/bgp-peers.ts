import type { XmlElement } from '#core';
import type { Ask } from '../../../ask.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { textIn } from '../../reading/xml.ts';
import { model, operational } from './models.ts';

const filter = `<bgp xmlns="${model('ipv4-bgp-oper')}"><instances><instance><instance-name>default</instance-name><instance-active><default-vrf><global-process-info/><neighbors/></default-vrf><vrfs><vrf><vrf-name/><global-process-info/><neighbors/></vrf></vrfs></instance-active></instance></instances></bgp>`;

/** One VRF with its settings and its peers. */
export interface BgpVrf {
  readonly name: string;
  readonly settings: XmlElement | undefined;
  readonly peers: readonly XmlElement[];
}

/** All VRFs with BGP, the main one as `default` and first. */
export async function bgpVrfs(ask: Ask): Promise<BgpVrf[] | undefined> {
  const data = await operational(ask, 'show bgp neighbors', filter);
  if (data === undefined) return undefined;
  return data
    .allAt('bgp/instances/instance/instance-active')
    .flatMap((instance) => [
      ...instance.all('default-vrf').map((vrf) => vrfOf(vrf, 'default')),
      ...instance.allAt('vrfs/vrf').map((vrf) => vrfOf(vrf, textIn(vrf, 'vrf-name'))),
    ]);
}

const vrfOf = (vrf: XmlElement, name: string): BgpVrf => ({
  name,
  settings: vrf.at('global-process-info/vrf'),
  peers: vrf.allAt('neighbors/neighbor'),
});

/** The main VRF is `global` to NAPALM. */
export const instanceName = (vrf: BgpVrf): string => (vrf.name === 'default' ? 'global' : vrf.name);

/** One end of the connection. */
export const addressAt = (peer: XmlElement, end: 'connection-local-address' | 'connection-remote-address'): string =>
  ipOrText(textIn(peer, `${end}/ipv4-address`) || textIn(peer, `${end}/ipv6-address`));
