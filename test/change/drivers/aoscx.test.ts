import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('AOS-CX', () => {
  behavesAsDriver({ ...trialOf('aruba_aoscx'), bench: benchOf('aruba_aoscx') });
});
