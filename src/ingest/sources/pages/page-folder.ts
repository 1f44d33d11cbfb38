import { isUtf8 } from 'node:buffer'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { LONGEST_ROW } from '../source-row.ts'
import { decodeHtml, htmlRow } from './html-page.ts'
import { markdownRow } from './markdown-file.ts'

const PAGE = /\.(md|markdown|html?)$/i

/** A page found: where, and as an import row. Null: it asks not to be indexed. */
export type FoundPage = { from: string; row: Record<string, unknown> | null }

/**
 * The Markdown and HTML files of a folder and its subfolders (or one file), in the order of their paths. Hidden folders,
 * node_modules and links are left out. `site` gives HTML pages without a canonical link their address. A file that cannot be
 * read is a row that says so. Throws what reading the folder throws.
 */
export async function* pageFolder(
  path: string,
  site: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<FoundPage> {
  const isFolder = (await stat(path)).isDirectory()
  const files = isFolder ? pageFiles(path, signal) : [path]
  for await (const file of files) {
    signal.throwIfAborted()
    const name = isFolder ? relative(path, file).split(sep).join('/') : (file.split(sep).at(-1) ?? file)
    yield { from: name, row: await readPageFile(file, name, site, signal) }
  }
}

/** A file as an import row whose id is made of `name`. Null: it asks not to be indexed. Rejects with the signal's reason alone. */
export async function readPageFile(
  file: string,
  name: string,
  site: string | undefined,
  signal: AbortSignal,
): Promise<Record<string, unknown> | null> {
  const id = name.replace(PAGE, '')
  try {
    const { size } = await stat(file)
    if (size > LONGEST_ROW) return { id, $problem: `${name} has ${size} bytes; ${LONGEST_ROW} are the most.` }
    const bytes = await readFile(file, { signal })
    if (!/\.html?$/i.test(name) && !isUtf8(bytes)) return { id, $problem: `${name} is not UTF-8. Save it as UTF-8.` }
    if (!/\.html?$/i.test(name)) return markdownRow(bytes.toString('utf8'), name)
    const row = htmlRow(decodeHtml(bytes), name)
    return row && site && row.url === undefined
      ? { ...row, url: `${site}/${name.replace(/(^|\/)index\.html?$/i, '$1')}` }
      : row
  } catch (error) {
    signal.throwIfAborted()
    return { id, $problem: `${name} cannot be read: ${(error as { code?: string }).code ?? 'unknown reason'}.` }
  }
}

async function* pageFiles(folder: string, signal: AbortSignal): AsyncGenerator<string> {
  signal.throwIfAborted()
  const entries = (await readdir(folder, { withFileTypes: true })).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  )
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) yield* pageFiles(join(folder, entry.name), signal)
    else if (entry.isFile() && PAGE.test(entry.name)) yield join(folder, entry.name)
  }
}
