import { COMPARATIVES } from '../../lexicon/comparatives.ts'
import type { Language } from '../../understanding.port.ts'
import { words } from '../../words.ts'
import type { CatalogSlots } from '../catalog-slots.ts'

/** Two things a question sets side by side, as typed, and by what. */
export type Compared = {
  left: string
  right: string
  /** Names of the field, likeliest first; null: everything. */
  fields: string[] | null
  more: boolean | null
  /** The words of comparing, as typed. */
  explained: string[]
}

const SPLITS: RegExp[] = [
  /\b(?:differences?|differ)\b(?<how>.*?)\bbetween (?<left>.+?) (?:and|&|vs\.?) (?<right>.+)$/iu,
  /\bunterschied\w*\b(?<how>.*?)\bzwischen (?<left>.+?) (?:und|&) (?<right>.+)$/iu,
  /\b(?:compare|comparison of|comparing)\b(?<how>) (?<left>.+?) (?:and|with|to|vs\.?|versus|against|&) (?<right>.+)$/iu,
  /\b(?:vergleich\w*)(?<how>) (?:sie |mir |bitte |von )*(?<left>.+?) (?:und|mit|&) (?<right>.+)$/iu,
  /^how (?:does|do) (?<left>.+?) (?<how>compare) (?:to|with|against) (?<right>.+)$/iu,
  /^(?:and |und )?(?:is|are|does|do|has|have|will|ist|sind|hat|hält|wiegt|kostet) (?<left>.+) (?:than|als) (?<right>.+)$/iu,
  /^(?:does|do|has|have|is|are) (?<left>.+?) or (?<right>.+?) (?:have |has )?(?<how>(?:the |a )?(?:more|less|higher|lower|longer|shorter|larger|greater|smaller|\S+(?:er|est))\b.*)$/iu,
  /^(?:which|what|who|welche[rsn]?|was)\b(?<how>[^,:–—]*?)(?:[,:–—]| - )\s*(?<left>.+?) (?:or|oder) (?<right>.+)$/iu,
  /^(?<left>.+?) (?:or|oder) (?<right>.+?)(?:[,:–—?]| - )\s*(?<how>(?:which|what|welche|was)\b.*)$/iu,
  /^(?<left>.+?) (?:vs\.?|versus|gegen) (?<right>.+?)(?<how>)$/iu,
]
const BARE = /^(?:and |the |der |die |das |den |dem |your |our |an? |eine[nmr]? |both )+|[?.!\s]+$/giu

/** Two products a question compares, read by its form alone: whether they are products is for the catalog to say. Null for no comparison. */
export function comparedIn(text: string, language: Language, slots: CatalogSlots): Compared | null {
  for (const split of SPLITS) {
    const found = split.exec(text.trim())?.groups
    if (!found?.left || !found.right) continue
    const ranked = COMPARATIVES.find(({ pattern }) => pattern.test(found.how ?? '') || pattern.test(found.left ?? ''))
    const than =
      /\b(?:than|als)\b/i.test(text) &&
      /^(?:and |und )?(?:is|are|does|do|has|have|will|ist|sind|hat|hält|wiegt|kostet)\b/i.test(text)
    if (than && !ranked) continue
    // `Is the Dawn heavier than the Piccolo`: what stands before the word that ranks is the first one.
    const cut = ranked ? ranked.pattern.exec(found.left) : null
    const left = bare(cut ? found.left.slice(0, cut.index) : found.left)
    const how = `${found.how ?? ''} ${cut ? found.left.slice(cut.index) : ''}`.trim()
    const named = ranked ? null : fieldIn(how, language, slots)
    // `Which is louder`, and no field says so: a table of other things would be no answer.
    if (!ranked && !named && UNREAD_RANK.test(how)) return null
    if (!isNamed(left) || !isNamed(bare(found.right))) continue
    return {
      left,
      right: bare(found.right),
      fields: ranked?.fields ?? (named ? [named] : null),
      more: ranked ? ranked.more : named ? wayOf(how) : null,
      explained: words(
        `${how} ${FORM.exec(text)?.[0] ?? ''} compare comparison difference differences between versus vs than als unterschied zwischen vergleiche`,
        language,
      ).map((word) => word.text),
    }
  }
  return null
}

// `80 cm` is no product.
const isNamed = (text: string) => /\p{L}{3}/u.test(text.replace(/\d+(?:[.,]\d+)?\s*\p{L}+/gu, ' '))

const FORM = /^\S+/
const UNREAD_RANK =
  /(?<![\p{L}])(?!(?:better|other|either|neither|besser|welcher|dieser|oder|der)(?![\p{L}]))\p{L}{3,}(?:er|est|ste[nrs]?)(?![\p{L}])/iu

// `More light output`: a field by its name, and which way.
const wayOf = (how: string) =>
  /\b(?:more|most|higher|highest|greater|longer|larger|mehr|höher)/iu.test(how)
    ? true
    : /\b(?:less|least|lower|lowest|shorter|smaller|weniger|niedriger)/iu.test(how)
      ? false
      : null

const bare = (text: string) => text.trim().replace(BARE, '').trim()

// The longest field name whose words all stand there: `the difference in battery life between`.
function fieldIn(how: string, language: Language, slots: CatalogSlots): string | null {
  const asked = words(how, language).map(({ key }) => key)
  let best: { name: string; length: number } | null = null
  for (const { name } of slots.columns()) {
    const own = words(name, language).map(({ key }) => key)
    if (own.length > (best?.length ?? 0) && own.every((key) => asked.includes(key))) best = { name, length: own.length }
  }
  return best?.name ?? null
}
