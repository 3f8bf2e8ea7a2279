import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { NtpStat } from '../../model/services.ts';
import { asInteger, asNumber, asText } from '../../values/json.ts';
import { rowsOf } from './nx-json.ts';

export const getNtpPeers: ReadFacts<'get_ntp_peers'> = async (ask) => await associations(ask, 'Peer');
export const getNtpServers: ReadFacts<'get_ntp_servers'> = async (ask) => await associations(ask, 'Server');

/** `show ntp peers` lists both, and says of each what it is. */
async function associations(ask: Ask, wanted: 'Peer' | 'Server'): Promise<Record<string, object>> {
  const command = 'show ntp peers';
  const answer = await ask.json(command, { optional: true });
  const found: Record<string, object> = {};
  if (answer !== undefined) {
    for (const row of rowsOf(answer, 'peers')) {
      if (asText(row['serv_peer']).startsWith(wanted)) found[asText(row['PeerIPAddress'])] = {};
    }
    return found;
  }
  readLines(ask, command, await ask.text(command), (line) => {
    const [, address, kind] = /^ +(\S{1,255}) +(Server|Peer)(?: \([a-z]+\))?$/.exec(line) ?? [];
    if (address !== undefined && kind === wanted) found[address] = {};
    return address !== undefined || /^(?:-{5,}| +Peer IP Address)/.test(line);
  });
  return found;
}

/** Offset and jitter are not told: 0, as NAPALM has it. */
export const getNtpStats: ReadFacts<'get_ntp_stats'> = async (ask) => {
  const command = 'show ntp peer-status';
  const answer = await ask.json(command, { optional: true });
  if (answer !== undefined) {
    return rowsOf(answer, 'peersstatus').map((row) =>
      statOf(asText(row['syncmode']), asText(row['remote']), {
        stratum: asInteger(row['st']),
        hostpoll: asInteger(row['poll']),
        reachability: asInteger(row['reach']),
        delay: asNumber(row['delay']),
      }),
    );
  }
  const stats: NtpStat[] = [];
  readLines(ask, command, await ask.text(command), (line) => {
    const [, mode = '', remote, stratum, poll, reach, delay] =
      /^([*+=-]| )(\S{2,64}) +\S{2,64} +(\d{1,2}) +(\d{1,6}) +(\d{1,3}) +([\d.]{1,12})/.exec(line) ?? [];
    if (remote === undefined) return /^(?:Total peers|\* - |- - | +remote +local|-{5,})/.test(line);
    stats.push(
      statOf(mode, remote, {
        stratum: Number(stratum),
        hostpoll: Number(poll),
        reachability: Number(reach),
        delay: Number(delay),
      }),
    );
    return true;
  });
  return stats;
};

const statOf = (
  mode: string,
  remote: string,
  told: Pick<NtpStat, 'stratum' | 'hostpoll' | 'reachability' | 'delay'>,
): NtpStat => ({
  remote,
  referenceid: remote,
  synchronized: mode === '*',
  type: '',
  when: '',
  offset: 0,
  jitter: 0,
  ...told,
});
