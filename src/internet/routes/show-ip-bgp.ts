import { isIP } from 'node:net';
import { asnFromText } from '../files/asn-text.ts';
import type { RouteReading } from './open-routes.ts';
import { anyAddress } from './route-table.ts';
import { TextColumns } from './text-columns.ts';

/** Where the columns of the table begin, from its header. */
interface Layout {
  readonly network: number;
  readonly nextHop: number;
  readonly path: number;
}

/** That of Cisco IOS; snapshots of route servers have no header. */
const cisco: Layout = { network: 3, nextHop: 20, path: 61 };

/** Behind the origin code: originator, cluster list, link-local next hop. */
const aristaAttributes = / (?:Or-ID|C-LST|LL Nexthop): .*$/;

/** A route that may go on in the next line. */
interface Row {
  readonly offset: number;
  readonly status: string;
  readonly network: string;
  nextHop: string;
  /** Where the columns of the row are a column to the right of the header. */
  off: 0 | 1;
  /** What stands behind the next hop, at the columns where it stood. */
  tail: string;
}

/**
 * Reads the table of `show ip bgp` or `show bgp ipv4|ipv6 unicast` of Cisco IOS, IOS XR and NX-OS, Arista EOS, FRR and Quagga. Columns are found by
 * their header, as metric, preference and weight may be blank. A network that is left out is that of the line before;
 * one too long for its column has the rest of its row in the next line, and so has a next hop.
 *
 * The vantage point of a route is the neighbour that told it: the first AS of its path at the next hop.
 */
export async function readShowIpBgp(reading: RouteReading): Promise<void> {
  const { source, log } = reading;
  const table = new Table(reading);
  let offset = 0;
  for await (const lines of source.lineBatches()) {
    for (const line of lines) {
      table.line(line.trimEnd(), offset);
      offset += line.length + 1;
    }
  }
  table.end();
  log.unpackedBytes += offset;
}

class Table {
  readonly #log: RouteReading['log'];
  readonly #columns: TextColumns;
  #layout = cisco;
  #hasHeader = false;
  #network = '';
  #localAsn: number | undefined;
  #row: Row | undefined;

  constructor(reading: RouteReading) {
    this.#log = reading.log;
    this.#columns = new TextColumns(reading);
  }

  line(line: string, offset: number): void {
    if (this.#isHeader(line)) return;
    const { network, nextHop } = this.#layout;
    const first = line.search(/\S/);
    if (first < 0) {
      this.end();
      return;
    }
    const status = line.slice(0, network);
    if (first <= network && /^[*>=|%&@<sdhrSRbmfxaicteNIVlLEUuq ]*$/.test(status) && this.#hasStatus(status)) {
      this.#begin(line, status, offset);
      return;
    }
    if (first >= nextHop - 1 && this.#row) {
      this.#goOn(this.#row, line, first);
      return;
    }
    this.end();
    if (this.#network !== '') this.#log.skip('a line that is no route', offset);
  }

  end(): void {
    const row = this.#row;
    this.#row = undefined;
    if (row === undefined) return;
    this.#log.records += 1;
    const match = /^(.*?)\s*([ie?])$/.exec(pathOf(row.tail, this.#layout.path + row.off).replace(aristaAttributes, ''));
    if (row.network === '') this.#log.skip('a route before any network', row.offset);
    else if (!/[*rS]/.test(row.status) && !row.status.includes('h')) {
      this.#log.skip('a route that is not valid', row.offset);
    } else if (row.status.includes('h')) this.#log.skip('a route of the past (status h)', row.offset);
    else if (match === null || row.nextHop === '') this.#log.skip('a route that is cut short', row.offset);
    else {
      const path = match[1]!;
      const peerAsn = path === '' ? (this.#localAsn ?? 0) : undefined;
      this.#columns.add({ prefix: row.network, path, peerAsn, address: row.nextHop }, row.offset);
    }
  }

  /** Before a header only a star will do: the words of the legend are made of the same letters. Blank: not valid. */
  #hasStatus(status: string): boolean {
    return status.includes('*') || this.#hasHeader;
  }

  #isHeader(line: string): boolean {
    const local = /\blocal AS (?:number )?(\S+?)[,.]?$/.exec(line);
    if (local) this.#localAsn = asnFromText(local[1]!);
    const match = /^(\s*)Network(\s+)Next Hop(.*)Path\s*$/.exec(line);
    if (match === null) return false;
    this.end();
    this.#hasHeader = true;
    this.#layout = { network: match[1]!.length, nextHop: line.indexOf('Next Hop'), path: line.lastIndexOf('Path') };
    return true;
  }

  #begin(line: string, status: string, offset: number): void {
    this.end();
    // IOS XE since 16.9 has its rows a column to the right of its header.
    const isOff = /^ \S/.test(line.slice(this.#layout.network));
    const from = this.#layout.network + (isOff ? 1 : 0);
    const network = /^\S*/.exec(line.slice(from))![0];
    // A blank network is that of the line before; in its place there is nothing up to the next hop.
    if (network !== '') this.#network = network;
    this.#row = { offset, status, network: this.#network, nextHop: '', off: isOff ? 1 : 0, tail: '' };
    const after = from + network.length;
    const next = line.slice(after).search(/\S/);
    if (next >= 0) this.#goOn(this.#row, line, after + next);
  }

  /** What follows from `at` on: the next hop, if there was none yet, then the other columns. */
  #goOn(row: Row, line: string, at: number): void {
    let from = at;
    if (row.nextHop === '') {
      const token = /^\S+/.exec(line.slice(at))![0];
      // Arista has a dash for what is its own.
      if (token !== '-' && isIP(token.split('%')[0]!) === 0) return;
      row.nextHop = token === '-' ? anyAddress : token;
      if (at === this.#layout.nextHop + 1) row.off = 1;
      from = at + token.length;
    }
    row.tail = row.tail.padEnd(from).slice(0, from) + line.slice(from);
  }
}

/**
 * The path and the origin code. They begin where the header says; but a row that wrapped is a column off in some
 * versions of FRR, and a metric of ten digits pushes: then it is the word that begins nearest to that.
 */
function pathOf(tail: string, column: number): string {
  for (const off of [0, -1, 1, -2, 2]) {
    const at = column + off;
    if (tail[at - 1] === ' ' && /\S/.test(tail[at] ?? '')) return tail.slice(at).trim();
  }
  return tail.slice(column).trim();
}
