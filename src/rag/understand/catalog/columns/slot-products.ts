import type { Audience, Chunk } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import { type Placement, placementOf, visibleClasses } from '../../../index/passages/visibility.ts'
import { intList, push, viewOf } from './int-list.ts'

/** A product as far as slots know it: enough to find its passage again. */
export type SlotProduct = { chunkId: ChunkId; documentId: string; title: string; key: string }

/** Products by row. Rows are given upwards; a removed one stays empty until compaction. */
export type SlotProducts = {
  add(chunk: Chunk, key: string): number
  remove(id: ChunkId): boolean
  size(): number
  rowCount(): number
  at(row: number): SlotProduct | null
  visible(audience: Audience, at: Date): (row: number) => boolean
  /** Takes the empty rows out; gives each old row its new number, or −1. */
  compact(): Int32Array
}

export function slotProducts(): SlotProducts {
  let products: (SlotProduct | null)[] = []
  let classes = intList()
  let rows = new Map<ChunkId, number>()
  let dated = new Map<number, { from: number; until: number }>()
  const placements: { placement: Placement; live: number }[] = []
  const classNumbers = new Map<string, number>()

  function classNumber(chunk: Chunk): number {
    const placement = placementOf(chunk)
    const { locale, audience, region, channel } = placement
    const name = `${locale}|${audience}|${region}|${channel}`
    const known = classNumbers.get(name)
    if (known !== undefined) return known
    classNumbers.set(name, placements.length)
    return placements.push({ placement, live: 0 }) - 1
  }

  return {
    add(chunk, key) {
      const row = products.push({ chunkId: chunk.id, documentId: chunk.documentId, title: chunk.title, key }) - 1
      rows.set(chunk.id, row)
      const number = classNumber(chunk)
      push(classes, number)
      const home = placements[number]
      if (home) home.live += 1
      if (chunk.validFrom || chunk.validUntil)
        dated.set(row, {
          from: chunk.validFrom ? Date.parse(chunk.validFrom) : Number.NEGATIVE_INFINITY,
          until: chunk.validUntil ? Date.parse(chunk.validUntil) : Number.POSITIVE_INFINITY,
        })
      return row
    },
    remove(id) {
      const row = rows.get(id)
      if (row === undefined) return false
      rows.delete(id)
      products[row] = null
      dated.delete(row)
      const home = placements[classes.values[row] ?? -1]
      if (home) home.live -= 1
      return true
    },
    size: () => rows.size,
    rowCount: () => products.length,
    at: (row) => products[row] ?? null,
    visible(audience, at) {
      const seen = visibleClasses(
        placements.map(({ placement }) => placement),
        (place) => placements[place]?.live ?? 0,
        audience,
        ['product'],
      )
      const own = viewOf(classes)
      const time = at.getTime()
      return (row) => {
        if (!products[row] || seen[own[row] ?? -1] !== true) return false
        const dates = dated.size > 0 ? dated.get(row) : undefined
        return !dates || (dates.from <= time && time < dates.until)
      }
    },
    compact() {
      const renumber = new Int32Array(products.length).fill(-1)
      let next = 0
      for (const [row, product] of products.entries()) if (product) renumber[row] = next++
      classes = intList(viewOf(classes).filter((_, row) => (renumber[row] ?? -1) >= 0))
      rows = new Map([...rows].map(([id, row]) => [id, renumber[row] ?? -1]))
      dated = new Map([...dated].map(([row, dates]) => [renumber[row] ?? -1, dates]))
      products = products.filter((product) => product !== null)
      return renumber
    },
  }
}
