import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('SR OS, model-driven', () => {
  behavesAsDriver({ ...trialOf('nokia_sros_md'), bench: benchOf('nokia_sros_md') });
});

describe('SR OS, classic', () => {
  behavesAsDriver({ ...trialOf('nokia_sros'), bench: benchOf('nokia_sros') });
});
