import type { Ask } from '../ask.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../model/neighbors.ts';
import { entryOf } from './entry.ts';
import { longInterfaceName } from './interface-name.ts';

const command = 'show cdp neighbors detail';

interface Fields {
  name: string;
  platform: string;
  capabilities: string;
  local: string;
  port: string;
}

const words: Readonly<Record<string, string>> = {
  router: 'router',
  switch: 'bridge',
  'trans-bridge': 'bridge',
  'source-route-bridge': 'bridge',
  host: 'station',
  phone: 'telephone',
  repeater: 'repeater',
};

/** `show cdp neighbors detail` of IOS and NX-OS, which print nearly the same. */
export async function readCdp(ask: Ask): Promise<LldpNeighborsDetail> {
  const output = await ask.text(command, { optional: true });
  const found: Fields[] = [];
  for (const raw of (output ?? '').split('\n')) {
    const line = raw.slice(0, 500).trim();
    const name = /^Device ID: ?(\S{1,255}?)(?:\([A-Z0-9]{6,20}\))?$/.exec(line)?.[1];
    if (name !== undefined) found.push({ name, platform: '', capabilities: '', local: '', port: '' });
    const last = found.at(-1);
    if (last === undefined) continue;
    const [, platform, capabilities = ''] = /^Platform: (.{1,80}?), +Capabilities: (.*)/.exec(line) ?? [];
    if (platform !== undefined) Object.assign(last, { platform, capabilities });
    const [, local, port] = /^Interface: (\S{1,64}), +Port ID \(outgoing port\): (\S.{0,63})$/.exec(line) ?? [];
    if (local !== undefined) Object.assign(last, { local, port });
  }
  if (found.length > 0 || /^Total cdp entries displayed : 0|CDP is not enabled/im.test(output ?? ''))
    ask.understood(command);
  const neighbors: Record<string, LldpNeighborDetail[]> = {};
  for (const fields of found) {
    if (fields.local === '') continue;
    entryOf<LldpNeighborDetail[]>(neighbors, longInterfaceName(fields.local), () => []).push(neighborOf(fields));
  }
  return neighbors;
}

function neighborOf({ name, platform, capabilities, port }: Fields): LldpNeighborDetail {
  const told = capabilities.toLowerCase().split(/\s+/);
  const capab = [...new Set(told.map((word) => words[word]).filter((word) => word !== undefined))];
  return {
    parent_interface: '',
    remote_chassis_id: '',
    remote_port: port,
    remote_port_description: '',
    remote_system_name: name,
    remote_system_description: platform,
    remote_system_capab: capab,
    remote_system_enable_capab: capab,
  };
}
