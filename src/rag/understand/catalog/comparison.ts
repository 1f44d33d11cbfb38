import { type Asked, chunksOf, SHOWN } from './asked.ts'
import type { CatalogFinding } from './catalog.port.ts'
import type { CatalogSlots } from './catalog-slots.ts'
import { viewOf } from './columns/int-list.ts'
import { productsNamed } from './names.ts'
import { comparedIn } from './reading/compared.ts'

/** More products side by side nobody reads in a chat. */
const MOST_SIDES = 4

/** Products that a question sets side by side; null where it compares none of this shop. */
export async function compared(asked: Asked, signal: AbortSignal): Promise<CatalogFinding | null> {
  const { query, language, shop } = asked
  const read = comparedIn(query.text, language, shop.slots)
  if (!read) return null
  const sides = [read.left, read.right].flatMap((name) => sidesOf(name, asked))
  if (sides.length > MOST_SIDES || sides.every(({ rows }) => rows.length === 0)) return null
  // What is said of the one alone compares nothing.
  if (sides.some(({ rows }) => rows.length === 0)) return { kind: 'one_sided' }
  for (const side of sides) {
    if (side.rows.length === 1) continue
    const others = sides.flatMap((other) => (other !== side && other.rows.length === 1 ? other.rows : []))
    // The Cove beside the Cove XL is the other one.
    const left = side.rows.filter((row) => !others.includes(row))
    if (left.length > 0) side.rows = left
    // The Skua kayak is compared with the Eider kayak rather than with the Eider jacket.
    const [like] = others
    const alike = side.rows.length > 1 && like !== undefined ? ofOneKind(side.rows, like, shop.slots) : []
    if (alike.length === 1) side.rows = alike
  }
  const unclear = sides.find(({ rows }) => rows.length > 1)
  if (unclear) {
    const titles = unclear.rows.flatMap((row) => shop.slots.product(row)?.title ?? [])
    const at = query.text.toLowerCase().indexOf(unclear.name.toLowerCase())
    const before = query.text.slice(0, Math.max(0, at))
    const after = query.text.slice(Math.max(0, at) + unclear.name.length)
    return {
      kind: 'unclear',
      about: 'side',
      options: titles.slice(0, SHOWN).map((title) => ({ label: title, value: `${before}${title}${after}` })),
    }
  }
  const rows = sides.flatMap((side) => side.rows)
  const chunks = await chunksOf([...new Set(rows)], asked, signal)
  if (chunks.length < sides.length) return null
  return {
    kind: 'comparison',
    sides: chunks,
    slot: read.fields ? { names: read.fields } : null,
    more: read.more,
    explained: read.explained,
  }
}

type Side = { name: string; rows: number[] }

// `the Drift 2, the Commute` names two where no one product is called so.
function sidesOf(name: string, { language, shop, sees }: Asked): Side[] {
  const side = (text: string): Side => ({ name: text, rows: productsNamed(text, language, shop.slots, sees) })
  const whole = side(name)
  const parts = name
    .split(/\s*,\s*(?:(?:and|or|und|oder)\s+)?|\s+(?:and|or|und|oder|&)\s+/iu)
    .filter((part) => part !== '')
  return whole.rows.length > 0 || parts.length < 2 ? [whole] : parts.map(side)
}

function ofOneKind(rows: number[], like: number, slots: CatalogSlots): number[] {
  const column = slots.column('category')
  if (!column) return []
  const asked = new Set([...rows, like])
  const kinds = new Map<number, number>()
  const codes = viewOf(column.codes)
  for (const [place, row] of viewOf(column.rows).entries()) if (asked.has(row)) kinds.set(row, codes[place] ?? -1)
  return rows.filter((row) => kinds.has(row) && kinds.get(row) === kinds.get(like))
}
