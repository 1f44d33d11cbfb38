import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { webFolder } from '../src/app/shipped-files.ts'
import { type Bundles, buildBundles } from '../src/app/web/bundles.ts'

/**
 * W5, in bytes, gzip: what a page pays before the first opening; all scripts a shopper may ever make it fetch; and everything it
 * takes to open and ask, whatever it is: scripts, style sheet, texts of the longest language.
 */
const LOADER_BUDGET = 5 * 1024
const SCRIPTS_BUDGET = 40 * 1024
const ASKING_BUDGET = 40 * 1024

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
  expect(size('/widget.js')).toBeLessThanOrEqual(LOADER_BUDGET)
})

test('W5: all scripts of the widget together are at most 40 kB', () => {
  expect(sum(paths(/\.js$/))).toBeLessThanOrEqual(SCRIPTS_BUDGET)
})

test('W5: everything it takes to open and to ask, styles and texts as well, is at most 40 kB', () => {
  const texts = Math.max(...paths(/\/texts-\w+\/\w+\.json$/).map(size))
  const scripts = [...atOnce(entry('panel.ts'))]
  expect(scripts.length).toBeGreaterThan(1)
  expect(sum(['/widget.js', ...scripts, entry('panel.css')]) + texts).toBeLessThanOrEqual(ASKING_BUDGET)
})

test('texts are one file for each language, under a name that changes with any of them', () => {
  const texts = paths(/^\/widget\/texts-\w+\/\w+\.json$/)
  expect(texts.length).toBeGreaterThan(1)
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

function sum(parts: string[]): number {
  return parts.reduce((total, path) => total + size(path), 0)
}

/** As compressed as most servers do it, not as well as it can be done. Throws for a file that is not served. */
function size(path: string): number {
  const file = files().get(path)
  if (!file) throw new Error(`${path} is not served`)
  return gzipSync(file.content).length
}

function paths(pattern: RegExp): string[] {
  return [...files().keys()].filter((path) => pattern.test(path))
}

function files() {
  if (bundles.widget.state === 'down') throw bundles.widget.fault
  return bundles.widget.files
}

function entry(name: string): string {
  return (bundles.widget.state === 'ready' && bundles.widget.entries.get(name)) || ''
}
