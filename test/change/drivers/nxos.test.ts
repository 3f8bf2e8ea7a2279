import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('NX-OS', () => {
  behavesAsDriver({ ...trialOf('cisco_nxos'), bench: benchOf('cisco_nxos') });
});
