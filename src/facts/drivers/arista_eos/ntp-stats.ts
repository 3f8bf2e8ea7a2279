import type { ReadFacts } from '../../define-facts.ts';
import { readNtpAssociations } from '../reading/ntp-associations.ts';

const command = 'show ntp associations';

export const readNtpStats: ReadFacts<'get_ntp_stats'> = async (ask) =>
  readNtpAssociations(ask, command, await ask.text(command));
