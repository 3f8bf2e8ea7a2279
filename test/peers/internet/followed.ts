import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FollowEvent, type Following, followInternet, openRoutes } from '#internet';
import { routeLines } from '../../internet/live/table-texts.ts';

/** A listener for real routers, with all that it was told. */
export interface Followed extends AsyncDisposable {
  readonly port: number;
  readonly folder: string;
  readonly output: string;
  readonly events: readonly FollowEvent[];
  readonly following: Following;
  of<K extends FollowEvent['kind']>(kind: K): readonly (FollowEvent & { kind: K })[];
  /** The routes that are known now, as they were last written: `prefix path @asn address`. */
  lines(): Promise<readonly string[]>;
}

/** Listens on an address of this machine, and writes what it hears every fraction of a second. */
export async function followRouters(host: string): Promise<Followed> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-bmp-'));
  const stop = new AbortController();
  const events: FollowEvent[] = [];
  const table = join(folder, 'now.mrt');
  const output = join(folder, 'now.nwgraph');
  const following = await followInternet({
    bmp: [{ host, port: 0 }],
    output,
    tableOutput: table,
    everyMs: 200,
    signal: stop.signal,
    onEvent: (event) => events.push(event),
  });
  return {
    port: following.ports[0]!,
    folder,
    output,
    events,
    following,
    of: <K extends FollowEvent['kind']>(kind: K) =>
      events.filter((event): event is FollowEvent & { kind: K } => event.kind === kind),
    lines: async () => routeLines(await openRoutes(table, { collector: '' })).map((line) => line.trimEnd()),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following.done;
      await rm(folder, { recursive: true });
    },
  };
}

/** Waits until something is true; an error on the way there is not yet a failure. */
export async function happens(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  timeoutMs = 30_000,
): Promise<void> {
  let last: unknown;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(100)) {
    try {
      if (await isTrue()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${what} did not happen within ${timeoutMs} ms`, { cause: last });
}
