import { inBaseUnit } from '#domain/content/measures.ts'
import type { AttributeValue } from '#domain/document.ts'

/** Typed attributes as numbers of one base unit each (kg, m, l, W, Wh, V, Ah, h, d, m²); whatever is no single measure is left out. */
export function measuresOf(
  attributes: Record<string, AttributeValue>,
): Record<string, { value: number; unit: string }> {
  const measures: Record<string, { value: number; unit: string }> = {}
  for (const [name, attribute] of Object.entries(attributes)) {
    const measure =
      typeof attribute === 'object'
        ? inBaseUnit(attribute.value, attribute.unit)
        : typeof attribute === 'string'
          ? readMeasure(attribute)
          : null
    if (measure) measures[name] = measure
  }
  return measures
}

function readMeasure(text: string): { value: number; unit: string } | null {
  const match = /^\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*([\p{L}²2.]{1,14})\.?\s*$/u.exec(text)
  return match?.[1] && match[2] ? inBaseUnit(Number(match[1].replace(',', '.')), match[2]) : null
}
