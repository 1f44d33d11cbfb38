import { FORMAT_BY_TYPE } from '#domain/content/import-format.ts'
import type { ImportFormat } from '../imports.port.ts'

const BY_TYPE: Record<string, ImportFormat> = FORMAT_BY_TYPE
const BY_NAME: [name: RegExp, format: ImportFormat][] = [
  [/\.(ndjson|jsonl)(\.gz)?$/i, 'ndjson'],
  [/\.(csv|tsv|txt)(\.gz)?$/i, 'csv'],
  [/\.(md|markdown)$/i, 'markdown'],
  [/\.(xml|rss|atom)(\.gz)?$/i, 'xml'],
]

/** By its name, which servers know better than the type; else by its type. Null when neither tells. */
export function formatOf(path: string, contentType: string | undefined): ImportFormat | null {
  const named = BY_NAME.find(([name]) => name.test(path))
  return named?.[1] ?? BY_TYPE[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''] ?? null
}
