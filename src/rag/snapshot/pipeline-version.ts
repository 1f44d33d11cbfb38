import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'

const SOURCES = resolve(import.meta.dirname, '../..')
/** What makes an index of passages: encoding them, and laying them out. */
const ROOTS = ['../encoder/passage-encoder.ts', '../index/search-index.in-process.ts', './stored-index.ts'].map(
  (path) => resolve(import.meta.dirname, path),
)
const IMPORT = /\bfrom '((?:\.{1,2}\/|#)[^']+)'/g
/** Libraries whose behaviour shows in an index. */
const LIBRARIES = ['snowball-stemmers', 'usearch']

/**
 * A name for how an index is made: a hash over the source files that make one, found by following their imports, the
 * libraries' versions, and the Unicode version by which words are told apart. Any change of them gives another name, also
 * one that would not have mattered; then indexes are rebuilt once. Throws what reading the sources throws.
 */
export async function pipelineVersion(signal: AbortSignal): Promise<string> {
  return await versionFrom(ROOTS, signal)
}

/** The same for other source files than our own; for tests. */
export async function versionFrom(roots: string[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  const sources = new Map<string, string>()
  for (const root of roots) await gather(root, sources, signal)
  for (const [path, text] of [...sources].sort(([one], [two]) => (one < two ? -1 : 1)))
    hash.update(`${relative(SOURCES, path)}\n${text.length}\n${text}`)
  for (const library of LIBRARIES) hash.update(await versionOf(library, signal))
  hash.update(`${process.versions.unicode} ${process.versions.icu}`)
  return hash.digest('hex').slice(0, 32)
}

async function gather(path: string, sources: Map<string, string>, signal: AbortSignal): Promise<void> {
  if (sources.has(path) || path.endsWith('.d.ts')) return
  const text = await readFile(path, { encoding: 'utf8', signal })
  sources.set(path, text)
  for (const [, target = ''] of text.matchAll(IMPORT)) {
    const next = target.startsWith('#') ? resolve(SOURCES, target.slice(1)) : resolve(dirname(path), target)
    await gather(next, sources, signal)
  }
}

async function versionOf(library: string, signal: AbortSignal): Promise<string> {
  const file = resolve(SOURCES, '../node_modules', library, 'package.json')
  return await readFile(file, { encoding: 'utf8', signal }).catch(() => library)
}
