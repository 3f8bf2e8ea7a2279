import { genericSecrets } from '#platforms';
import type { ScrubRules } from './scrub.ts';

/** For imported histories of devices that the inventory does not know. */
export const genericRules: ScrubRules = { volatile: [], secrets: genericSecrets };
