import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Real public data, which is not in the repository: `internet/` in the folder that NETWRIGHT_DATA names. */
export const publicData = join(
  process.env['NETWRIGHT_DATA'] || join(import.meta.dirname, '../../../shared/data'),
  'internet',
);
export const hasPublicData = existsSync(publicData);
/** For the name of a test that needs it. */
export const whyNoPublicData = hasPublicData ? '' : ` (skipped: ${publicData} is not there; set NETWRIGHT_DATA)`;
