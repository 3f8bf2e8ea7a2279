import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('PAN-OS', () => {
  behavesAsDriver({ ...trialOf('paloalto_panos'), bench: benchOf('paloalto_panos') });
});
