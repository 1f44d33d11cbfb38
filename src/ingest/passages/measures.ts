import { typedValue } from '#domain/content/typed-value.ts'
import type { AttributeValue } from '#domain/document.ts'

/**
 * Attributes that are one measure or one amount, as numbers of a base unit (kg, m, l, W, Wh, V, Ah, h, d, m²) or of a currency
 * (ISO 4217); whatever else is left out. `locale` says what a lone `1,250` means.
 */
export function measuresOf(
  attributes: Record<string, AttributeValue>,
  locale?: string,
): Record<string, { value: number; unit: string }> {
  const measures: Record<string, { value: number; unit: string }> = {}
  for (const [name, attribute] of Object.entries(attributes)) {
    const typed = typedValue(attribute, locale)
    if ('unit' in typed) measures[name] = { value: typed.value, unit: typed.unit }
  }
  return measures
}
