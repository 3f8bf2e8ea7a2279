import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateInventorySchema, inventorySchema, loadInventory } from '#inventory';
import { folderWith, platforms } from './workbench.ts';

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(JSON.stringify(inventorySchema)) as object,
);

describe('the schema of inventory files', () => {
  it('in docs is what the code says', () => {
    const written = readFileSync(new URL('../../docs/schema/inventory.json', import.meta.url), 'utf8');
    expect(written).toBe(generateInventorySchema());
  });

  it('says a description for every key, for editors', () => {
    const walk = (node: unknown, path: string): void => {
      const { properties, additionalProperties } = node as {
        properties?: Record<string, { description?: string }>;
        additionalProperties?: unknown;
      };
      for (const [key, one] of Object.entries(properties ?? {})) {
        expect(one.description, `${path}.${key}`).toMatch(/^[A-Z`].{5,}\.$/s);
        walk(one, `${path}.${key}`);
      }
      if (additionalProperties !== null && typeof additionalProperties === 'object')
        walk(additionalProperties, `${path}.*`);
    };
    walk(inventorySchema, '');
  });

  it('accepts and refuses the same shapes as the loader', async () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        'ssh',
        'telnet',
        'learn',
        'strict',
        'linux',
        22,
        0,
        70_000,
        1.5,
        true,
        null,
        '',
        [],
        ['a'],
        [1],
        {},
        { hostKeys: 'strict' },
        { hostKeys: 'x' },
        { keepaliveMs: 0 },
        { unknown: 1 },
        { protocol: 'eapi', tls: true },
        { tls: 1 },
      ),
    );
    const keys = [
      'port',
      'transport',
      'platform',
      'site',
      'tags',
      'timeoutMs',
      'connection',
      'api',
      'backup',
      'variables',
      'credential',
      'role',
      'unknown',
    ];
    const layer = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 });
    const file = fc.record(
      {
        defaults: layer,
        groups: fc.dictionary(fc.constantFrom('g', 'h'), layer, { maxKeys: 1 }),
        devices: fc.dictionary(fc.constantFrom('r1', 'r2', '-x'), layer, { maxKeys: 2 }),
      },
      { requiredKeys: [] },
    );
    let sound = 0;
    await fc.assert(
      fc.asyncProperty(file, async (data) => {
        const folder = await folderWith({ 'i.yaml': JSON.stringify(data) });
        const { problems } = await loadInventory(join(folder, 'i.yaml'), {
          platforms: { ...platforms, resolve: (id) => id },
        });
        const errors = problems.filter(
          ({ severity, message }) => severity === 'error' && !/has no address/.test(message),
        );
        if (errors.length === 0) sound += 1;
        expect(errors.length === 0, JSON.stringify(errors)).toBe(validate(data));
      }),
      { numRuns: 400 },
    );
    expect(sound).toBeGreaterThan(20);
  });
});
