import type { Candidate } from '#rag/compose/composer.port.ts'
import type { ShownProduct } from '#rag/understand/understanding.port.ts'

/** As many as there are cards; of each as much as somebody may point at it by. */
const MOST_SHOWN = 5
const MOST_FIELDS = 20
const LONGEST_TRAIT = 60

/** The products a list or a comparison showed, for `the second one` and `is it waterproof?`; none where the answer is about one. */
export function shownBy(candidate: Candidate | null): ShownProduct[] {
  const products = candidate?.rung === 'comparison' || candidate?.rung === 'products' ? candidate.products : []
  if (products.length < 2) return []
  return products.slice(0, MOST_SHOWN).map(({ title, price, attributes, measures, scope }) => {
    const values = Object.values(attributes).filter((value) => typeof value === 'string')
    const traits = [...(scope.brand ? [scope.brand] : []), ...values].filter(({ length }) => length <= LONGEST_TRAIT)
    const measured: ShownProduct['measures'] = Object.fromEntries(Object.entries(measures ?? {}).slice(0, MOST_FIELDS))
    if (price) measured.price = { value: price.amount, unit: price.currency }
    return { title, traits: traits.slice(0, MOST_FIELDS), measures: measured }
  })
}

/** Read back from stored JSON; what has another shape was not shown. */
export function readShown(stored: unknown): ShownProduct[] {
  if (!Array.isArray(stored)) return []
  return stored.slice(0, MOST_SHOWN).flatMap((one: unknown) => {
    const { title, traits, measures } = (one ?? {}) as Record<string, unknown>
    if (typeof title !== 'string' || !Array.isArray(traits) || typeof measures !== 'object') return []
    const measured = Object.entries((measures ?? {}) as Record<string, unknown>).flatMap(([name, given]) => {
      const { value, unit } = (given ?? {}) as Record<string, unknown>
      return typeof value === 'number' && typeof unit === 'string' ? [[name, { value, unit }] as const] : []
    })
    const texts = traits.filter((trait) => typeof trait === 'string')
    return [{ title, traits: texts, measures: Object.fromEntries(measured) }]
  })
}
