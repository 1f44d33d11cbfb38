import { typedValue } from '#domain/content/typed-value.ts'
import type { AttributeValue, ShopDocument } from '#domain/document.ts'

const MOST_ATTRIBUTES = 100
/** What exports write where there is nothing; `none` and `no` may well be meant. */
const NOTHING = /^(?:n\/?a|null|undefined|nan|tbd|tba|todo|[-–—?.]+|keine angabe|k\.\s?a\.)?$/i

/** What kind of value each of a product's attributes has, as it is counted: `measure kg|weight`, `boolean|waterproof`, `empty|size`. */
export function attributeTypes({ kind, attributes = {}, locale }: ShopDocument): string[] {
  if (kind !== 'product') return []
  return Object.entries(attributes)
    .filter(([name]) => name.isWellFormed() && !name.includes('\0'))
    .slice(0, MOST_ATTRIBUTES)
    .map(([name, value]) => `${typeNamed(value, locale)}|${name}`)
}

function typeNamed(value: AttributeValue, locale: string | undefined): string {
  if (typeof value === 'string' && NOTHING.test(value.trim())) return 'empty'
  const typed = typedValue(value, locale)
  return 'unit' in typed ? `${typed.type} ${typed.unit}` : typed.type
}
