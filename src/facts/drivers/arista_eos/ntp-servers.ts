import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { NtpServers } from '../../model/services.ts';
import { ipOf } from '../reading/addresses.ts';

const command = 'show running-config | section ntp';

export const readNtpServers: ReadFacts<'get_ntp_servers'> = async (ask) => {
  const servers: NtpServers = {};
  readLines(ask, command, await ask.text(command), (line) => {
    const words = line.trim().split(/\s+/);
    // Keys, sources and the serving of others are no servers.
    if (words[0] !== 'ntp' || words[1] !== 'server') return words[0] === 'ntp' || line.startsWith('!');
    const at = words[2] === 'vrf' ? 4 : 2;
    const address = words[at];
    if (address === undefined || words[at - 1] === undefined) return false;
    const options = words.slice(at + 1);
    const after = (name: string): string | undefined => options[options.indexOf(name) + 1 || options.length];
    servers[address] = {
      port: 123,
      version: Number(after('version') ?? 4),
      association_type: 'SERVER',
      iburst: options.includes('iburst'),
      prefer: options.includes('prefer'),
      network_instance: at === 4 ? words[3]! : 'default',
      source_address: after('source-address') ?? after('source') ?? after('local-interface') ?? '',
      key_id: Number(after('key') ?? -1),
      address: ipOf(address) === undefined ? '' : address,
    };
    return true;
  });
  return servers;
};
