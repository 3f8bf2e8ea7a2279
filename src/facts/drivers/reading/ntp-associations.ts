import type { Ask } from '../../ask.ts';
import { readLines } from '../../lines.ts';
import type { NtpStats } from '../../model/services.ts';

const heading = /^\s*remote\s+refid\s|^=+$|^\s*=+[=\s]*$/;
/** The tally of RFC 1305's `ntpq`, then remote, reference, stratum, type, when, poll, reach, delay, offset, jitter. */
const row =
  /^([ *+#x.o-]?)(\S+)\s+(\S+)\s+(\d{1,2})\s+([a-zA-Z-])\s+(\S+)\s+(\d+)\s+(\d+)\s+(-?[\d.]+)\s+([+-]?[\d.]+)\s+([\d.]+)$/;

/** Reads what `ntpq -p` prints; EOS, Junos and VyOS show it as it is. Unknown lines become warnings. */
export function readNtpAssociations(
  ask: Ask,
  command: string,
  output: string,
  nameOf: (remote: string) => string = (remote) => remote,
): NtpStats {
  const associations: NtpStats = [];
  let wrapped: string | undefined;
  readLines(ask, command, output, (raw) => {
    // A long name stands on a line of its own, its figures on the next.
    const line = wrapped === undefined ? raw : `${wrapped}${raw}`;
    wrapped = undefined;
    if (heading.test(line)) return true;
    const found = row.exec(line);
    if (found === null) {
      if (!/^[ *+#x.o-]?[\w.:-]{16,}$/.test(line)) return noServers.test(line);
      wrapped = line;
      return true;
    }
    const [, tally, remote, referenceid, stratum, type, when, poll, reach, delay, offset, jitter] = found;
    associations.push({
      remote: nameOf(remote!),
      synchronized: tally === '*' || tally === 'o',
      referenceid: referenceid!,
      stratum: Number(stratum),
      type: type!,
      when: when!,
      hostpoll: Number(poll),
      reachability: Number(reach),
      delay: Number(delay),
      offset: Number(offset),
      jitter: Number(jitter),
    });
    return true;
  });
  return associations;
}

const noServers = /^(?:No association ID's returned|NTP is disabled|No ntp peers)/i;
