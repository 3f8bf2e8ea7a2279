import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('IOS XR', () => {
  behavesAsDriver({ ...trialOf('cisco_xr'), bench: benchOf('cisco_xr') });
});
