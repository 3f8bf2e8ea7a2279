import type { BmpRib } from './bmp/bmp-peer.ts';

/** A neighbour of a router that is monitored. */
interface LiveNeighbour {
  readonly asn: number;
  readonly address: string;
  readonly rib: BmpRib;
}

/** What happens while routes are followed; `router` is its own name, or its address. */
export type LiveEvent =
  | { readonly kind: 'router-up'; readonly router: string; readonly address: string; readonly description: string }
  | {
      readonly kind: 'router-down';
      readonly router: string;
      readonly reason: string;
      /** Of the first byte that could not be read, from the start of the connection; absent when all could. */
      readonly offset?: number;
      readonly bytes: number;
      readonly messages: number;
      /** Routes that stay for a while, in case that it comes back. */
      readonly routes: number;
      /** What was passed over or damaged, and how often. */
      readonly skipped: readonly string[];
    }
  | { readonly kind: 'peer-up'; readonly router: string; readonly peer: Omit<LiveNeighbour, 'rib'> }
  | {
      readonly kind: 'peer-down';
      readonly router: string;
      readonly peer: Omit<LiveNeighbour, 'rib'>;
      readonly reason: string;
      /** Routes that went with it. */
      readonly routes: number;
    }
  | {
      readonly kind: 'table-complete';
      readonly router: string;
      readonly peer: LiveNeighbour;
      readonly family: 4 | 6;
      readonly routes: number;
    }
  | {
      readonly kind: 'statistics';
      readonly router: string;
      readonly peer: LiveNeighbour;
      /** By the number of the statistic (RFC 7854 section 4.8). */
      readonly values: Readonly<Record<number, number>>;
    }
  | { readonly kind: 'refused'; readonly router: string; readonly peer: LiveNeighbour; readonly reason: string }
  | {
      readonly kind: 'feed-up';
      readonly feed: string;
      /** How long nothing could be heard, in milliseconds; 0 at first. */
      readonly deafMs: number;
    }
  | {
      readonly kind: 'feed-down';
      readonly feed: string;
      readonly reason: string;
      readonly retryMs: number;
      readonly messages: number;
    }
  | { readonly kind: 'feed-note'; readonly feed: string; readonly text: string };
