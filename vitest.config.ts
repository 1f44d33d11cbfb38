import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, longest first: begun late, one of these would have a worker to itself while the other has nothing left. */
const LONGEST = ['/test/torture/', '/test/browser/', '/test/journeys/']

/** Vitest takes a class. Within a group it keeps the order Vitest gives: by the last run, or by size where there was none. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isIn = (folder: string) => (file: TestSpecification) => file.moduleId.includes(folder)
    const others = sorted.filter((file) => !LONGEST.some((folder) => isIn(folder)(file)))
    return [...LONGEST.flatMap((folder) => sorted.filter(isIn(folder))), ...others]
  }
}

export default defineConfig({
  test: {
    include: ['src', 'test', 'demo', 'evals', 'web', 'scripts'].map((folder) => `${folder}/**/*.test.ts`),
    exclude: ['**/node_modules/**', '**/*.live.test.ts'],
    environment: 'node',
    // Processes, not threads: several tests start PostgreSQL, load native models or are killed on purpose.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['./test/fixtures/cluster-setup.ts'],
    // Generous, because a first start of PostgreSQL on a busy machine takes seconds; nothing waits this long on a good day.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A poll ends as soon as it holds; on a busy machine a browser may take seconds.
    expect: { poll: { timeout: 10_000 } },
    passWithNoTests: false,
  },
})
