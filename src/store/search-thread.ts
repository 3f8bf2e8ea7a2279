import { parentPort, workerData } from 'node:worker_threads';
import { asNetwrightError, decodeText } from '#core';
import type { SearchHit } from './configuration-store.ts';
import { buildFilter, mayContain } from './gram-filter.ts';
import { KnownFilters } from './known-filters.ts';
import { ObjectReader } from './object-reader.ts';
import { gramsOf, requiredLiterals } from './search-literals.ts';
import type { Current, SearchAnswer, SearchOrder, SearchThreadData } from './search-protocol.ts';

/**
 * The thread that searches: filters tell which configurations may hold a match, git gives those, and they are looked
 * at line by line. Filters come with the configurations; one that lacks its filter is looked at anyway and gets it on
 * the way. A pattern that blows up stalls this thread alone, which its owner then ends.
 */
const { repository, filters: filterPath } = workerData as SearchThreadData;
const port = parentPort!;
const reader = new ObjectReader(repository);
const filters = new KnownFilters(filterPath);

/** Texts on their way from git at once. */
const readAhead = 16;
/** Batches of hits that the reader has not taken yet. */
const untakenBatches = 4;
const hitsPerBatch = 200;

interface Search {
  cancelled: boolean;
  untaken: number;
  onTaken: (() => void) | undefined;
}
const searches = new Map<number, Search>();
/** The configurations of the newest state that was asked for. */
let current: { readonly state: string; readonly list: readonly Current[] } | undefined;
/** Lists on their way, by state, with those who wait for them. */
const arriving = new Map<string, { readonly list: Current[]; readonly done: PromiseWithResolvers<void> }>();

const say = (answer: SearchAnswer): void => port.postMessage(answer);

port.on('message', (order: SearchOrder) => {
  switch (order.kind) {
    case 'search':
      void search(order);
      break;
    case 'prepare':
      void prepare(order);
      break;
    case 'current': {
      const list = arriving.get(order.state)?.list;
      if (list === undefined) break;
      for (const one of order.slice) list.push(one);
      if (order.last) arrived(order.state);
      break;
    }
    case 'taken':
    case 'cancel': {
      const search = searches.get(order.id);
      if (search === undefined) break;
      if (order.kind === 'cancel') search.cancelled = true;
      else search.untaken -= 1;
      search.onTaken?.();
      break;
    }
    case 'close':
      filters.close();
      void reader.close().then(() => port.close());
      break;
  }
});

async function search(order: SearchOrder & { kind: 'search' }): Promise<void> {
  await running(order.id, async (search) => {
    const list = await currentOf(order.state);
    const pattern = 'literal' in order.pattern ? order.pattern.literal : lineRegExp(order.pattern);
    const required = requiredLiterals(pattern);
    const grams = required?.map((literals) => literals.flatMap(gramsOf));
    let hits: SearchHit[] = [];
    for await (const { device, content } of texts(candidates(list, order.only, grams), search)) {
      for (const hit of matches(device, decodeText(content), pattern, required)) {
        hits.push(hit);
        if (hits.length < hitsPerBatch) continue;
        await give(order.id, search, hits);
        hits = [];
        if (search.cancelled) break;
      }
      // The first hits are shown at once, later ones in batches.
      if (hits.length > 0 && search.untaken === 0) {
        await give(order.id, search, hits);
        hits = [];
      }
    }
    if (hits.length > 0 && !search.cancelled) await give(order.id, search, hits);
    filters.flush();
  });
}

async function prepare(order: SearchOrder & { kind: 'prepare' }): Promise<void> {
  await running(order.id, async (search) => {
    const list = await currentOf(order.state);
    filters.refresh();
    const unknown = list.filter(({ blob }) => filters.get(blob) === undefined);
    for await (const _ of texts(unknown, search)) if (search.cancelled) break;
    if (search.cancelled) return;
    filters.prune(new Set(list.map(({ blob }) => blob)));
    filters.complete(order.state);
  });
}

