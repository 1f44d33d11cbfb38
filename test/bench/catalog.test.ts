import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { kilograms } from '../../bench/catalog/attributes.ts'
import {
  type CatalogOptions,
  type CatalogRow,
  catalogDocuments,
  catalogRows,
  changedDocuments,
  SIBLING_SHARE,
} from '../../bench/catalog/catalog.ts'
import { judgedQueries, QUERY_KINDS } from '../../bench/catalog/judged-queries.ts'
import type { ShopDocument } from '../../src/domain/document.ts'
import { readDocumentRow } from '../../src/ingest/document-row.ts'

const OPTIONS: CatalogOptions = { seed: 'test', size: 3_000, listings: [] }
const rows = [...catalogRows(OPTIONS)]

describe('catalog', () => {
  test('the same seed gives the same bytes, another seed others', () => {
    const first = digest(catalogDocuments(OPTIONS, 0))
    expect(digest(catalogDocuments(OPTIONS, 0))).toBe(first)
    expect(digest(catalogDocuments({ ...OPTIONS, seed: 'other' }, 0))).not.toBe(first)
  })

  test('a larger catalog begins with the smaller one', () => {
    const smaller = [...catalogRows({ ...OPTIONS, size: 500 })].map(({ document }) => document)
    expect(rows.slice(0, 500).map(({ document }) => document)).toEqual(smaller)
  })

  test('ids, titles, article numbers and texts are distinct but for the colours of one product', () => {
    const distinct = (read: (row: CatalogRow) => string | undefined) => new Set(rows.map(read)).size
    expect(distinct(({ document }) => document.id)).toBe(rows.length)
    expect(distinct(({ document }) => document.title.toLowerCase())).toBe(rows.length)
    expect(distinct(({ document }) => document.sku)).toBe(rows.length)
    const firsts = rows.filter(({ family, number }) => family === number)
    expect(distinct(({ document }) => document.text)).toBe(firsts.length)
  })

  test('near duplicates beyond the colours of one product are under one in a hundred', () => {
    const siblings = rows.filter(({ family, number }) => family !== number)
    expect(siblings.length / rows.length).toBeLessThan(SIBLING_SHARE * 1.3)
    expect(siblings.length).toBeGreaterThan(0)
    expect(nearDuplicates(rows).size / rows.length).toBeLessThan(0.01)
  })

  test('every product is a row that an import takes', () => {
    expect(rows.map(({ document }) => readDocumentRow(document)).filter(({ ok }) => !ok)).toEqual([])
  })

  test('descriptions are about as long as real ones, with a long tail of words', () => {
    const words = rows.map(({ document }) => document.text.split(/\s+/))
    expect(words.flat().length / rows.length).toBeGreaterThan(35)
    expect(words.flat().length / rows.length).toBeLessThan(65)
    const counts = new Map<string, number>()
    for (const word of words.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
    const once = [...counts.values()].filter((count) => count === 1).length
    expect(once / counts.size).toBeGreaterThan(0.3)
  })

  test('about one in a hundred changes, in price and text, and nothing else does', () => {
    const before = rows.map(({ document }) => document)
    const after = [...catalogDocuments(OPTIONS, 1)]
    const changed = after.filter((document, at) => JSON.stringify(document) !== JSON.stringify(before[at]))
    expect([...changedDocuments(OPTIONS)]).toEqual(changed)
    expect(changed.length).toBeGreaterThan(15)
    expect(changed.length).toBeLessThan(50)
    const byId = new Map(before.map((document) => [document.id, document]))
    for (const document of changed) {
      expect(document.text).not.toBe(byId.get(document.id)?.text)
      expect(document.price).not.toEqual(byId.get(document.id)?.price)
    }
  })
})

describe('judged queries', () => {
  const queries = judgedQueries(() => rows, 'test', 1_000, 15)
  const byId = new Map(rows.map((row) => [row.document.id as string, row]))

  test('every kind has its number of queries, each different, and each has what is relevant', () => {
    for (const kind of QUERY_KINDS) {
      const own = queries.filter((query) => query.kind === kind)
      expect(new Set(own.map(({ text }) => text)).size, kind).toBe(15)
      expect(own.filter(({ relevant }) => relevant.size === 0)).toEqual([])
    }
  })

  test('a larger catalog is asked the same', () => {
    const half = judgedQueries(() => rows.slice(0, 1_500), 'test', 1_000, 15)
    expect(half.map(({ text }) => text)).toEqual(queries.map(({ text }) => text))
  })

  test('what fits a filter, and only that, is relevant to it', () => {
    for (const { text, relevant } of queries.filter(({ kind }) => kind === 'filter')) {
      const [, amount = '', unit] = /([\d.]+) (k?g)\??$/.exec(text) ?? []
      const limit = unit === 'g' ? Number(amount) / 1000 : Number(amount)
      const asked = rows.filter(
        ({ type, brand, colour, document }) =>
          (text.startsWith(`${type} by ${brand} `) || text.startsWith(`${colour} ${type} `)) &&
          (kilograms(document.attributes?.weight) ?? Number.POSITIVE_INFINITY) < limit,
      )
      expect(new Set(asked.map(({ document }) => document.id as string))).toEqual(relevant)
    }
  })

  test('an article number means one product, written in any case', () => {
    for (const { text, relevant } of queries.filter(({ kind }) => kind === 'sku')) {
      expect(relevant.size).toBe(1)
      const [id = ''] = relevant
      expect(text.toUpperCase()).toContain(byId.get(id)?.document.sku)
    }
  })

  test('a misspelt name is no product name', () => {
    const titles = rows.map(({ document }) => document.title.toLowerCase())
    for (const { text } of queries.filter(({ kind }) => kind === 'misspelt'))
      expect(titles.some((title) => title.startsWith(text))).toBe(false)
  })
})

function digest(documents: Iterable<ShopDocument>): string {
  const hash = createHash('sha256')
  for (const document of documents) hash.update(JSON.stringify(document))
  return hash.digest('hex')
}

/** Products whose text has four fifths of its runs of three words in common with another of their type, colours apart. */
function nearDuplicates(all: CatalogRow[]): Set<string> {
  const found = new Set<string>()
  const byType = Map.groupBy(
    all.filter(({ family, number }) => family === number),
    ({ type }) => type,
  )
  for (const group of byType.values()) {
    const sets = group.map(({ document }) => ({ id: document.id, runs: runsOf(`${document.title} ${document.text}`) }))
    for (const [at, one] of sets.entries())
      for (const other of sets.slice(at + 1)) if (likeness(one.runs, other.runs) > 0.8) found.add(one.id).add(other.id)
  }
  return found
}

function runsOf(text: string): Set<string> {
  const words = text.toLowerCase().split(/\s+/)
  return new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`))
}

function likeness(one: Set<string>, other: Set<string>): number {
  const common = [...one].filter((run) => other.has(run)).length
  return common / (one.size + other.size - common)
}
