import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src', 'test', 'demo', 'evals', 'web', 'scripts'].map((folder) => `${folder}/**/*.test.ts`),
    exclude: ['**/node_modules/**', '**/*.live.test.ts'],
    environment: 'node',
    // Processes, not threads: several tests start PostgreSQL, load native models or are killed on purpose.
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['./test/fixtures/cluster-setup.ts'],
    // Generous, because a first start of PostgreSQL on a busy machine takes seconds; nothing waits this long on a good day.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A poll ends as soon as it holds; on a busy machine a browser may take seconds.
    expect: { poll: { timeout: 10_000 } },
    passWithNoTests: false,
  },
})
