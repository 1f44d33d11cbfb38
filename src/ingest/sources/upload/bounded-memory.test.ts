import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const READER = join(import.meta.dirname, '../../../../test/fixtures/upload-reader.ts')
const SMALL_HEAP = '--max-old-space-size=48'

async function read(...args: string[]): Promise<{ rows: number; peak: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [SMALL_HEAP, READER, ...args])
  return JSON.parse(stdout)
}

test.each([
  ['ndjson', ''],
  ['csv', ''],
  ['csv', 'gzip'],
  ['xml', ''],
])(
  '%s %s of 150 megabytes is read with a heap of 48, and with little more than 30 need',
  async (format, compressed) => {
    const small = await read(format, '30', compressed)
    const large = await read(format, '150', compressed)
    expect(large.rows).toBeGreaterThan(small.rows * 4)
    expect(large.peak - small.peak).toBeLessThan(70)
  },
)
