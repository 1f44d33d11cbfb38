import type { LineQuantity, Order } from '#domain/order.ts'

const NUMBERS: Record<string, number> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5 },
  ...{ ein: 1, eine: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5 },
}
const ALL = /\b(?:everything|all of (?:it|them)|the whole order|alles|alle artikel|die ganze bestellung)\b/iu

/**
 * Which units of an order a text means: lines it names by their SKU, or by words that no other line has. A number straight in
 * front of those words counts, else all of the line is meant. Null where it names none, or does not say which. Pure.
 */
export function readItems(text: string, { lines }: Pick<Order, 'lines'>): LineQuantity[] | null {
  if (ALL.test(text)) return lines.map(({ sku, qty }) => ({ sku, qty }))
  const said = wordsOf(text)
  const names = lines.map(({ name }) => wordsOf(name).filter((word) => word.length > 2 && /\p{L}/u.test(word)))
  const found = lines.flatMap((line, at) => {
    const own = (names[at] ?? []).filter((word) => !names.some((other, place) => place !== at && other.includes(word)))
    const place = said.findIndex((word) => own.some((one) => isSame(word, one)))
    if (place < 0) return said.join(' ').includes(wordsOf(line.sku).join(' ')) ? [{ line, place: -1 }] : []
    return [{ line, place }]
  })
  const only = lines[0]
  // "The mug", where there is nothing else on the order.
  if (found.length === 0 && lines.length === 1 && only && /\b(?:it|them|sie|es|ihn)\b/iu.test(text))
    return [{ sku: only.sku, qty: only.qty }]
  return found.length === 0
    ? null
    : found.map(({ line, place }) => ({ sku: line.sku, qty: countAt(said, place) ?? line.qty }))
}

function countAt(said: string[], place: number): number | null {
  for (const word of place < 0 ? [] : [said[place - 1], said[place - 2]]) {
    const count = word === undefined ? Number.NaN : (NUMBERS[word] ?? Number(word))
    if (Number.isInteger(count) && count > 0) return count
  }
  return null
}

/** `mug` and `mugs`. */
const isSame = (one: string, other: string) =>
  ['', 's', 'n', 'en'].some((end) => one === other + end || other === one + end)

const wordsOf = (text: string): string[] => [...(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])]
