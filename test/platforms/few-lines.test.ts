import { expect, test } from 'vitest';
import { createPlatformRegistry } from '#platforms';
import { factsOf } from '../../src/lab/facts.ts';
import { generateConfiguration } from '../../src/lab/generate.ts';
import { findPersona, labPlatforms } from '../../src/lab/personas/index.ts';

const registry = createPlatformRegistry();
const facts = factsOf({ host: 'r1', site: 'cairo', user: 'u', password: 'p', enable: 'e', seed: 3 });

/**
 * A line that holds the word of any rule is tried against all rules, which takes a microsecond: a word that stands in every third
 * line costs more than the rest of a backup.
 */
test.each(labPlatforms)('few lines of %s hold a word that rules look for', async (id) => {
  const { backup } = await registry.get(id);
  const persona = findPersona(id);
  const bytes = 100_000;
  const lines = generateConfiguration(persona.config, facts, bytes).split('\n');
  for (const rules of [backup.secrets, backup.volatile]) {
    const words = [...new Set(rules.map(({ word }) => word))];
    const hits = words.map((word) => ({ word, lines: lines.filter((line) => line.includes(word)).length }));
    expect(hits.filter((hit) => hit.lines > lines.length / 50)).toEqual([]);
  }
});
