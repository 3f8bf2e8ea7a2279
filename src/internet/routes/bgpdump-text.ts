import { asnFromText } from '../files/asn-text.ts';
import type { RouteReading } from './open-routes.ts';
import type { ReadingLog } from './statistics.ts';
import { TextColumns } from './text-columns.ts';

/** Reads what `bgpdump -m` or `-M` printed. Announcements count as routes; withdrawals and state changes are counted. */
export async function readBgpdumpText(reading: RouteReading): Promise<void> {
  const { source, log } = reading;
  const columns = new TextColumns(reading);
  let offset = 0;
  for await (const lines of source.lineBatches()) {
    for (const line of lines) {
      readLine(line, offset, columns, log);
      offset += line.length + 1;
    }
  }
  log.unpackedBytes += offset;
}

function readLine(line: string, offset: number, columns: TextColumns, log: ReadingLog): void {
  if (line === '') return;
  log.records += 1;
  const [label = '', time = '', kind = '', address = '', asn = '', prefix = '', pathOrId = '', path = ''] = line.split(
    '|',
    9,
  );
  if (kind === 'W') log.withdrawals += 1;
  else if (kind === 'STATE') log.stateChanges += 1;
  else if (kind !== 'A' && kind !== 'B') log.skip('a line that is none of bgpdump', offset);
  else {
    const peerAsn = asnFromText(asn);
    if (peerAsn === undefined) log.skip('a peer without an AS number', offset);
    else {
      log.recordedAt(Math.floor(Number(time)) || 0);
      columns.add({ prefix, path: label.endsWith('_AP') ? path : pathOrId, peerAsn, address }, offset);
    }
  }
}
