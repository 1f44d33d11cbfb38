import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const CODE =
  /'((?:agents|api|app|config|db|ingest|jobs|model|queue|rag|support|tools)\.[a-z_]+\.[a-z_]+|idempotency_mismatch|client_message_mismatch)'/g

test('docs/faults.md lists every code there is', () => {
  const listed = readFileSync(join(ROOT, 'docs/faults.md'), 'utf8')
  const codes = new Set(codesIn('src'))
  expect(codes.size).toBeGreaterThan(60)
  expect([...codes].filter((code) => !listed.includes(`\`${code}\``))).toEqual([])
})

function codesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, folder, file), 'utf8')
      return [...text.matchAll(CODE)].map((match) => match[1] ?? '')
    })
}
