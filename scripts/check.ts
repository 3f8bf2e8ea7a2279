/** `npm run check`: everything that can be said of the code without running it. Stops at nothing, reports all. */
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '-p', '.'],
  ['declarations', 'tsc', '-p', 'tsconfig.build.json', '--noEmit'],
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['type-aware lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['floors', 'node', 'scripts/check-floors.ts'],
  ['lock file', 'node', 'scripts/complete-lock.ts', '--check'],
  ['dead code', 'knip'],
  ['links of the docs', 'node', '--conditions=source', 'scripts/docs.ts', '--check'],
  ['generated files', 'node', '--conditions=source', 'scripts/gen.ts', '--check'],
];

const failed: string[] = [];
for (const [name, command, ...args] of steps) {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log([stdout, stderr].join('').trim());
}
if (failed.length > 0) {
  console.error(`check: ${failed.join(', ')} failed`);
  process.exitCode = 1;
}
