import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '#domain/fault.ts'
import { pageFolder } from '../sources/pages/page-folder.ts'
import { formatOf } from './file-format.ts'
import type { SourceFiles } from './source-file.port.ts'

/** Entries of a folder looked at; a shop's help pages are some hundreds. */
const MOST_ENTRIES = 100_000

/**
 * Files and folders (of Markdown and HTML pages) of this machine, at `file:///…`: those inside of `folders` alone, wherever links
 * lead. What changed is told by names, sizes and times.
 */
export function localFiles(folders: string[]): SourceFiles {
  return {
    problemOf(url) {
      if (folders.length === 0)
        return 'Files of this machine are not allowed here; PURSER_SOURCE_FOLDERS says which are.'
      return pathOf(url) === null ? 'An address of a file is file:/// and its whole path.' : null
    },
    async open(url, { seen, site }, signal) {
      const path = await allowedPath(url)
      const found = await stat(path)
      const now = found.isDirectory() ? await listing(path, signal) : `${found.size} ${found.mtimeMs}`
      const print = createHash('sha256').update(now).digest('hex')
      if (print === seen) return { outcome: 'unchanged' }
      return found.isDirectory()
        ? { outcome: 'file', format: 'ndjson', seen: print, body: pages(path, site ?? undefined, signal) }
        : { outcome: 'file', format: formatOf(path, undefined), seen: print, body: createReadStream(path, { signal }) }
    },
  }

  async function allowedPath(url: string): Promise<string> {
    const path = pathOf(url)
    const real = path === null ? null : await realpath(path).catch(() => null)
    for (const folder of real === null ? [] : folders) {
      const inside = await realpath(folder).catch(() => null)
      if (inside !== null && (real === inside || real?.startsWith(inside + sep))) return real as string
    }
    // One answer for what is not there and what is not allowed: nobody learns what else this machine holds.
    throw new Fault({
      kind: 'user',
      code: 'ingest.source.forbidden',
      message: 'There is no such file in a folder that PURSER_SOURCE_FOLDERS allows.',
      status: 422,
    })
  }
}

function pathOf(url: string): string | null {
  try {
    return fileURLToPath(url)
  } catch {
    return null
  }
}

async function listing(folder: string, signal: AbortSignal): Promise<string> {
  const lines: string[] = []
  for (const name of (await readdir(folder, { recursive: true })).sort().slice(0, MOST_ENTRIES)) {
    signal.throwIfAborted()
    const found = await stat(join(folder, name)).catch(() => null)
    if (found?.isFile()) lines.push(`${name} ${found.size} ${found.mtimeMs}`)
  }
  return lines.join('\n')
}

async function* pages(folder: string, site: string | undefined, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const { row } of pageFolder(folder, site, signal)) if (row) yield Buffer.from(`${JSON.stringify(row)}\n`)
}
