import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localFiles } from './local-files.ts'

const { signal } = new AbortController()
const NEW = { seen: null, site: null }
let root: string
let shop: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'purser-local-'))
  shop = join(root, 'shop')
  await mkdir(join(shop, 'help'), { recursive: true })
  await mkdir(join(root, 'shop-secrets'))
  await writeFile(join(root, 'shop-secrets', 'keys.csv'), 'secret')
  await writeFile(join(shop, 'feed.csv'), 'id,title\n')
  await writeFile(join(shop, 'help', 'returns.md'), '# Returns\n\nWithin 30 days.')
  await symlink(join(root, 'shop-secrets'), join(shop, 'link'))
})
afterAll(() => rm(root, { recursive: true, force: true }))
const at = (...path: string[]) => pathToFileURL(join(root, ...path)).href

test('a file is read, and known again until it changes', async () => {
  const files = localFiles([shop])
  const file = await files.open(at('shop', 'feed.csv'), NEW, signal)
  if (file.outcome !== 'file') throw new Error('there is no file')
  expect(file.format).toBe('csv')
  expect(String(await buffer(file.body))).toBe('id,title\n')
  const known = { seen: file.seen, site: null }
  expect(await files.open(at('shop', 'feed.csv'), known, signal)).toEqual({ outcome: 'unchanged' })
  await writeFile(join(shop, 'feed.csv'), 'id,title\na,b\n')
  expect(await files.open(at('shop', 'feed.csv'), known, signal)).toMatchObject({ outcome: 'file' })
})

test('a folder is its pages, and changes with any of them', async () => {
  const files = localFiles([shop])
  const folder = await files.open(at('shop', 'help'), NEW, signal)
  if (folder.outcome !== 'file') throw new Error('there is no folder')
  const rows = String(await buffer(folder.body))
    .trim()
    .split('\n')
  expect(rows.map((row) => JSON.parse(row))).toMatchObject([{ id: 'returns', title: 'Returns' }])
  const known = { seen: folder.seen, site: null }
  expect(await files.open(at('shop', 'help'), known, signal)).toEqual({ outcome: 'unchanged' })
  await writeFile(join(shop, 'help', 'shipping.md'), '# Shipping\n\nTwo days.')
  expect(await files.open(at('shop', 'help'), known, signal)).toMatchObject({ outcome: 'file' })
})

test.each([
  ['a file beside', ['shop-secrets', 'keys.csv']],
  ['a file that a link leads out to', ['shop', 'link', 'keys.csv']],
  ['a file that is not there', ['shop', 'nothing.csv']],
  ['the folder above', ['.']],
])('%s is refused in the same words', async (_what, path) => {
  await expect(localFiles([shop]).open(at(...path), NEW, signal)).rejects.toMatchObject({
    code: 'ingest.source.forbidden',
    message: 'There is no such file in a folder that PURSER_SOURCE_FOLDERS allows.',
  })
})

test('without allowed folders no file can be a source', () => {
  expect(localFiles([]).problemOf(at('shop', 'feed.csv'))).toMatch(/PURSER_SOURCE_FOLDERS/)
  expect(localFiles([shop]).problemOf(at('shop', 'feed.csv'))).toBeNull()
  expect(localFiles([shop]).problemOf('file://host/share')).toMatch(/file:/)
})
