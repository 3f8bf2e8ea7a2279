import { describe } from 'vitest';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf, triedPlatforms } from './trials.ts';

const emulated = triedPlatforms.filter((platform) => trialOf(platform).driver.name === 'line by line');

describe.each(emulated)('line by line: %s', (platform) => {
  behavesAsDriver({ ...trialOf(platform), bench: benchOf(platform) });
});
