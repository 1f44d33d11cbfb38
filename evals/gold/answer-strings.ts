import type { AttributeValue, ShopDocument } from '../../src/domain/document.ts'

const UNIT_WORDS: Record<string, string> = {
  h: 'hours',
  min: 'minutes',
  W: 'watts',
  l: 'litres',
  lm: 'lumens',
  g: 'grams',
}

/** How an attribute may be written in a right answer. */
export function answersOf(value: AttributeValue): string[] {
  if (typeof value === 'boolean') return value ? ['yes', 'true'] : ['no', 'not', 'false']
  if (typeof value !== 'object') return [String(value)]
  const word = UNIT_WORDS[value.unit]
  const figure = String(value.value)
  const figures = figure.includes('.') ? [figure, figure.replace('.', ',')] : [figure]
  return figures.flatMap((one) => [`${one} ${value.unit}`, ...(word ? [`${one} ${word}`] : [])])
}

/** How a price in cents may be written; the decimal point and the comma are both at home in the shop. */
export function priceAnswers(cents: number): string[] {
  const whole = String(Math.floor(cents / 100))
  const rest = String(cents % 100).padStart(2, '0')
  const plain = [`${whole}.${rest}`, `${whole},${rest}`]
  const grouped = [',', '.'].map((mark) => whole.replace(/\B(?=(\d{3})+$)/g, mark)).filter((figure) => figure !== whole)
  return [...plain, ...grouped, ...(rest === '00' ? [`€${whole}`, `${whole} €`] : [])]
}

/** Everything a document states, as the strings above can be looked for; Markdown emphasis is not part of what is said. */
export function stated(document: ShopDocument): string {
  const attributes = Object.entries(document.attributes ?? {}).map(
    ([name, value]) => `${name}: ${answersOf(value).join(' / ')}`,
  )
  const price = document.price ? priceAnswers(document.price.amount) : []
  return [document.title, document.text.replaceAll('**', ''), ...attributes, ...price].join('\n')
}
