import type {
  AttributeColumn,
  FindingBatch,
  LiveDocument,
  NewFinding,
  OddAttribute,
} from '#db/findings/findings.port.ts'
import { quoted } from './look-at-document.ts'

/** Fewer values prove nothing about a column. */
const LEAST_VALUES = 10
/** What so many of them are, the others should be as well. */
const NEARLY_ALL = 0.9
/** A slip is rare; what is more often so is another use of the name, as capacity is of bags and of batteries. */
const SLIPS = 0.02
const MOST_QUOTES = 5

/** `usual`: the type nearly all others have; empty where the value is missing. */
type Odd = { source: string; entry: string; usual: string }

/** The attributes that stand there without a value. */
export function emptyTypes(columns: AttributeColumn[]): Odd[] {
  return columns
    .filter(({ entry }) => entry.startsWith('empty|'))
    .map(({ source, entry }) => ({ source, entry, usual: '' }))
}

/** Of columns that are nearly all of one type, the other types; a text (`11–15 cm`, `8 kg per arm`) may well say more than one value. */
export function oddTypes(columns: AttributeColumn[]): Odd[] {
  const grouped = new Map<string, AttributeColumn[]>()
  for (const column of columns) {
    if (column.entry.startsWith('empty|')) continue
    const name = `${column.source}\n${nameOf(column.entry)}`
    grouped.set(name, [...(grouped.get(name) ?? []), column])
  }
  return [...grouped.values()].flatMap((types) => {
    const total = types.reduce((sum, { count }) => sum + count, 0)
    const usual = types.find(({ count }) => count >= NEARLY_ALL * total)
    if (total < LEAST_VALUES || !usual || usual.entry.startsWith('text|')) return []
    return types
      .filter((one) => one !== usual && !one.entry.startsWith('text|') && one.count <= Math.max(1, SLIPS * total))
      .map(({ source, entry }) => ({ source, entry, usual: usual.entry.slice(0, usual.entry.indexOf('|')) }))
  })
}

/** One finding for each attribute of a source whose values are not all of a kind, and for each that is empty somewhere. */
export function oddFindings(
  odd: (OddAttribute & Odd)[],
  known: Awaited<ReturnType<FindingBatch['documents']>>,
): NewFinding[] {
  const grouped = new Map<string, (OddAttribute & Odd)[]>()
  for (const one of odd) {
    const origin = `attribute:${one.usual ? 'mixed' : 'empty'}:${one.source}\n${nameOf(one.entry)}`
    grouped.set(origin, [...(grouped.get(origin) ?? []), one])
  }
  return [...grouped].flatMap(([origin, ones]): NewFinding[] => {
    const name = nameOf(ones[0]?.entry ?? '')
    const live = ones.flatMap(({ documents }) => documents.flatMap((id) => known.get(id) ?? []))
    if (live.length === 0) return []
    return [
      {
        ...{ kind: ones[0]?.usual ? 'mixed_attribute' : 'empty_attribute', origin },
        documents: live.map(({ document: { id, title }, version, source }) => ({ id, version, title, source })),
        documentCount: ones.reduce((sum, { count }) => sum + count, 0),
        quotes: live.slice(0, MOST_QUOTES).flatMap((one) => quotedValue(one, name)),
        detail: { attribute: name, usual: ones[0]?.usual ?? '' },
      },
    ]
  })
}

function quotedValue({ document }: LiveDocument, name: string): NewFinding['quotes'] {
  const value = document.attributes?.[name]
  const shown = typeof value === 'object' ? `${value.value} ${value.unit}` : String(value ?? '')
  return quoted(document.id, shown).map((quote) => ({ ...quote, field: name }))
}

const nameOf = (entry: string) => entry.slice(entry.indexOf('|') + 1)
