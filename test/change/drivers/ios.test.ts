import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('IOS with an archive', () => {
  behavesAsDriver({ ...trialOf('cisco_ios'), bench: benchOf('cisco_ios') });
});

describe('IOS XE without an archive', () => {
  behavesAsDriver({ ...trialOf('cisco_xe'), bench: benchOf('cisco_xe') });
});
