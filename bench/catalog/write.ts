import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { ShopDocument } from '../../src/domain/document.ts'
import { type CatalogOptions, catalogDocuments, changedDocuments } from './catalog.ts'
import { realListings } from './listings.ts'

const BUFFERED = 1 << 20

/** Writes documents as NDJSON, a megabyte at a time; gives how many. */
export async function writeDocuments(
  file: string,
  documents: Iterable<ShopDocument>,
  signal: AbortSignal,
): Promise<number> {
  const out = createWriteStream(file, { signal })
  let text = ''
  let count = 0
  for (const document of documents) {
    text += `${JSON.stringify(document)}\n`
    count += 1
    if (text.length < BUFFERED) continue
    const full = !out.write(text)
    text = ''
    if (full) await once(out, 'drain', { signal })
  }
  out.end(text)
  await finished(out)
  return count
}

// `node bench/catalog/write.ts FILE [--size 80000] [--seed larkhaven] [--revision 1 | --changed] [--plain]`
if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string', default: '80000' },
      seed: { type: 'string', default: 'larkhaven' },
      revision: { type: 'string', default: '0' },
      changed: { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  if (!file) {
    console.error(
      'usage: node bench/catalog/write.ts FILE [--size 80000] [--seed larkhaven] [--revision 1 | --changed] [--plain]',
    )
    process.exitCode = 2
  } else {
    const options: CatalogOptions = {
      seed: values.seed,
      size: Number(values.size),
      listings: values.plain ? [] : realListings(),
    }
    const documents = values.changed
      ? changedDocuments(options)
      : catalogDocuments(options, values.revision === '1' ? 1 : 0)
    const count = await writeDocuments(file, documents, new AbortController().signal)
    console.error(`${count} documents`)
  }
}
