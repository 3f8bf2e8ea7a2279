import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    // Many times what the slowest take on an idle machine. Nothing here is judged by the clock on the wall.
    testTimeout: 40_000,
    hookTimeout: 60_000,
    // Two cores on the machines that run this: more workers only wait for one another.
    maxWorkers: 2,
  },
});
