import { amountsIn, measuresIn, type Quantity } from '#domain/content/measures.ts'
import { UNIT_WORDS } from '../../../compose/listing/measures.ts'
import { plainWord } from '../../words.ts'

/** A quantity of a question as a bound; base units or a currency, '' for a bare number. `text` with `index` is all it takes up. */
export type Bound = {
  low: number | null
  high: number | null
  /** The bound itself does not count (`under`, `more than`). */
  open: boolean
  unit: string
  text: string
  index: number
  /** What stands right behind the quantity. */
  behind: string
  /** `lighter than`: the word that ranks, else ''. */
  ranked: string
  /** `fits a 15 inch laptop`: holds as much or more. */
  fits: boolean
}

const RANKED = String.raw`(?:\p{L}+er|less|more|weniger|mehr)(?: expensive| powerful| than|)?`
const BELOW = String.raw`under|below|beneath|less than|no more than|not more than|at most|up to|within|max(?:imum|imal)?\.?(?: of)?|(?:no|not) (?:heavier|longer|wider|taller|bigger|larger|higher|deeper|thicker) than|unter|weniger als|höchstens|hoechstens|bis zu|bis|nicht (?:mehr|schwerer|länger|teurer) als|<=?|≤`
const ABOVE = String.raw`over|above|more than|at least|no less than|not less than|min(?:imum|destens)?\.?(?: of)?|from|starting at|über|mehr als|mindestens|ab|>=?|≥`
const BEFORE_BELOW = new RegExp(String.raw`(?<![\p{L}])(${BELOW})\s*$`, 'iu')
const BEFORE_ABOVE = new RegExp(String.raw`(?<![\p{L}])(${ABOVE})\s*$`, 'iu')
const BEFORE_RANKED = new RegExp(String.raw`(?<![\p{L}])(${RANKED})\s+(?:than|als)\s*$`, 'iu')
const BEFORE_FITS =
  /(?<![\p{L}])(?:that )?(?:fits?|fitting|for|holds?|holding|takes?|carr(?:y|ies)|passt?|passen|fasst|für)\s+(?:für\s+|in\s+)?(?:(?:an?|my|your|the|einen?|meinen?|ein|mein)\s+)?$/iu
/** `10 kg max` is a limit, `10 kg maximum load` how much a field says. */
const BEHIND_BELOW =
  /^\s*(?:or (?:less|under|lighter|smaller|shorter|cheaper|below)|max(?:imum)?\b\.?(?!\s+(?!(?:in|for|and|or|with|by|from|of|für|und|oder|mit|von)\b)\p{L})|at most|oder (?:weniger|leichter|kleiner|günstiger)|and (?:under|below))/iu
const BEHIND_ABOVE =
  /^\s*(?:or (?:more|over|longer|larger|bigger|above)|\+|plus\b|and (?:up|over|above)|min(?:imum)?\b\.?|oder (?:mehr|größer|länger))/iu
const ABOUT = /(?:\baround|\babout|\bapprox\w*\.?|\broughly|~|\betwa|\brund|\bca\.?|\bcirca|\bungefähr)\s*$/iu
const OPEN = /^(?:under|below|beneath|less than|over|above|more than|unter|weniger als|über|mehr als|<|>)$/i
const BETWEEN = /(?:\bbetween|\bzwischen|\bfrom|\bvon)\s+$/iu
/** Words that rank towards the smaller number. */
const LESS =
  /^(?:less|weniger|lighter|cheaper|smaller|shorter|thinner|narrower|lower|weaker|leichter|günstiger|billiger|kleiner|kürzer|dünner|schmaler|niedriger)/i