/** Does the work of an order and tells how it ended. */
async function running(id: number, work: (search: Search) => Promise<void>): Promise<void> {
  const search: Search = { cancelled: false, untaken: 0, onTaken: undefined };
  searches.set(id, search);
  try {
    await work(search);
    say({ kind: 'end', id });
  } catch (error) {
    const { code, message } = asNetwrightError(error, 'NW_STORE_FAILED');
    say({ kind: 'end', id, error: { code, message } });
  } finally {
    searches.delete(id);
  }
}

/** The configurations with their texts, some of which git reads ahead. Those without a filter get one. */
async function* texts(
  wanted: Iterable<Current>,
  search: Search,
): AsyncGenerator<{ readonly device: string; readonly content: Buffer }> {
  const looks = wanted[Symbol.iterator]();
  const waiting: (Current & { readonly content: Promise<Buffer> })[] = [];
  for (;;) {
    while (waiting.length < readAhead) {
      const next = looks.next();
      if (next.done) break;
      const content = reader.read(next.value.blob).then((object) => object.content);
      content.catch(() => undefined); // awaited below, unless the search ends before
      waiting.push({ ...next.value, content });
    }
    const look = waiting.shift();
    if (look === undefined || search.cancelled) return;
    const content = await look.content;
    if (filters.get(look.blob) === undefined) filters.set(look.blob, buildFilter(content).filter);
    yield { device: look.device, content };
  }
}

/** Lines are looked at one by one, so neither `g` nor `y` has a meaning. */
const lineRegExp = (pattern: { source: string; flags: string }): RegExp =>
  new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));

async function currentOf(state: string): Promise<readonly Current[]> {
  if (current?.state === state) return current.list;
  let coming = arriving.get(state);
  if (coming === undefined) {
    coming = { list: [], done: Promise.withResolvers() };
    arriving.set(state, coming);
    say({ kind: 'need-current', state });
  }
  await coming.done.promise;
  return coming.list;
}

function arrived(state: string): void {
  const coming = arriving.get(state);
  if (coming === undefined) return;
  arriving.delete(state);
  current = { state, list: coming.list };
  filters.refresh();
  coming.done.resolve();
}

function* candidates(
  list: readonly Current[],
  only: ReadonlySet<string> | undefined,
  grams: readonly (readonly number[])[] | undefined,
): Generator<Current> {
  for (const one of list) {
    if (only !== undefined && !only.has(one.device)) continue;
    const filter = filters.get(one.blob);
    if (filter === undefined || grams === undefined || grams.some((all) => mayContain(filter, all))) yield one;
  }
}

async function give(id: number, search: Search, hits: readonly SearchHit[]): Promise<void> {
  say({ kind: 'hits', id, hits });
  search.untaken += 1;
  while (search.untaken >= untakenBatches && !search.cancelled) {
    await new Promise<void>((resolve) => {
      search.onTaken = resolve;
    });
  }
}

function* matches(
  device: string,
  text: string,
  pattern: RegExp | string,
  required: readonly (readonly string[])[] | undefined,
): Generator<SearchHit> {
  // Where every match holds one literal as it stands, the text is searched for that and only its lines are tried.
  const literal =
    required?.length === 1 && !(pattern instanceof RegExp && pattern.ignoreCase) ? required[0]![0] : undefined;
  let line = 0;
  for (let from = 0; from < text.length; ) {
    let start = from;
    if (literal !== undefined) {
      const at = text.indexOf(literal, from);
      if (at === -1) return;
      start = text.lastIndexOf('\n', at - 1) + 1;
      if (at === 0) start = 0;
      for (
        let newline = text.indexOf('\n', from);
        newline !== -1 && newline < start;
        newline = text.indexOf('\n', newline + 1)
      ) {
        line += 1;
      }
    }
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    line += 1;
    const words = text.slice(start, end);
    if (typeof pattern === 'string' ? words.includes(pattern) : pattern.test(words)) {
      yield { device, line, text: words };
    }
    from = end + 1;
  }
}
