import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pipelineVersion, versionFrom } from './pipeline-version.ts'

const { signal } = new AbortController()
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-pipeline-'))
  await source('root.ts', "import { near } from './near.ts'\nimport type { Chunk } from '#domain/document.ts'\n")
  await source('near.ts', "import far from './far.ts'\n// import './unrelated.ts'\nexport const near = far\n")
  await source('far.ts', 'export default 1\n')
  await source('unrelated.ts', 'export default 1\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const source = (name: string, text: string) => writeFile(join(folder, name), text)
const version = () => versionFrom([join(folder, 'root.ts')], signal)

test('is the same for the same code', async () => {
  expect(await version()).toBe(await version())
  expect(await pipelineVersion(signal)).toBe(await pipelineVersion(signal))
})

test('is another when anything that is imported is another, however far', async () => {
  const before = await version()
  await source('far.ts', 'export default 2\n')
  expect(await version()).not.toBe(before)
})

test('does not mind what is not imported', async () => {
  const before = await version()
  await source('unrelated.ts', 'export default 2\n')
  expect(await version()).toBe(before)
})
