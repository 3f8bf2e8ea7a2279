/**
 * `npm test`: sees to the real software that tests talk to, then runs them all. As root on Debian it installs what is missing
 * and says so; elsewhere it names the one command. With `CI=true` a missing peer is a failure, not a skip.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, peers } from '../test/peers/peers.ts';

const missing = (): string[] => [
  ...new Set(
    Object.values(peers)
      .filter((peer) => peer.for === 'tests' && findProgram(peer) === undefined)
      .map((peer) => peer.package),
  ),
];

function seeToPeers(): boolean {
  const packages = missing();
  if (packages.length === 0) return true;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.log(`Tests against real software will be skipped for want of: ${packages.join(', ')}\n  sudo ${command}`);
    return process.env['CI'] !== 'true';
  }
  console.log(`Installing the real software that tests talk to: ${packages.join(', ')}`);
  // A daemon that starts at its installation would listen beside those that the tests start for themselves.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  for (const step of ['apt-get update', command]) {
    const { status, stderr } = spawnSync('sh', ['-c', `${step} >/dev/null`], { encoding: 'utf8', env });
    if (status !== 0) console.error(`${step} failed:\n${stderr.trim()}`);
  }
  const still = missing();
  if (still.length > 0) console.error(`still missing: ${still.join(', ')}`);
  return still.length === 0 || process.env['CI'] !== 'true';
}

function runTests(): number {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-tests-'));
  const results = join(folder, 'results.json');
  try {
    const args = [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...process.argv.slice(2),
    ];
    const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
    if (existsSync(results)) {
      const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
      console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
    }
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = seeToPeers() ? runTests() : 1;
