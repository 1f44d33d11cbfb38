import type { AttributeColumn, LiveDocument } from '#db/findings/findings.port.ts'
import type { SourceAttribute } from './content-findings.port.ts'

/** What so many of the values are, the column is. */
const NEARLY_ALL = 0.9
/** A text whose few values come back again and again is a choice among them. */
const ENUMERATION = { values: 20, least: 10, repeats: 3 }

/** The attributes of one source by name, each with what its values are; values of choices are those of the sample, most frequent first. */
export function attributesOf(columns: AttributeColumn[], sample: LiveDocument[]): SourceAttribute[] {
  const names = new Map<string, Map<string, number>>()
  for (const { entry, count } of columns) {
    const bar = entry.indexOf('|')
    const name = entry.slice(bar + 1)
    names.set(name, (names.get(name) ?? new Map<string, number>()).set(entry.slice(0, bar), count))
  }
  return [...names]
    .map(([name, types]): SourceAttribute => {
      const empty = types.get('empty') ?? 0
      const products = [...types.values()].reduce((sum, count) => sum + count, 0)
      const usual = [...types].find(([type, count]) => type !== 'empty' && count >= NEARLY_ALL * (products - empty))
      const [type = 'mixed', unit] = (usual?.[0] ?? 'mixed').split(' ')
      const values = type === 'text' ? choicesOf(name, sample) : null
      return {
        ...{ name, products, empty },
        type: (values ? 'enumeration' : type) as SourceAttribute['type'],
        ...(unit ? { unit } : {}),
        ...(values ? { values } : {}),
      }
    })
    .sort((one, two) => two.products - one.products || (one.name < two.name ? -1 : 1))
}

function choicesOf(name: string, sample: LiveDocument[]): string[] | null {
  const counts = new Map<string, number>()
  let total = 0
  for (const { document } of sample) {
    const value = document.attributes?.[name]
    if (typeof value !== 'string' || value.trim() === '') continue
    total += 1
    counts.set(value.trim(), (counts.get(value.trim()) ?? 0) + 1)
    if (counts.size > ENUMERATION.values) return null
  }
  if (total < ENUMERATION.least || total < ENUMERATION.repeats * counts.size) return null
  return [...counts].sort(([one, many], [two, more]) => more - many || (one < two ? -1 : 1)).map(([value]) => value)
}
