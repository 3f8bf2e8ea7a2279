import { type AsGraph, relations, type Step, steps } from '../graph/as-graph.ts';

export interface Serial1Options {
  /** AS numbers, for the comment at the top. */
  readonly clique?: readonly number[];
  /** Route servers that were taken out of paths. */
  readonly routeServers?: readonly number[];
  /** Where the paths came from: a comment line each. */
  readonly sources?: readonly string[];
  /** More comment lines. */
  readonly notes?: readonly string[];
}

const customer = relations.indexOf('customer');
const provider = relations.indexOf('provider');
const peer = relations.indexOf('peer');

/** About so many bytes are handed out at a time. */
const batchLines = 2000;

/**
 * Relationships as CAIDA's serial-1 has them: `provider|customer|-1` and `peer|peer|0`, the links of a step together
 * under a comment that names it. What the format cannot say, siblings and links of unknown relation, stands in comments
 * too, so that nobody takes them for peers. Yields some dozens of kilobytes at a time.
 */
export function* writeSerial1(graph: AsGraph, options: Serial1Options = {}): Generator<string> {
  const { links, asns } = graph;
  const { clique = [], routeServers = [], sources = [], notes = [] } = options;
  const head = [
    ...(clique.length > 0 ? [`# input clique: ${clique.join(' ')}`] : []),
    ...(routeServers.length > 0 ? [`# IXP ASes: ${routeServers.join(' ')}`] : []),
    ...sources.map((source) => `# source: ${plain(source)}`),
    ...notes.map((note) => `# ${plain(note)}`),
    '# <provider-as>|<customer-as>|-1',
    '# <peer-as>|<peer-as>|0',
  ];
  let batch = head;
  const byStep = Map.groupBy(
    Array.from({ length: links.count }, (_, link) => link),
    (link) => links.step[link]!,
  );
  for (const [number, step] of steps.entries()) {
    const members = byStep.get(number);
    if (members === undefined) continue;
    batch.push(`# step: ${step satisfies Step} (${members.length})`);
    for (const link of members) {
      batch.push(lineOf(asns[links.a[link]!]!, asns[links.b[link]!]!, links.relation[link]!));
      if (batch.length < batchLines) continue;
      yield `${batch.join('\n')}\n`;
      batch = [];
    }
  }
  if (batch.length > 0) yield `${batch.join('\n')}\n`;
}

function lineOf(a: number, b: number, relation: number): string {
  if (relation === customer) return `${a}|${b}|-1`;
  if (relation === provider) return `${b}|${a}|-1`;
  if (relation === peer) return `${a}|${b}|0`;
  return `# ${relations[relation]}: ${a}|${b}`;
}

/** A comment is one line. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ');
