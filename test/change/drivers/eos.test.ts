import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('EOS', () => {
  behavesAsDriver({ ...trialOf('arista_eos'), bench: benchOf('arista_eos') });
});
