import { Command } from '@commander-js/extra-typings';
import type { Runtime } from '../runtime.ts';
import { internetAsnCommand } from './internet/asn.ts';
import { internetBuildCommand } from './internet/build.ts';
import { internetCompareCommand } from './internet/compare.ts';
import { internetCountryCommand } from './internet/country.ts';
import { internetCustomersCommand } from './internet/customers.ts';
import { internetDumpCommand } from './internet/dump.ts';
import { internetFetchCommand } from './internet/fetch.ts';
import { internetLiveCommand } from './internet/live.ts';
import { internetMapCommand } from './internet/map.ts';
import { internetPathCommand } from './internet/path.ts';
import { internetPrefixCommand } from './internet/prefix.ts';
import { internetProvidersCommand } from './internet/providers.ts';
import { internetRelationshipsCommand } from './internet/relationships.ts';
import { internetServeCommand } from './internet/serve.ts';
import { internetSimulateCommand } from './internet/simulate.ts';
import { internetUpstreamsCommand } from './internet/upstreams.ts';
import { internetWhatIfCommand } from './internet/what-if.ts';

export function internetCommand(runtime: Runtime) {
  return new Command('internet')
    .description('Map the internet: who connects, provides and buys, in a country or on the planet, from raw data.')
    .addCommand(internetDumpCommand(runtime))
    .addCommand(internetRelationshipsCommand(runtime))
    .addCommand(internetSimulateCommand(runtime))
    .addCommand(internetFetchCommand(runtime))
    .addCommand(internetBuildCommand(runtime))
    .addCommand(internetLiveCommand(runtime))
    .addCommand(internetAsnCommand(runtime))
    .addCommand(internetCountryCommand(runtime))
    .addCommand(internetProvidersCommand(runtime))
    .addCommand(internetUpstreamsCommand(runtime))
    .addCommand(internetCustomersCommand(runtime))
    .addCommand(internetCompareCommand(runtime))
    .addCommand(internetPrefixCommand(runtime))
    .addCommand(internetPathCommand(runtime))
    .addCommand(internetWhatIfCommand(runtime))
    .addCommand(internetMapCommand(runtime))
    .addCommand(internetServeCommand(runtime));
}
