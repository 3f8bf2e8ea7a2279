import type { NetwrightErrorCode } from '#core';
import type { RouteTable } from '../../routes/route-table.ts';

/** What a thread is to make of a table. */
export interface GraphJob {
  readonly table: RouteTable;
  readonly timeMs: number;
  /** Files that are joined with the routes. */
  readonly files: readonly string[];
  /** Where the graph goes. */
  readonly output: string;
  /** Where the table itself goes, as MRT; packed where the name ends with `.gz`. */
  readonly tableOutput?: string;
  readonly clique?: readonly number[];
  readonly secondPass?: boolean;
  readonly keepRoutes?: boolean;
}

/** A graph that was written. */
export interface WrittenGraph {
  readonly bytes: number;
  readonly ases: number;
  readonly links: number;
  readonly prefixes: number;
  readonly paths: number;
  readonly routes: number;
}

export type GraphAnswer =
  | { readonly graph: WrittenGraph }
  | { readonly error: { readonly code: NetwrightErrorCode; readonly message: string; readonly hint: string } };
