import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('Comware', () => {
  behavesAsDriver({ ...trialOf('hp_comware'), bench: benchOf('hp_comware') });
});
