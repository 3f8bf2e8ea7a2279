import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { ProbesConfig, ProbesResults } from '../../model/services.ts';
import { entryOf } from '../../values/entry.ts';
import { askXml, numberIn, textIn, wholeIn } from '../reading/xml.ts';
import { configurationAt } from './configuration.ts';
import { nameOf } from './interface-information.ts';

const results = { command: 'show services rpm probe-results', rpc: '<get-probe-results/>' };

export const readProbesConfig: ReadFacts<'get_probes_config'> = async (ask) => {
  const probes: ProbesConfig = {};
  for (const probe of await configurationAt(ask, 'services/rpm/probe')) {
    for (const test of probe.all('test')) {
      entryOf<ProbesConfig[string]>(probes, nameOf(probe), () => ({}))[nameOf(test)] = {
        probe_type: textIn(test, 'probe-type'),
        target: textIn(test, 'target/address') || textIn(test, 'target/url'),
        source: textIn(test, 'source-address'),
        probe_count: wholeIn(test, 'probe-count', 0),
        test_interval: wholeIn(test, 'test-interval', 0),
      };
    }
  }
  return probes;
};

export const readProbesResults: ReadFacts<'get_probes_results'> = async (ask) => {
  const probes: ProbesResults = {};
  for (const answer of await askXml(ask, results, 'probe-results')) {
    for (const test of answer.all('probe-test-results')) {
      entryOf<ProbesResults[string]>(probes, textIn(test, 'owner'), () => ({}))[textIn(test, 'test-name')] = {
        target: textIn(test, 'target-address') || textIn(test, 'target-url'),
        source: textIn(test, 'source-address'),
        probe_type: textIn(test, 'probe-type'),
        probe_count: wholeIn(test, 'test-size', 0),
        rtt: milliseconds(test, 'probe-single-results/rtt'),
        round_trip_jitter: milliseconds(test, 'probe-single-results/round-trip-jitter'),
        last_test_loss: wholeIn(test, 'probe-last-test-results/probe-test-generic-results/loss-percentage', 0),
        ...delays(test, 'current_test', 'probe-test-current-results'),
        ...delays(test, 'last_test', 'probe-last-test-results'),
        ...delays(test, 'global_test', 'probe-test-global-results'),
      };
    }
  }
  return probes;
};

/** Junos measures in microseconds. */
const milliseconds = (test: XmlElement, path: string): number => numberIn(test, path, 0) * 1e-3;

type Scope = 'current_test' | 'last_test' | 'global_test';
type Delays<S extends Scope> = Record<`${S}_${'min' | 'max' | 'avg'}_delay`, number>;

function delays<S extends Scope>(test: XmlElement, scope: S, element: string): Delays<S> {
  const summary = `${element}/probe-test-generic-results/probe-test-rtt/probe-summary-results`;
  const of = (figure: 'min' | 'max' | 'avg') => milliseconds(test, `${summary}/${figure}-delay`);
  return {
    [`${scope}_min_delay`]: of('min'),
    [`${scope}_max_delay`]: of('max'),
    [`${scope}_avg_delay`]: of('avg'),
  } as Delays<S>;
}
