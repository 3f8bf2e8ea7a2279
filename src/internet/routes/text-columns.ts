import type { RouteReading } from './open-routes.ts';
import { type ParsedPath, parsePath } from './path-text.ts';
import { createParsedPrefix, parsePrefixInto } from './prefix-parser.ts';

const rememberedPaths = 200_000;

/** One route as text has it. */
export interface TextRoute {
  readonly prefix: string;
  /** Text as `parsePath` reads it, or what was parsed already. */
  readonly path: string | ParsedPath;
  /** Who told; undefined: the first AS of the path, at `address`. */
  readonly peerAsn?: number | undefined;
  readonly address: string;
}

/** Puts routes of text into columns; what cannot be read is counted. */
export class TextColumns {
  readonly #reading: RouteReading;
  readonly #prefix = createParsedPrefix();
  readonly #paths = new Map<string, number>();
  #lastText = '';
  #lastPrefix = -1;

  constructor(reading: RouteReading) {
    this.#reading = reading;
  }

  /** `offset` is for the statistics: where in the data the route stands. */
  add({ prefix, path: pathText, peerAsn, address }: TextRoute, offset: number): void {
    const { columns, log, collector, options } = this.#reading;
    if (prefix !== this.#lastText) {
      this.#lastText = prefix;
      this.#lastPrefix = parsePrefixInto(prefix, this.#prefix)
        ? columns.prefixes.intern(this.#prefix.family, this.#prefix.length, this.#prefix.words)
        : -1;
    }
    if (this.#lastPrefix < 0) {
      log.skip('a prefix that cannot be read', offset);
      return;
    }
    const path = typeof pathText === 'string' ? this.#textPath(pathText) : this.#intern(pathText);
    if (path < 0) {
      log.skip('an AS path that cannot be read', offset);
      return;
    }
    const from = options.vantagePoint ?? { asn: peerAsn ?? columns.paths.firstOf(path), address };
    const peer = columns.peer(from.asn, from.address, collector);
    if (peer < 0) {
      log.skip('a route of the 65,537th vantage point or a later one', offset);
      return;
    }
    log.routes += 1;
    columns.add(this.#lastPrefix, path, peer);
  }

  /** Paths repeat: most texts have been seen before. */
  #textPath(text: string): number {
    const known = this.#paths.get(text);
    if (known !== undefined) {
      if (known >= 0) this.#reading.columns.paths.again(known);
      return known;
    }
    const parsed = parsePath(text);
    const path = parsed === undefined ? -1 : this.#intern(parsed);
    if (this.#paths.size < rememberedPaths) this.#paths.set(text, path);
    return path;
  }

  #intern({ hops, sets }: ParsedPath): number {
    return this.#reading.columns.paths.ofHops(hops, sets);
  }
}
