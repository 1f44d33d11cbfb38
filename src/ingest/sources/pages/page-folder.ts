import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { LONGEST_ROW } from '../source-row.ts'
import { markdownRow } from './markdown-file.ts'

/**
 * The Markdown files of a folder and its subfolders (or one file), in the order of their paths, as lines of newline-delimited
 * JSON. Hidden folders, node_modules and links are left out. Throws what reading the folder throws.
 */
export async function* markdownFolder(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const isFolder = (await stat(path)).isDirectory()
  const files = isFolder ? markdownFiles(path, signal) : [path]
  for await (const file of files) {
    signal.throwIfAborted()
    const name = isFolder ? relative(path, file).split(sep).join('/') : (file.split(sep).at(-1) ?? file)
    const { size } = await stat(file)
    const row =
      size > LONGEST_ROW
        ? { id: name, tooLong: `${size} bytes` }
        : markdownRow(await readFile(file, { encoding: 'utf8', signal }), name)
    yield `${JSON.stringify(row)}\n`
  }
}

async function* markdownFiles(folder: string, signal: AbortSignal): AsyncGenerator<string> {
  signal.throwIfAborted()
  const entries = (await readdir(folder, { withFileTypes: true })).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  )
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) yield* markdownFiles(join(folder, entry.name), signal)
    else if (entry.isFile() && /\.(md|markdown)$/i.test(entry.name)) yield join(folder, entry.name)
  }
}
