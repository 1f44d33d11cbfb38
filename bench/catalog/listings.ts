import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ShopDocument } from '../../src/domain/document.ts'
import { readJson } from '../../src/domain/foreign-json.ts'

const FILE = resolve(import.meta.dirname, '../../../shared/data/retail-documents.jsonl')

/** Real product listings beside the checkout, or none: their wording makes the catalog more like a shop's, and another one. */
export function realListings(): ShopDocument[] {
  if (!existsSync(FILE)) return []
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => readJson(line) as ShopDocument)
}
