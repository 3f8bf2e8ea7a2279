import type { SearchHit } from './configuration-store.ts';

/** What the search thread is told. */
export type SearchOrder =
  | {
      readonly kind: 'search';
      readonly id: number;
      readonly pattern: { readonly literal: string } | { readonly source: string; readonly flags: string };
      /** Names the state of the index: when the thread knows the configurations of that state, none are sent. */
      readonly state: string;
      readonly only?: ReadonlySet<string>;
    }
  /** Gives every current configuration of the state its filter, and forgets all other filters. */
  | { readonly kind: 'prepare'; readonly id: number; readonly state: string }
  /** Current configurations of the state, in slices; the last one says so. */
  | { readonly kind: 'current'; readonly state: string; readonly slice: readonly Current[]; readonly last: boolean }
  /** One batch of hits was taken by the reader. */
  | { readonly kind: 'taken'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

export interface Current {
  readonly device: string;
  readonly blob: string;
}

/** What the search thread answers. */
export type SearchAnswer =
  | { readonly kind: 'need-current'; readonly state: string }
  | { readonly kind: 'hits'; readonly id: number; readonly hits: readonly SearchHit[] }
  | { readonly kind: 'end'; readonly id: number; readonly error?: { readonly code: string; readonly message: string } };

export interface SearchThreadData {
  readonly repository: string;
  readonly filters: string;
}
