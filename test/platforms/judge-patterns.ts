/**
 * Judges the patterns of the catalogue that have no verdict yet and writes the verdicts down:
 * `node --conditions=source test/platforms/judge-patterns.ts [id …]`. Says what is not safe, and forgets old patterns
 * when it goes over the whole catalogue.
 */
import {
  isDoubtful,
  judge,
  patternKey,
  platformPatterns,
  readVerdicts,
  type Verdicts,
  writeVerdicts,
} from './pattern-verdicts.ts';
import { catalogueIds, loadPlatform } from './samples.ts';

const asked = process.argv.slice(2);
const ids = asked.length > 0 ? asked : catalogueIds;
const old = readVerdicts();
const verdicts: Verdicts = asked.length > 0 ? new Map(old) : new Map();
for (const id of ids) {
  for (const { path, pattern } of platformPatterns(await loadPlatform(id))) {
    const key = patternKey(pattern);
    if (verdicts.has(key) || !isDoubtful(pattern)) continue;
    const kept = old.get(key);
    const verdict = kept === 'safe' ? kept : judge(pattern, 30_000);
    if (verdict !== 'safe') console.error(`${id} ${path}: ${verdict}\n  ${pattern}`);
    else verdicts.set(key, verdict);
    // What was judged is not lost when this is stopped.
    if (kept === undefined) writeVerdicts(new Map([...old, ...verdicts]));
  }
}
writeVerdicts(verdicts);
console.log(`${verdicts.size} patterns are safe`);
