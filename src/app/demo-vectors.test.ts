import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ShopDocument } from '#domain/document.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { demoVectors, demoVectorsFile } from './demo-vectors.ts'
import { demoShopFolder } from './shipped-files.ts'

const { signal } = new AbortController()
const folder = demoShopFolder()
const model = (
  JSON.parse(readFileSync(join(folder, 'vectors.jsonl'), 'utf8').split('\n')[0] ?? '') as { model: string }
).model

test('the shipped vectors cover every passage of the demo shop (else run npm run demo:vectors)', async () => {
  const known = new Set((await demoVectors(folder, model, signal)).map(({ contentHash }) => contentHash))
  const rows = readFileSync(join(folder, 'documents.jsonl'), 'utf8').split('\n').filter(Boolean)
  const hashes = rows.flatMap((row) =>
    prepareDocument(JSON.parse(row) as ShopDocument).chunks.map(({ contentHash }) => contentHash),
  )
  expect(hashes.length).toBeGreaterThan(500)
  expect(hashes.filter((hash) => !known.has(hash))).toEqual([])
})

test('vectors of another model are left alone', async () => {
  expect(await demoVectors(folder, 'another', signal)).toEqual([])
})

test('a vector comes back from the file as it was, to an eight-bit step', async () => {
  const [first] = await demoVectors(folder, model, signal)
  const again = JSON.parse(demoVectorsFile(model, first ? [first] : []).split('\n')[1] ?? '') as {
    scale: number
    vector: string
  }
  const steps = new Int8Array(Buffer.from(again.vector, 'base64'))
  expect(first?.vector.length).toBe(steps.length)
  for (const [at, value] of (first?.vector ?? []).entries())
    expect(Math.abs(value - (steps[at] ?? 0) * again.scale)).toBeLessThanOrEqual(again.scale)
})
