import { amountsIn, measuresIn, type Quantity } from '#domain/content/measures.ts'
import type { ShopDocument } from '#domain/document.ts'
import { decimalsOf } from '#domain/money.ts'
import { measuresOf } from '../passages/measures.ts'
import { plainWords } from './likeness.ts'

/** Words that name an attribute in a sentence, besides its own name; `before` or `after` its number. */
const CUES: { names: string[]; before?: RegExp; after?: RegExp }[] = [
  {
    names: ['weight', 'net weight', 'gewicht'],
    before: /\b(?:weigh(?:s|ing)|wiegt)$/i,
    after: /^(?:heavy|in weight|schwer)\b/i,
  },
  { names: ['height', 'höhe'], after: /^(?:tall|high|in height|hoch)\b/i },
  { names: ['width', 'breite'], after: /^(?:wide|in width|breit)\b/i },
  { names: ['depth', 'tiefe'], after: /^(?:deep|in depth|tief)\b/i },
  { names: ['length', 'länge'], after: /^(?:long|in length|lang)\b/i },
  { names: ['diameter', 'durchmesser'], after: /^(?:in diameter|across)\b/i },
  { names: ['capacity', 'volume', 'fassungsvermögen', 'volumen'], before: /\b(?:holds|fasst)$/i },
]
/** What may stand between the name of an attribute and its number. */
const BETWEEN = /^(?:\s*(?:of|is|:|=|–|-|about|around|just|only|a|the|total|exactly|von|beträgt|ist|etwa|ca\.?))*\s*$/i
/** Words before a name that leave it the whole product's; any other word may make it that of a part. */
const PLAIN_BEFORE =
  /(?:^|[.!?]\s*|\b(?:a|an|the|its|total|and|with|at|of|has|der|die|das|ein|eine|und|mit|hat)\s+|[-*|]\s*)$/i
/** Where a number is a limit, a share, another product's or another state's. */
const QUALIFIED =
  /\b(?:up to|max\w*|min\w*|at least|at most|per|each|without|plus|extra|than|compared|folded|packed|when|if|for|inside|outside|inner|outer|bis|pro|je|ohne|maximal|mindestens|als|gefaltet|wenn|für)\b|[<>≤≥]/i
const PRICE_NAMED = /\b(?:price|preis)\s*(?:is|:|of|von)?\s*$/i
const PRICE_QUALIFIED =
  /\b(?:from|was|instead|former\w*|rrp|msrp|list|shipping|delivery|per|ab|statt|uvp|früher|versand)\b/i
/** Rounding aside, values this close say the same: a text rounds, and half a percent is how an ounce becomes 28 g. */
const TOLERANCE = 0.03
const LONGEST = 300

export type ProductConflict = { field: string; stated: string; sentence: string; said: string }

/**
 * Where a product's text gives an attribute, or the price, another value than the field does; units are compared, not words.
 * Only what is named right beside its number counts: `weighs 1.4 kg`, `height: 40 cm`, `Price: $250`.
 */
export function productConflicts(document: ShopDocument, sentences: string[]): ProductConflict[] {
  const { attributes = {} } = document
  const measures = Object.entries(measuresOf(attributes, document.locale))
  const conflicts: ProductConflict[] = []
  for (const sentence of sentences) {
    if (sentence.length > LONGEST || !/\d/.test(sentence)) continue
    const price = priceConflict(document, sentence)
    if (price) conflicts.push(price)
    if (measures.length === 0) continue
    for (const said of measuresIn(sentence)) {
      // A dimension like 40 × 30 cm names several at once.
      if (/[x×]\s*$/i.test(sentence.slice(0, said.index)) || said.low !== said.value) continue
      if (QUALIFIED.test(clauseOf(sentence, said))) continue
      const named = measures.filter(([name, { unit }]) => unit === said.unit && isNamed(name, sentence, said))
      const [only, ...others] = named
      if (!only || others.length > 0) continue
      const [field, { value }] = only
      if (differs(value, said)) conflicts.push({ field, stated: shown(attributes[field]), sentence, said: said.text })
    }
  }
  return conflicts
}

/** The sentence up to what is joined on behind the number, which is about something else: `weighs 1.4 kg and is made for a lifetime`. */
function clauseOf(sentence: string, { index, text }: Quantity): string {
  const end = index + text.length
  const [rest = ''] = sentence.slice(end).split(/\s(?:and|und)\s/i)
  return sentence.slice(0, end) + rest
}

function isNamed(attribute: string, sentence: string, { index, text }: Quantity): boolean {
  const before = sentence.slice(0, index)
  const after = sentence.slice(index + text.length).trimStart()
  const name = plainWords(attribute).join(' ')
  const at = before.toLowerCase().lastIndexOf(name)
  if (name && at >= 0 && BETWEEN.test(before.slice(at + name.length)) && PLAIN_BEFORE.test(before.slice(0, at)))
    return true
  const cue = CUES.find(({ names }) => names.includes(name))
  if (!cue) return false
  return (
    (cue.before?.test(before.replace(/\s+(?:about|around|just|only|etwa|nur|ca\.?)?\s*$/i, '')) ?? false) ||
    (cue.after?.test(after) ?? false)
  )
}

function differs(value: number, { value: said, slack }: Pick<Quantity, 'value' | 'slack'>): boolean {
  return Math.abs(value - said) > Math.max(slack, Math.abs(value) * TOLERANCE)
}

function priceConflict({ price, attributes }: ShopDocument, sentence: string): ProductConflict | null {
  const field = typeof attributes?.price === 'number' ? attributes.price : null
  const stated = price ? price.amount / 10 ** decimalsOf(price.currency) : field
  if (stated === null || PRICE_QUALIFIED.test(sentence)) return null
  const amounts = amountsIn(sentence)
  const [said, ...others] = amounts
  if (!said || others.length > 0 || !PRICE_NAMED.test(sentence.slice(0, said.index))) return null
  if ((price && price.currency !== said.unit) || Math.abs(stated - said.value) <= said.slack) return null
  return { field: 'price', stated: price ? `${stated} ${price.currency}` : String(stated), sentence, said: said.text }
}

function shown(value: unknown): string {
  if (value && typeof value === 'object' && 'value' in value && 'unit' in value) return `${value.value} ${value.unit}`
  return String(value)
}
