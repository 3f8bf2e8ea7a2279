import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { ProbesConfig, ProbesResults } from '../../../model/services.ts';
import { numberIn, textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { model, operational, running, subtree } from './models.ts';

const definitions = subtree('ipsla', model('man-ipsla-cfg'), 'operation/definitions');
const operations = subtree('ipsla', model('man-ipsla-oper'), 'operation-data/operations');

const types: Readonly<Record<string, string>> = {
  'icmp-echo': 'icmp-ping',
  'udp-echo': 'udp-ping',
  'icmp-jitter': 'icmp-ping-timestamp',
  'udp-jitter': 'udp-ping-timestamp',
};

export const readProbesConfig: IfKnown<ReadFacts<'get_probes_config'>> = async (ask) => {
  const data = await running(ask, 'show running-config ipsla', definitions);
  if (data === undefined) return undefined;
  const probes: ProbesConfig = {};
  for (const definition of data.allAt('ipsla/operation/definitions/definition')) {
    // The element's name is the kind of the probe.
    const [operation] = definition.child('operation-type')?.children ?? [];
    if (operation === undefined) continue;
    probes[textIn(definition, 'operation-id')] = {
      [textIn(operation, 'tag')]: {
        probe_type: types[operation.name] ?? '',
        source: textIn(operation, 'source-address'),
        target: textIn(operation, 'dest-address'),
        probe_count: wholeIn(operation, 'history/buckets', 0),
        test_interval: wholeIn(operation, 'frequency', 0),
      },
    };
  }
  return probes;
};

export const readProbesResults: IfKnown<ReadFacts<'get_probes_results'>> = async (ask, args) => {
  const [data, configured] = await Promise.all([
    operational(ask, 'show ipsla statistics', operations),
    readProbesConfig(ask, args),
  ]);
  if (data === undefined || configured === undefined) return undefined;
  const results: ProbesResults = {};
  for (const operation of data.allAt('ipsla/operation-data/operations/operation')) {
    const id = textIn(operation, 'operation-id');
    // Source, target and tag are only in the configuration.
    const [test] = Object.entries(configured[id] ?? {});
    if (test !== undefined) results[id] = { [test[0]]: resultOf(operation, test[1]) };
  }
  return results;
};

type Test = ProbesConfig[string][string];

function resultOf(operation: XmlElement, test: Test): ProbesResults[string][string] {
  const latest = operation.at('statistics/latest/target');
  const [interval] = operation.allAt(
    'statistics/aggregated/hours/hour/distributed/target/distribution-intervals/distribution-interval',
  );
  const last = summaryOf(latest?.child('common-stats'));
  const overall = summaryOf(interval?.child('common-stats'));
  const life = operation.allAt('history/target/lifes/life').at(-1);
  const times = life?.allAt('buckets/bucket/response-time').map(({ value }) => Number(value)) ?? [];
  const codes = life?.allAt('buckets/bucket/return-code').map(({ value }) => value) ?? [];
  const rtt = times.length === 0 ? 0 : times.reduce((sum, time) => sum + time, 0) / times.length;
  const lost = codes.filter((code) => code !== 'ipsla-ret-code-ok').length;
  return {
    target: test.target,
    source: test.source,
    probe_type: types[latest?.valueAt('specific-stats/op-type') ?? ''] ?? '',
    probe_count: test.probe_count,
    rtt,
    round_trip_jitter: overall.count === 0 ? 0 : rtt - Math.sqrt(overall.squares / overall.count),
    last_test_loss: codes.length === 0 ? 0 : Math.trunc((100 * lost) / codes.length),
    // There is nothing to be had of a test that runs.
    current_test_min_delay: 0,
    current_test_max_delay: 0,
    current_test_avg_delay: 0,
    last_test_min_delay: last.min,
    last_test_max_delay: last.max,
    last_test_avg_delay: last.average,
    global_test_min_delay: overall.min,
    global_test_max_delay: overall.max,
    global_test_avg_delay: overall.average,
  };
}

function summaryOf(stats: XmlElement | undefined) {
  const of = (name: string): number => (stats === undefined ? 0 : numberIn(stats, name, 0));
  const count = of('update-count');
  return {
    count,
    min: of('min-response-time'),
    max: of('max-response-time'),
    average: count === 0 ? 0 : of('sum-response-time') / count,
    squares: of('sum2-response-time'),
  };
}
