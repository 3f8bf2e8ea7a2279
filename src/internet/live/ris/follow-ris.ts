import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agent } from 'undici';
import { type Clock, NetwrightError, type Random, systemClock } from '#core';
import { createParsedPrefix, parsePrefixInto } from '../../routes/prefix-parser.ts';
import type { Gate } from '../gate.ts';
import type { LiveEvent } from '../live-event.ts';
import type { LivePeer, LiveTable } from '../table/live-table.ts';
import { risConnection } from './ris-connection.ts';
import { type RisFilter, subscription } from './ris-filter.ts';
import { type RisMessage, type RisPeer, readRisMessage } from './ris-message.ts';

export interface FollowRisOptions {
  /** Default: RIPE NCC's server. */
  readonly url?: string;
  /** A subscription each; none: everything. */
  readonly filters?: readonly RisFilter[];
  readonly table: LiveTable;
  readonly gate: Gate;
  readonly onEvent: (event: LiveEvent) => void;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  readonly random?: Random;
  /** How long until the connection stands. Default 20 s. */
  readonly connectTimeoutMs?: number;
  /** After half of this without a word the server is asked, after all of it given up. Default 60 s. */
  readonly silenceMs?: number;
  /** Of the first pause before another attempt, doubled with each, and the longest. Defaults 1 s and 2 min. */
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
}

const usualRisUrl = 'wss://ris-live.ripe.net/v1/ws/?client=netwright';

/** More than the largest UPDATE as JSON takes. */
const mostMessageBytes = 4 << 20;
const usualConnectMs = 20_000;
/** A connection that held for so long was a good one: the next pause is the first again. */
const goodConnectionMs = 30_000;

/** How a feed does. */
export interface RisFeed {
  readonly messages: number;
  readonly isUp: boolean;
  /** What was passed over, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Resolves when the signal has fired and the connection is closed. */
  readonly done: Promise<void>;
}

/**
 * Follows RIS Live until the signal fires: connects, subscribes, brings what it says into the table, connects again when
 * the connection is lost or silent, after pauses that double and vary. What was missed meanwhile is not repeated by the
 * server: how long the feed was deaf is told with `feed-up`.
 * @throws NetwrightError `NW_USAGE` for an address that is none of a WebSocket.
 */
export function followRis(options: FollowRisOptions): RisFeed {
  const { url = usualRisUrl } = options;
  if (!/^wss?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new NetwrightError('NW_USAGE', `${url}: expected the address of a WebSocket, such as ${usualRisUrl}`);
  }
  const feed = new Feed(options, url);
  const done = feed.run();
  return {
    get messages() {
      return feed.messages;
    },
    get isUp() {
      return feed.isUp;
    },
    skipped: feed.skipped,
    done,
  };
}

class Feed {
  readonly #options: FollowRisOptions;
  readonly #url: string;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #peers = new Map<string, LivePeer>();
  readonly #prefix = createParsedPrefix();
  readonly skipped = new Map<string, number>();
  readonly #agent: Agent;
  messages = 0;
  isUp = false;
  /** Since when nothing is heard; undefined before the first connection. */
  #deafSinceMs: number | undefined;
  #retries = 0;

