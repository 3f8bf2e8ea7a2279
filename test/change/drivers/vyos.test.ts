import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('VyOS', () => {
  behavesAsDriver({ ...trialOf('vyos'), bench: benchOf('vyos') });
});
