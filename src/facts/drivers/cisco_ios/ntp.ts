import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { NtpStat } from '../../model/services.ts';
import { isSwitchedOff, readIosLines } from './ios-lines.ts';

const associations = 'show ntp associations';

/** Every association that is configured (`~`); IOS tells peers and servers apart in the configuration only. */
export const getNtpPeers: ReadFacts<'get_ntp_peers'> = async (ask) =>
  Object.fromEntries(
    (await associationsOf(ask)).filter(({ isConfigured }) => isConfigured).map(({ stat }) => [stat.remote, {}]),
  );

export const getNtpStats: ReadFacts<'get_ntp_stats'> = async (ask) =>
  (await associationsOf(ask)).map(({ stat }) => stat);

/** `ntp server [vrf MGMT] [ip|ipv6] 192.0.2.1 …`, as written. */
export const getNtpServers: ReadFacts<'get_ntp_servers'> = async (ask) => {
  const command = 'show run | include ntp server';
  const servers: Record<string, object> = {};
  readIosLines(ask, command, await ask.text(command), (line) => {
    const address = /^ntp server (?:vrf \S{1,64} )?(?:ip |ipv6 )?(\S{1,255})/.exec(line)?.[1];
    if (address !== undefined) servers[address] = {};
    return address !== undefined || /\S.*\bntp server\b/.test(line);
  });
  return servers;
};

interface Association {
  readonly isConfigured: boolean;
  readonly stat: NtpStat;
}

/**
 * `*~172.29.50.34  83.168.200.199  3  54  1024  377  1.186  0.122  18.659`; a long address stands in a line of its own.
 * The last column is the dispersion, which NAPALM calls jitter.
 */
async function associationsOf(ask: Ask): Promise<readonly Association[]> {
  const output = await ask.text(associations);
  if (isSwitchedOff(ask, output)) return [];
  const found: Association[] = [];
  let before = '';
  readIosLines(ask, associations, output, (line) => {
    if (/^ +address +ref clock/.test(line) || /^ ?\* ?(?:sys\.peer|master)/.test(line)) return true;
    const whole = before + line;
    before = '';
    const row =
      /^([*#+x.o -])?(~)?\s?([\w.:-]{2,64}) +(\S{1,64}) +(\d{1,2}) +(-|\d{1,9}[smhd]?) +(\d{1,6}) +(\d{1,3}) +(-?[\d.]{1,12}) +(-?[\d.]{1,12}) +(-?[\d.]{1,12})$/.exec(
        whole,
      );
    if (row === null) {
      if (!/^[*#+x.o -]?~?[\w.:-]{2,64}$/.test(line)) return /No associations|^%NTP is not/.test(line);
      before = `${line} `;
      return true;
    }
    const [, mark, tilde, remote = '', referenceid = '', stratum, when = '', poll, reach, delay, offset, dispersion] =
      row;
    found.push({
      isConfigured: tilde === '~',
      stat: {
        remote,
        referenceid,
        synchronized: mark === '*',
        stratum: Number(stratum),
        type: '-',
        when,
        hostpoll: Number(poll),
        reachability: Number(reach),
        delay: Number(delay),
        offset: Number(offset),
        jitter: Number(dispersion),
      },
    });
    return true;
  });
  return found;
}
