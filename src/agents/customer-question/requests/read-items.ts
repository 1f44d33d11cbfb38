import type { LineQuantity, Order } from '#domain/order.ts'

const NUMBERS = new Map(
  Object.entries({
    ...{ one: 1, two: 2, three: 3, four: 4, five: 5 },
    ...{ ein: 1, eine: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5 },
  }),
)
const ALL = /\b(?:everything|all of (?:it|them)|the whole order|alles|alle artikel|die ganze bestellung)\b/iu
/** What is named beside one of these may be what stays. */
const BUT = /\b(?:except|excluding|but|not|without|keep|keeping|außer|nicht|ohne|behalten?)\b/iu
const LEAVE = /\b(?:leave|forget|never ?mind|lass|lasst|lassen|vergiss|vergessen)\b/iu
const IT = /^(?:it|them|sie|es|ihn)$/
const ORDER_NUMBER = /#?(?<![\p{L}\p{N}])(?:[a-z]{1,5}[-_]?)?\d{4,}(?![\p{L}\p{N}])/giu
const UNIT = /^(?:mm|cm|m|ml|cl|l|g|kg|w|watt|v|volt|inch|inches|zoll|oz|lbs?|weeks?|wochen?|days?|tage?)$/
const OF = /^(?:x|of|von)$/
const ARTICLE = /^(?:the|these|those|my|den|der|meinen|meiner|diesen)$/

/**
 * Which units of an order a text means: lines it names by their SKU, or by words that no other line has. A number in front of
 * those counts, else all of the line is meant. Empty where it names none; null where it does not say which, or how many: more than
 * there are, or all but some. Pure.
 */
export function readItems(text: string, { lines }: Pick<Order, 'lines'>): LineQuantity[] | null {
  if (BUT.test(text)) return null
  if (ALL.test(text)) return lines.map(({ sku, qty }) => ({ sku, qty }))
  const said = saidWords(text, lines)
  const names = lines.map(({ name }) => wordsOf(name))
  const found = lines.flatMap((line, at) => {
    const name = names[at] ?? []
    const own = name
      .filter((word) => word.length > 2 && /\p{L}/u.test(word))
      .filter((word) => !names.some((other, place) => place !== at && other.includes(word)))
    const bySku = said.indexOf(marked(at))
    const place = bySku < 0 ? said.findIndex((word) => own.some((one) => isSame(word, one))) : bySku
    return place < 0 ? [] : [{ sku: line.sku, qty: countAt(said, place, name) ?? line.qty, most: line.qty }]
  })
  const only = lines[0]
  // "The mug", where there is nothing else on the order.
  const it = lines.length === 1 && !LEAVE.test(text) ? said.findIndex((word) => IT.test(word)) : -1
  if (found.length === 0 && it >= 0 && only)
    found.push({ sku: only.sku, qty: countAt(said, it, []) ?? only.qty, most: only.qty })
  if (found.some(({ qty, most }) => qty < 1 || qty > most)) return null
  return found.map(({ sku, qty }) => ({ sku, qty }))
}

/** A text's words; a SKU, which may hold numbers and words of other lines, is one of its own, and order numbers are none. */
function saidWords(text: string, lines: Order['lines']): string[] {
  const bySku = lines.reduce(
    (rest, { sku }, at) => rest.replace(skuPattern(sku), ` ${marked(at)} `),
    text.replaceAll('§', ' '),
  )
  return wordsOf(bySku.replace(ORDER_NUMBER, ' ').replaceAll('×', ' x '))
}

const marked = (at: number) => `§${at}`

/** A SKU as a word of its own: `TEA-1` is no part of `TEA-10`, nor of `TEA-1-XL`; one like `12` is read as a number. */
function skuPattern(sku: string): RegExp {
  const words = wordsOf(sku).join('[^\\p{L}\\p{N}]?')
  return /^\d{0,3}$/.test(words)
    ? /(?!)/
    : new RegExp(`(?<![\\p{L}\\p{N}§]|[\\p{L}\\p{N}][-_./])${words}(?![\\p{L}\\p{N}]|[-_./][\\p{L}\\p{N}])`, 'giu')
}

/** The number in front of a thing, or in front of `x` or `of`: sizes, and what its own name says, are none. */
function countAt(said: string[], place: number, name: string[]): number | null {
  let at = place - 1
  for (let word = said[at]; word !== undefined; word = said[at])
    if (UNIT.test(word) && numberOf(said[at - 1]) !== null) at -= 2
    else if (name.includes(word)) at -= 1
    else break
  if (ARTICLE.test(said[at] ?? '') && OF.test(said[at - 1] ?? '')) at -= 1
  return numberOf(said[OF.test(said[at] ?? '') ? at - 1 : at])
}

function numberOf(word: string | undefined): number | null {
  const digits = /^(\d{1,3})x?$/.exec(word ?? '')?.[1]
  return digits ? Number(digits) : (NUMBERS.get(word ?? '') ?? null)
}

/** `mug` and `mugs`. */
const isSame = (one: string, other: string) =>
  ['', 's', 'n', 'en'].some((end) => one === other + end || other === one + end)

const wordsOf = (text: string): string[] => [...(text.toLowerCase().match(/§?[\p{L}\p{N}]+/gu) ?? [])]
