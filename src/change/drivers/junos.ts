import { check, commit, compare, inCandidate, loadRollback } from './junos-candidate.ts';
import { readCommits } from './junos-commits.ts';
import { junosDriver } from './junos-driver.ts';
import { load, loadCommands } from './junos-load.ts';
import { readRunning } from './running.ts';

/** Junos at its command line. */
export const junos = junosDriver('junos', undefined, {
  commands: (intent) => ['configure exclusive', ...loadCommands(intent), 'commit', 'exit configuration-mode'],
  ...{ readRunning, readCommits, inCandidate, load, compare, check, commit, loadRollback },
});
