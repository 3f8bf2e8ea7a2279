import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { DeviceFacts } from '../../../model/device.ts';
import { textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { model, operational, subtree } from './models.ts';

const filter = [
  subtree('system-time', model('shellutil-oper')),
  subtree('interfaces', model('pfi-im-cmd-oper'), 'interfaces/interface/interface-name'),
  `<inventory xmlns="${model('invmgr-oper')}"><entities><entity><name>Rack 0</name><attributes><inv-basic-bag><software-revision/><model-name/><serial-number/></inv-basic-bag></attributes></entity></entities></inventory>`,
].join('');

export const readFacts: IfKnown<ReadFacts<'get_facts'>> = async (ask) => {
  const data = await operational(ask, 'show version', filter);
  return data && factsOf(data);
};

function factsOf(data: XmlElement): DeviceFacts {
  const hostname = textIn(data, 'system-time/uptime/host-name');
  // Releases differ in what stands between the inventory and the bag.
  const [bag] = data.all('inventory').flatMap((inventory) => [...inventory.descendants('inv-basic-bag')]);
  const interfaces = data.allAt('interfaces/interfaces/interface/interface-name');
  return {
    vendor: 'Cisco',
    model: bag?.valueAt('model-name') ?? '',
    hostname,
    fqdn: hostname,
    os_version: bag?.valueAt('software-revision') ?? '',
    serial_number: bag?.valueAt('serial-number') ?? '',
    uptime: wholeIn(data, 'system-time/uptime/uptime', -1),
    interface_list: interfaces.map(({ value }) => value),
  };
}
