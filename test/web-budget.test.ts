import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { webFolder } from '../src/app/shipped-files.ts'
import { type Bundles, buildBundles } from '../src/app/web/bundles.ts'

/** W5: what a shop's page pays before the first opening, and for everything a shopper may ever make it fetch. In bytes, gzip. */
const LOADER_BUDGET = 5 * 1024
const WHOLE_BUDGET = 40 * 1024

let bundles: Bundles
beforeAll(async () => {
  bundles = await buildBundles(webFolder(), new AbortController().signal)
})

test('everything that runs in browsers can be bundled', () => {
  expect(Object.values(bundles).map((part) => (part.state === 'down' ? part.fault.message : part.state))).toEqual([
    'ready',
    'ready',
    'ready',
  ])
})

test('W5: the loader is at most 5 kB', () => {
  expect(sizes(/^\/widget\.js$/)).toBeLessThanOrEqual(LOADER_BUDGET)
})

test('W5: the loader, the panel and every part of it together are at most 40 kB', () => {
  expect(sizes(/\.js$/)).toBeLessThanOrEqual(WHOLE_BUDGET)
})

test('texts of another language are one file each, which the panel fetches on demand', () => {
  const { widget } = bundles
  const paths = widget.state === 'ready' ? [...widget.files.keys()] : []
  const texts = paths.filter((path) => /^\/widget\/texts-\w+\/\w+\.json$/.test(path))
  expect(texts.length).toBeGreaterThan(0)
  expect(new Set(texts.map((path) => path.split('/')[2])).size).toBe(1)
})

function sizes(paths: RegExp): number {
  const { widget } = bundles
  if (widget.state === 'down') throw widget.fault
  return [...widget.files]
    .filter(([path]) => paths.test(path))
    .reduce((sum, [, { content }]) => sum + gzipSync(content, { level: 9 }).length, 0)
}