  constructor(options: FollowRisOptions, url: string) {
    this.#options = options;
    this.#url = url;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#agent = new Agent({
      connect: { timeout: options.connectTimeoutMs ?? usualConnectMs },
      webSocket: { maxPayloadSize: mostMessageBytes },
    });
  }

  async run(): Promise<void> {
    const { signal, onEvent, firstRetryMs = 1000, longestRetryMs = 120_000 } = this.#options;
    try {
      while (!signal.aborted) {
        const sinceMs = this.#clock.now();
        const before = this.messages;
        const reason = await this.#connect();
        const wasUp = this.isUp;
        this.isUp = false;
        if (signal.aborted) break;
        const now = this.#clock.now();
        if (wasUp || this.#deafSinceMs === undefined) this.#deafSinceMs = now;
        if (wasUp && now - sinceMs >= goodConnectionMs) this.#retries = 0;
        const pauseMs = Math.min(firstRetryMs * 2 ** this.#retries, longestRetryMs);
        // Between half of it and all: a thousand followers do not come back at once.
        const retryMs = Math.round(pauseMs * (0.5 + this.#random() / 2));
        this.#retries += 1;
        onEvent({ kind: 'feed-down', feed: this.#url, reason, retryMs, messages: this.messages - before });
        await this.#clock.sleep(retryMs, signal).catch(() => {}); // the loop looks at the signal
      }
    } finally {
      await this.#agent.destroy();
    }
  }

  async #connect(): Promise<string> {
    const { signal, connectTimeoutMs = usualConnectMs, silenceMs = 60_000, filters = [] } = this.#options;
    return await risConnection({
      url: this.#url,
      dispatcher: this.#agent,
      hello: (filters.length === 0 ? [{}] : filters).map(subscription),
      connectTimeoutMs,
      silenceMs,
      signal,
      onTexts: async (texts) => await this.#takeAll(texts),
    });
  }

  async #takeAll(batch: readonly string[]): Promise<void> {
    const { gate } = this.#options;
    for (const [at, text] of batch.entries()) {
      if (at % batchSize === batchSize - 1) await nextTurn();
      if (!gate.isOpen) await gate.opened();
      this.#take(readRisMessage(text));
    }
  }

  #take(message: RisMessage): void {
    const { table, onEvent } = this.#options;
    this.messages += 1;
    switch (message.kind) {
      case 'error':
        onEvent({ kind: 'feed-note', feed: this.#url, text: message.text });
        return;
      case 'unreadable':
        this.#skip(message.reason);
        return;
      case 'peer-state': {
        this.#heard();
        const peer = this.#peers.get(keyOf(message.peer));
        // Its session with the collector is down: the collector has none of its routes any more.
        if (!message.isUp && peer !== undefined) table.clear(peer);
        return;
      }
      case 'subscribed':
      case 'other':
        this.#heard();
        return;
      case 'update':
        this.#heard();
        this.#update(message);
    }
  }

  #update({ peer: from, path, announced, withdrawn }: RisMessage & { readonly kind: 'update' }): void {
    const { table } = this.#options;
    const peer = this.#peer(from);
    if (peer === undefined) {
      this.#skip('a route of the 65,537th vantage point or a later one');
      return;
    }
    for (const text of withdrawn) {
      if (parsePrefixInto(text, this.#prefix)) table.withdrawParsed(peer, this.#prefix);
      else this.#skip('a prefix that cannot be read');
    }
    for (const text of announced) {
      if (!parsePrefixInto(text, this.#prefix)) this.#skip('a prefix that cannot be read');
      else if (path !== undefined && !table.announceParsed(peer, this.#prefix, path))
        this.#skip('a route for which the table has no room');
    }
  }

  #heard(): void {
    if (this.isUp) return;
    this.isUp = true;
    const deafMs = this.#deafSinceMs === undefined ? 0 : this.#clock.now() - this.#deafSinceMs;
    this.#options.onEvent({ kind: 'feed-up', feed: this.#url, deafMs });
  }

  #peer(from: RisPeer): LivePeer | undefined {
    const key = keyOf(from);
    const known = this.#peers.get(key);
    if (known !== undefined) return known;
    const peer = this.#options.table.addPeer({ asn: from.asn, address: from.address, collector: from.host });
    if (peer !== undefined) this.#peers.set(key, peer);
    return peer;
  }

  #skip(reason: string): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }
}

/** Messages between two turns of the event loop: some five milliseconds. */
const batchSize = 256;

const keyOf = ({ asn, address, host }: RisPeer): string => `${asn} ${address} ${host}`;
