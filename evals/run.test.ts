import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url))
const DOCUMENTS = fileURLToPath(new URL('../demo/shop/documents.jsonl', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-eval-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ran = (...args: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, [RUN, ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    )
  })

test('what cannot be run ends with 2 and says which line of the file it is', async () => {
  const dataset = join(folder, 'cases.jsonl')
  await writeFile(dataset, '{"id":"a","question":"how long?","relevant":["faq/return-window.en"]}\n\n{"id":"b"}\n')
  const broken = await ran('retrieval', '--dataset', dataset, '--documents', DOCUMENTS)
  expect(broken).toMatchObject({ code: 2, said: expect.stringContaining('line 3: question') })
  await writeFile(dataset, '{"id":')
  expect(await ran('retrieval', '--dataset', dataset, '--documents', DOCUMENTS)).toMatchObject({
    code: 2,
    said: expect.stringContaining('cases.jsonl:1: not JSON'),
  })
  expect(await ran('retrieval', '--dataset', join(folder, 'none'))).toMatchObject({ code: 2 })
  expect(await ran('nothing')).toMatchObject({ code: 2, said: expect.stringContaining('freshness') })
})
