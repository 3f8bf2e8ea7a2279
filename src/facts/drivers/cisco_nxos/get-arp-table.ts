import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { ArpEntry } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { readDuration } from '../../values/duration.ts';
import { asText } from '../../values/json.ts';
import { readMac } from '../../values/mac.ts';
import { firstJson, rowsOf } from './nx-json.ts';

/** Seconds of age; static entries have none (-1). Entries that are being resolved are left out. */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const scope = `vrf ${vrf === '' ? 'all' : vrf}`;
  const answer = await firstJson(ask, `show ip arp ${scope}`, ...(vrf === '' ? ['show ip arp'] : []));
  if (answer !== undefined) {
    return rowsOf(answer, 'vrf')
      .flatMap((one) => rowsOf(one, 'adj'))
      .filter((row) => readMac(asText(row['mac'])) !== undefined)
      .map((row) =>
        entryOf(asText(row['intf-out']), asText(row['ip-addr-out']), asText(row['mac']), asText(row['time-stamp'])),
      );
  }
  const command = `show ip arp ${scope} | exc INCOMPLETE`;
  const entries: ArpEntry[] = [];
  readLines(ask, command, await ask.text(command), (line) => {
    if (/^(?:Flags: |Address +Age|Total number of entries|IP ARP Table|\s+[*+#CDAR] - )/.test(line)) return true;
    const [, ip = '', age = '', mac = '', port = ''] =
      /^(\S{7,15}) +(\S{1,20}) +(\S+) +(\S+)(?: +\S{1,4})?$/.exec(line) ?? [];
    if (readAddress(ip) === undefined || readMac(mac) === undefined) return false;
    entries.push(entryOf(port, ip, mac, age));
    return true;
  });
  return entries;
};

const entryOf = (port: string, ip: string, mac: string, age: string): ArpEntry => ({
  interface: port,
  ip,
  mac: readMac(mac) ?? mac,
  age: readDuration(age) ?? -1,
});