/** Symbols that no system writes otherwise, in running text. */
const SYMBOLS = new Set(['lm', 'db', 'hz', 'bar', 'nm', 'k', '°c'])
const THOUSANDS = /(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/gu

/** The bounds a text names, in order; null where one is there that cannot be read (`around 5 kg`), so that nothing is claimed of it. */
export function boundsIn(given: string): { text: string; bounds: Bound[] } | null {
  const text = given
    .replace(/(\d)\s?(?:"|”|″|''|-inch\b|-zoll\b)/giu, '$1 inch')
    // `Under 1 000 euros` is not under one; elsewhere a number may end before the next (`2 500 g packs`).
    .replace(/(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)/gu, (number, index: number) =>
      BEFORE_BELOW.test(given.slice(0, index)) || BEFORE_ABOVE.test(given.slice(0, index))
        ? number.replace(THOUSANDS, '')
        : number,
    )
  const found = quantitiesIn(text)
  const bounds: Bound[] = []
  for (const [place, quantity] of found.entries()) {
    const last = bounds.at(-1)
    const between = last && place > 0 ? joined(text, last, quantity) : null
    if (between) {
      bounds[bounds.length - 1] = between
      continue
    }
    const bound = boundOf(text, quantity)
    if (!bound) return null
    bounds.push(bound)
  }
  return { text, bounds }
}

function quantitiesIn(text: string): Quantity[] {
  const measured = [...amountsIn(text), ...measuresIn(text), ...otherUnits(text)]
  const apart = measured.filter((one, place) => !measured.slice(0, place).some((other) => overlaps(one, other)))
  const bare = [...text.matchAll(/(?<![\p{L}\p{N}.,-])(\d{1,6}(?:[.,]\d{1,2})?)(?![\p{L}\p{N}.,]|\s?[€$£%])/gu)].map(
    (match) => ({
      value: Number(match[1]?.replace(',', '.')),
      low: Number(match[1]?.replace(',', '.')),
      unit: '',
      slack: 0,
      text: match[0],
      index: match.index,
    }),
  )
  return [...apart, ...bare.filter((one) => !apart.some((other) => overlaps(one, other)))].sort(
    (left, right) => left.index - right.index,
  )
}

// Lumens, degrees and what else no two systems differ on: compared as the listing writes it.
function otherUnits(text: string): Quantity[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}.,])(\d{1,6}(?:[.,]\d{1,2})?)\s?([\p{L}°/]{1,14})/gu)].flatMap((match) => {
    const [whole, number = '', word = ''] = match
    const plain = plainWord(word).replace(/^°$/, '°c')
    const [unit] = SYMBOLS.has(plain) ? [plain] : (UNIT_WORDS.get(plain) ?? [])
    const value = Number(number.replace(',', '.'))
    return unit ? [{ value, low: value, unit, slack: 0, text: whole, index: match.index }] : []
  })
}

const overlaps = (one: { index: number; text: string }, other: { index: number; text: string }) =>
  one.index < other.index + other.text.length && other.index < one.index + one.text.length

function boundOf(text: string, quantity: Quantity): Bound | null {
  const before = text.slice(0, quantity.index)
  const behind = text.slice(quantity.index + quantity.text.length)
  if (ABOUT.test(before)) return null
  const { value, low, unit } = quantity
  const made = (lead: string, tail: string, rest: Partial<Bound>): Bound => ({
    low: null,
    high: null,
    open: false,
    unit,
    text: text.slice(quantity.index - lead.length, quantity.index + quantity.text.length + tail.length),
    index: quantity.index - lead.length,
    behind: behind.slice(tail.length),
    ranked: '',
    fits: false,
    ...rest,
  })
  const ranked = BEFORE_RANKED.exec(before)
  const below = BEFORE_BELOW.exec(before)
  const above = BEFORE_ABOVE.exec(before)
  if (below) return made(below[0], '', { high: value, open: OPEN.test(below[1] ?? '') })
  if (ranked) {
    const word = ranked[1] ?? ''
    return made(ranked[0], '', { ...(LESS.test(word) ? { high: value } : { low: value }), open: true, ranked: word })
  }
  if (above) return made(above[0], '', { low: value, open: OPEN.test(above[1] ?? '') })
  const less = BEHIND_BELOW.exec(behind)
  if (less) return made('', less[0], { high: value })
  const more = BEHIND_ABOVE.exec(behind)
  if (more) return made('', more[0], { low: value })
  const fits = unit === '' ? null : BEFORE_FITS.exec(before)
  if (fits) return made(fits[0], '', { low: value, fits: true })
  return made('', '', { low, high: value })
}

// `between 1 and 2 kg`, `from 50 to 100 euros`: the first may go without its unit.
function joined(text: string, first: Bound, second: Quantity): Bound | null {
  const gap = text.slice(first.index + first.text.length, second.index)
  const span = /^\s*(?:to|bis|–|-)\s*$/iu.test(gap) && first.low === first.high && second.unit !== ''
  const lead =
    BETWEEN.exec(text.slice(0, first.index))?.[0] ?? (/^(?:from|von)\s/i.exec(first.text)?.[0] || span ? '' : null)
  if (lead === null || !/^\s*(?:and|und|to|bis|–|-)\s*$/iu.test(gap)) return null
  if (first.unit !== '' && first.unit !== second.unit) return null
  const low = first.unit === '' ? scaled(first.low, second) : first.low
  const index = first.index - lead.length
  return {
    ...first,
    low,
    high: second.value,
    open: false,
    unit: second.unit,
    text: text.slice(index, second.index + second.text.length),
    index,
    behind: text.slice(second.index + second.text.length),
    fits: false,
  }
}

// `between 500 and 900 g`: both in the second one's unit, whose own number says how far it was scaled.
function scaled(value: number | null, { text, value: base }: Quantity): number | null {
  const written = Number(/\d+(?:[.,]\d+)?/.exec(text)?.[0]?.replace(',', '.'))
  return value === null || !(written > 0) ? value : Number((value * (base / written)).toPrecision(12))
}
