import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { webFolder } from '../src/app/shipped-files.ts'
import { type Bundles, buildBundles } from '../src/app/web/bundles.ts'

/**
 * W5, in bytes, gzip: what a page pays before the first opening, then for what it takes to open and ask, and at most for
 * everything a shopper may ever make it fetch (cards, sheets, transcripts), which comes when the browser is idle.
 */
const LOADER_BUDGET = 5 * 1024
const ASKING_BUDGET = 40 * 1024
const WHOLE_BUDGET = 60 * 1024

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

test('W5: the loader and what the panel needs to open and to ask are at most 40 kB', () => {
  expect(
    sizes(/^\/widget\.js$/) + [...atOnce(entry('panel.ts'))].reduce((sum, path) => sum + size(path), 0),
  ).toBeLessThanOrEqual(ASKING_BUDGET)
})

test('W5: the loader, the panel and every part of it together are at most 60 kB', () => {
  expect(sizes(/\.js$/)).toBeLessThanOrEqual(WHOLE_BUDGET)
})

test('texts of another language are one file each, which the panel fetches on demand', () => {
  const { widget } = bundles
  const paths = widget.state === 'ready' ? [...widget.files.keys()] : []
  const texts = paths.filter((path) => /^\/widget\/texts-\w+\/\w+\.json$/.test(path))
  expect(texts.length).toBeGreaterThan(0)
  expect(new Set(texts.map((path) => path.split('/')[2])).size).toBe(1)
})

/** A script and what it imports without waiting for anything to be done. */
function atOnce(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  const text = String(files().get(path)?.content)
  for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w-]+\.js)"/g)) atOnce(`/widget/${name}`, seen)
  return seen
}

function sizes(paths: RegExp): number {
  return [...files().keys()].filter((path) => paths.test(path)).reduce((sum, path) => sum + size(path), 0)
}

function size(path: string): number {
  return gzipSync(files().get(path)?.content ?? '', { level: 9 }).length
}

function files() {
  if (bundles.widget.state === 'down') throw bundles.widget.fault
  return bundles.widget.files
}

function entry(name: string): string {
  return (bundles.widget.state === 'ready' && bundles.widget.entries.get(name)) || ''
}
