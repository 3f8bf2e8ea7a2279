import type { RouteReading } from './open-routes.ts';
import { anyAddress } from './route-table.ts';
import { TextColumns } from './text-columns.ts';

/** `inet.0: 882857 destinations, 15008409 routes (882857 active, 0 holddown, 1 hidden)` */
const tableHeader = /^\s*(\S+): \d+ destinations?, \d+ routes? \(/;

/** Tables of the internet; those of routing instances have the name of the instance before it. */
const wantedTables: ReadonlySet<string> = new Set(['inet.0', 'inet6.0']);

/** `203.0.113.0/24     *[BGP/170] 1w4d 14:17:30, localpref 100, from 192.0.2.9`, the prefix once for all its routes. */
const briefEntry = /^ {0,80}([\d.:a-fA-F]+\/\d+)? {1,80}[*+-]?\[([A-Za-z][\w-]*)\/[^\]]*\](.*)$/;
/** The same of `detail` and `extensive`: `203.0.113.0/24 (9 entries, 1 announced)`, then `*BGP    Preference: 170/-101`. */
const detailPrefix = /^\s*([\d.:a-fA-F]+\/\d+) \(\d+ entr/;
const detailEntry = /^\s+[*+-]?([A-Za-z][\w-]*)\s+Preference: /;
/** A prefix too long for its column has the line for itself. */
const lonePrefix = /^\s*([\d.:a-fA-F]+\/\d+)$/;
/** The path ends with its origin: I, E or ?; what follows belongs to other attributes. */
const asPath = /^\s+AS path: (?:(.*?) )?[IE?](?:,|\s|$)/;
const neighbour = /, from ([\d.:a-fA-F]+)/;
const source = /^\s+Source: ([\d.:a-fA-F]+)/;
const nextHop = /^\s+(?:>\s*)?(?:to|Next hop:) ([\d.:a-fA-F]+)(?: via |,|$)/;

/** A route whose lines go on. */
interface Entry {
  readonly offset: number;
  readonly prefix: string;
  /** Undefined until its line comes. */
  path: string | undefined;
  address: string | undefined;
}

/**
 * Reads `show route protocol bgp` of Junos, brief, detail and extensive, of the tables `inet.0` and `inet6.0`. Routes of
 * other protocols are no news from neighbours: a file of `show route` has them, and they are counted.
 *
 * The vantage point of a route is the neighbour that told it: `from`, or the next hop where that is the neighbour.
 */
export async function readJunosRoutes(reading: RouteReading): Promise<void> {
  const table = new JunosTable(reading);
  let offset = 0;
  for await (const lines of reading.source.lineBatches()) {
    for (const line of lines) {
      table.line(line.trimEnd(), offset);
      offset += line.length + 1;
    }
  }
  table.end();
  reading.log.unpackedBytes += offset;
}

class JunosTable {
  readonly #log: RouteReading['log'];
  readonly #columns: TextColumns;
  #isWanted = false;
  #prefix = '';
  #entry: Entry | undefined;

  constructor(reading: RouteReading) {
    this.#log = reading.log;
    this.#columns = new TextColumns(reading);
  }

  line(line: string, offset: number): void {
    const table = tableHeader.exec(line)?.[1];
    if (table !== undefined) {
      this.end();
      this.#isWanted = wantedTables.has(table);
      this.#prefix = '';
      return;
    }
    const brief = briefEntry.exec(line);
    if (brief !== null) {
      const [, prefix, protocol, rest] = brief;
      this.#begin(prefix ?? this.#prefix, protocol!, offset, neighbour.exec(rest!)?.[1]);
      return;
    }
    const prefix = (detailPrefix.exec(line) ?? lonePrefix.exec(line))?.[1];
    if (prefix !== undefined) {
      this.end();
      this.#prefix = prefix;
      return;
    }
    const protocol = detailEntry.exec(line)?.[1];
    if (protocol !== undefined) this.#begin(this.#prefix, protocol, offset);
    else if (this.#entry !== undefined) attribute(this.#entry, line);
  }

  end(): void {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry === undefined) return;
    const { prefix, path, offset, address = anyAddress } = entry;
    if (prefix === '') this.#log.skip('a route before any network', offset);
    else if (path === undefined) this.#log.skip('a route whose AS path is missing or cannot be read', offset);
    else this.#columns.add({ prefix, path, peerAsn: path === '' ? 0 : undefined, address }, offset);
  }

  #begin(prefix: string, protocol: string, offset: number, address?: string): void {
    this.end();
    this.#prefix = prefix;
    this.#log.records += 1;
    if (!this.#isWanted) this.#log.skip('a route of another table than inet.0 and inet6.0', offset);
    else if (protocol !== 'BGP') this.#log.skip('a route of another protocol than BGP', offset);
    else this.#entry = { offset, prefix, path: undefined, address };
  }
}

function attribute(entry: Entry, line: string): void {
  const path = asPath.exec(line);
  if (path !== null) {
    // Backup routes of a protected next hop repeat it.
    entry.path ??= path[1]?.trim() ?? '';
    return;
  }
  // The neighbour stands before the next hops, which are its address unless it says otherwise.
  entry.address ??= (source.exec(line) ?? nextHop.exec(line))?.[1];
}
