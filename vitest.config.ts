import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['tests/setup.ts'],
    // Files share a worker and its loaded modules, the compiler first of all. No test leaves anything behind in them.
    isolate: false,
    // All cores: many tests wait for git. What vitest takes by itself leaves one of them idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'action', include: ['tests/action/**/*.test.ts'], globalSetup: ['tests/action/built-action.ts'] } },
      { extends: true, test: { name: 'all others', include: ['tests/**/*.test.ts'], exclude: [...configDefaults.exclude, 'tests/action/**'] } },
    ],
  },
});
