import type { Asked } from './asked.ts'
import { viewOf } from './columns/int-list.ts'
import { type Wanted, wantedIn } from './reading/wanted.ts'
import { type Selection, selectProducts } from './select-products.ts'

/** Products that a question speaks of. Null where it wants none, names no kind that the shop has, or asks exactly for what none has. */
export function wantedProducts(asked: Asked): { wanted: Wanted; chosen: Selection } | null {
  const wanted = wantedIn(asked.query.text, asked.language, asked.shop.slots)
  const chosen = wanted && chosenProducts(asked, wanted)
  return chosen && { wanted, chosen }
}

/** `fitting` in the order they are shown; null as above. */
export function chosenProducts(asked: Asked, wanted: Wanted): Selection | null {
  const { language, shop, sees } = asked
  const chosen = selectProducts(shop.slots, wanted.words, language, wanted.tests, sees, wanted.ofAnyKind)
  const { fitting, failing, silent } = chosen
  if (fitting.length + failing.length + silent.length === 0) return null
  // An exact number may be meant as about so much.
  if (wanted.exact && fitting.length === 0) return null
  return { ...chosen, fitting: wanted.rank ? ranked(fitting, wanted.rank) : preferred(fitting, asked) }
}

// What the ranking put first stays first.
function preferred(rows: number[], { passages, shop }: Asked): number[] {
  const places = new Map(passages.map(({ chunk }, place) => [String(chunk.documentId), place]))
  const placeOf = (row: number) => places.get(shop.slots.product(row)?.documentId ?? '') ?? passages.length
  return rows
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((one, two) => one.place - two.place || one.row - two.row)
    .map(({ row }) => row)
}

/** Rows that have a value in one of the fields, by it. */
export function ranked(rows: number[], { columns, more }: NonNullable<Wanted['rank']>): number[] {
  const own = new Set(rows)
  const values = new Map<number, number>()
  for (const { rows: having, codes, lows, highs } of columns) {
    const all = viewOf(codes)
    for (const [place, row] of viewOf(having).entries()) {
      if (!own.has(row) || values.has(row)) continue
      const value = (more ? highs : lows)[all[place] ?? -1]
      if (value !== undefined && !Number.isNaN(value)) values.set(row, value)
    }
  }
  return [...values]
    .sort((one, two) => (more ? two[1] - one[1] : one[1] - two[1]) || one[0] - two[0])
    .map(([row]) => row)
}
