import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { ipOrText } from '../reading/addresses.ts';
import { readNtpAssociations } from '../reading/ntp-associations.ts';
import { configurationAt } from './configuration.ts';
import { nameOf } from './interface-information.ts';

const associations = 'show ntp associations no-resolve';

async function configured(ask: Ask, what: 'peer' | 'server'): Promise<Record<string, Record<string, never>>> {
  const found = await configurationAt(ask, `system/ntp/${what}`);
  return Object.fromEntries(found.map((one) => [ipOrText(nameOf(one)), {}]));
}

export const readNtpPeers: ReadFacts<'get_ntp_peers'> = async (ask) => await configured(ask, 'peer');

export const readNtpServers: ReadFacts<'get_ntp_servers'> = async (ask) => await configured(ask, 'server');

/** There is no XML of it: the text is that of `ntpq`. */
export const readNtpStats: ReadFacts<'get_ntp_stats'> = async (ask) =>
  readNtpAssociations(ask, associations, await ask.text(associations), ipOrText);
