import { describe, expect, it } from 'vitest';
import { createPlatformRegistry } from '#platforms';
import * as foreign from '../../src/inventory/import/foreign-platforms.ts';

describe.each(Object.entries(foreign))('%s', (_, names) => {
  it('leads to platforms of the catalogue only', () => {
    const registry = createPlatformRegistry();
    const unknown = Object.entries(names).filter(([, id]) => id !== 'auto' && registry.resolve(id) !== id);
    expect(unknown).toEqual([]);
  });
});
