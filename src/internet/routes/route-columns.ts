import { grown, PathInterner } from './path-interner.ts';
import { PrefixInterner } from './prefix-interner.ts';
import type { RouteTable, VantagePoint } from './route-table.ts';

/** `peerOf` has sixteen bits. */
const mostPeers = 65_536;

/** Fills the columns of a {@link RouteTable}, from however many sources. */
export class RouteColumns {
  readonly paths = new PathInterner();
  readonly prefixes = new PrefixInterner();
  readonly #peers: VantagePoint[] = [];
  readonly #peerIndex = new Map<string, number>();
  #count = 0;
  #prefixOf = new Uint32Array(1 << 14);
  #pathOf = new Uint32Array(1 << 14);
  #peerOf = new Uint16Array(1 << 14);

  /** The index of a vantage point; -1 when there are more than a table can tell apart. */
  peer(asn: number, address: string, collector: string): number {
    const key = `${asn} ${address} ${collector}`;
    const known = this.#peerIndex.get(key);
    if (known !== undefined) return known;
    if (this.#peers.length === mostPeers) return -1;
    const index = this.#peers.push({ asn, address, collector }) - 1;
    this.#peerIndex.set(key, index);
    return index;
  }

  add(prefix: number, path: number, peer: number): void {
    const at = this.#count++;
    if (at === this.#prefixOf.length) {
      this.#prefixOf = grown(this.#prefixOf, at);
      this.#pathOf = grown(this.#pathOf, at);
      const peers = new Uint16Array(at * 2);
      peers.set(this.#peerOf);
      this.#peerOf = peers;
    }
    this.#prefixOf[at] = prefix;
    this.#pathOf[at] = path;
    this.#peerOf[at] = peer;
  }

  table(): RouteTable {
    return {
      routeCount: this.#count,
      prefixOf: this.#prefixOf.subarray(0, this.#count),
      pathOf: this.#pathOf.subarray(0, this.#count),
      peerOf: this.#peerOf.subarray(0, this.#count),
      prefixes: this.prefixes.table(),
      paths: this.paths.table(),
      peers: this.#peers,
    };
  }
}
