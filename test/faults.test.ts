import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
/** Rooms whose every code must be listed; a room joins when its codes are written down. */
const LISTED = ['src/api', 'src/support', 'src/db/access', 'src/db/support']

test('docs/faults.md lists every code these rooms can give', () => {
  const listed = readFileSync(join(ROOT, 'docs/faults.md'), 'utf8')
  const codes = new Set(LISTED.flatMap(codesIn))
  expect(codes.size).toBeGreaterThan(20)
  expect([...codes].filter((code) => !listed.includes(`\`${code}\``))).toEqual([])
})

function codesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, folder, file), 'utf8')
      return [
        ...text.matchAll(/'((?:api|app|db|support)\.[a-z_]+\.[a-z_]+|idempotency_mismatch|client_message_mismatch)'/g),
      ].map((match) => match[1] ?? '')
    })
}
