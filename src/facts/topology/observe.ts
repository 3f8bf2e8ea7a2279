import type { Outcome } from '#core';
import type { RunOptions } from '#runner';
import type { Workspace } from '#workspace';
import { askEach } from '../ask-devices.ts';
import { driverOf } from '../drivers/index.ts';
import { type Answer, readFacts } from '../read-facts.ts';
import { RecordingAsk } from '../recording-ask.ts';
import type { FactSource } from '../sources/source.ts';
import type { Observer } from './build-topology.ts';

/** One device's neighbours, and what was said meanwhile. */
export interface Observation {
  readonly observer: Observer;
  readonly answer?: Pick<Answer<unknown>, 'warnings' | 'notes'>;
  readonly outcome: Outcome<unknown>;
}

/** Asks every device for its neighbours: by LLDP, and by CDP where LLDP shows none. */
export async function* observeNeighbors(
  workspace: Workspace,
  select: string | undefined,
  options: RunOptions,
): AsyncGenerator<Observation> {
  const inventory = await workspace.inventory();
  const outcomes = askEach(workspace, select, options, 'get_lldp_neighbors_detail', async (source) => ({
    ...(await neighborsOf(source)),
    hostname: source.hostname ?? (await hostnameOf(source)),
  }));
  for await (const outcome of outcomes) {
    const { site, role, platform } = inventory.get(outcome.device);
    const known = {
      name: outcome.device,
      platform,
      ...(site !== undefined && { site }),
      ...(role !== undefined && { role }),
    };
    if (!outcome.ok) {
      yield { outcome, observer: { ...known, protocol: 'lldp', neighbors: {}, failure: outcome.error.code } };
      continue;
    }
    const { hostname, protocol, neighbors, answer } = outcome.value;
    yield { outcome, answer, observer: { ...known, hostname, protocol, neighbors } };
  }
}

/** Asked of a device whose way of answering has no prompt; empty where it does not tell. */
async function hostnameOf(source: FactSource): Promise<string> {
  if ((await driverOf(source.platform.id))?.getters.get_facts === undefined) return '';
  return (await readFacts('get_facts', source)).value.hostname;
}

async function neighborsOf(
  source: FactSource,
): Promise<Pick<Observer, 'protocol' | 'neighbors'> & { answer: Pick<Answer<unknown>, 'warnings' | 'notes'> }> {
  const lldp = await readFacts('get_lldp_neighbors_detail', source);
  const cdp = (await driverOf(source.platform.id))?.cdp;
  if (Object.keys(lldp.value).length > 0 || cdp === undefined) {
    return { protocol: 'lldp', neighbors: lldp.value, answer: lldp };
  }
  const ask = new RecordingAsk(source);
  const neighbors = await cdp(ask);
  ask.finish(false);
  const warnings = [...lldp.warnings, ...ask.warnings];
  return { protocol: 'cdp', neighbors, answer: { warnings, notes: lldp.notes } };
}
