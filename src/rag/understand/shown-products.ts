import type { AnswerOption } from '#domain/answer.ts'
import { fieldName } from './catalog/columns/slot-column.ts'
import { contentOf } from './content.ts'
import { COMPARATIVES } from './lexicon/comparatives.ts'
import type { Language, Remembered, ShownProduct } from './understanding.port.ts'
import { plainWord, wordKey, words } from './words.ts'

/** What a text means after several products were shown: one of them, or a question which. */
export type Pointed = { text: string; choices: null } | { text: string; choices: AnswerOption[] }

const IT = /(?<![\p{L}])(?:it|its|it's|that one|this one|the same one|es|ihn|davon|dafür|dieser|dieses)(?![\p{L}'’])/iu
/** What the shop does is the same for all of them, and `it` is often nothing (`how long does it take?`). */
const OF_THE_SHOP =
  /\b(?:take|takes|arriv|deliver|ship|sen[dt]|return|refund|pay|order|possible|exchange|cancel|warrant|guarantee|open|contact|work out|dauert|liefer|versend|versand|verschick|retour|rückgabe|zurück|zahl|bestell|möglich|umtausch|stornier|garantie|gewährleist|kommt|ankomm)/iu
/** More words than this say by themselves what they are about. */
const SHORT = 9

const PLACES: [place: number | 'last', words: string][] = [
  [0, 'first|1st|former|erste[rnms]?'],
  [1, 'second|2nd|zweite[rnms]?'],
  [2, 'third|3rd|dritte[rnms]?'],
  [3, 'fourth|4th|vierte[rnms]?'],
  [4, 'fifth|5th|fünfte[rnms]?'],
  ['last', 'last|latter|letzte[rnms]?'],
]
/** `the second one`, `the red one`; `das zweite`, `die rote`: no noun of its own behind it. */
const ONE = /(?<![\p{L}])(?:the|that|this) ((?:[\p{L}\p{N}-]+ ){1,4})one(?![\p{L}])/iu
const PLACE_ALONE =
  /(?<![\p{L}])(?:the )?(first|1st|former|second|2nd|third|3rd|fourth|4th|fifth|5th|last|latter)(?=\s*[?.!]*$)/iu
const DER = /(?<![\p{L}])(?:[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Dd]em) (\p{L}+(?:e|e[rnms]))(?![\p{L}])(?!\s+\p{Lu})/u
const BY_ITSELF =
  /^(?:(?:and|what about|how about|ok|okay|the|und|was ist mit|wie ist es mit|i mean|ich meine|bitte|please)(?![\p{L}])[\s,]*)*[?.!\s]*$/iu

const GERMAN_COLOURS: Record<string, string> = {
  schwarz: 'black',
  weiss: 'white',
  rot: 'red',
  blau: 'blue',
  grun: 'green',
  gelb: 'yellow',
  lila: 'purple',
  rosa: 'pink',
  braun: 'brown',
  grau: 'grey',
  turkis: 'turquoise',
}

/**
 * Reads a text beside the products shown with the last answer: `the second one`, `the cheaper one`, `the red one` become the
 * product's name; a lone `it` becomes a question which, as long as no single product was spoken of. Null where it says itself what
 * it is about.
 */
export function pointedAt(text: string, language: Language, remembered: Remembered): Pointed | null {
  const shown = remembered.shown ?? []
  if (shown.length < 2) return null
  const phrase = ONE.exec(text) ?? PLACE_ALONE.exec(text) ?? (language === 'de' ? DER.exec(text) : null)
  const meant = phrase
    ? meantBy((phrase[1] ?? '').trim(), shown, language)
    : namedAgain(text, shown, remembered, language)
  const [one, another] = meant
  if (one && !another) return { text: about(one, text, phrase, shown, remembered, language), choices: null }
  if (one) return { text, choices: meant.map((each) => choice(each, text, phrase?.[0] ?? null, language)) }
  const pronoun = IT.exec(text)
  const lone = pronoun !== null && remembered.product === null && words(text, language).length <= SHORT
  if (!lone || OF_THE_SHOP.test(text)) return null
  return { text, choices: shown.map((each) => choice(each, text, null, language)) }
}

function choice(one: ShownProduct, text: string, phrase: string | null, language: Language): AnswerOption {
  const value = phrase ? text.replace(phrase, name(one, language)) : withName(text, one, language)
  return { label: one.title, value }
}

function meantBy(said: string, shown: ShownProduct[], language: Language): ShownProduct[] {
  const place = PLACES.find(([, words]) => new RegExp(`^(?:${words})$`, 'iu').test(said))
  if (place) {
    const one = place[0] === 'last' ? shown.at(-1) : shown[place[0]]
    return one ? [one] : []
  }
  // `das günstigere`: its ending is one more than the word list has.
  const forms = language === 'de' ? [said, said.replace(/e[rnms]?$/, '')] : [said]
  const rank = COMPARATIVES.find(({ pattern }) => forms.some((form) => pattern.test(form)))
  if (rank) return leading(shown, rank.fields, rank.more)
  const keys = words(said, language).map(({ text }) => traitKey(text, language))
  if (keys.length === 0) return []
  return shown.filter((one) => {
    const own = new Set([one.title, ...one.traits].flatMap((trait) => keysOf(trait, language)))
    return keys.every((key) => own.has(key))
  })
}

/** Who has most (or least) of the first of the fields that all of them have in one unit; two that have the same lead together. */
function leading(shown: ShownProduct[], fields: string[], more: boolean): ShownProduct[] {
  for (const field of fields) {
    const measured = shown.flatMap((one) => {
      const own = Object.entries(one.measures).find(([name]) => fieldName(name) === field)?.[1]
      return own ? [{ one, ...own }] : []
    })
    if (measured.length < shown.length || new Set(measured.map(({ unit }) => unit)).size > 1) continue
    const values = measured.map(({ value }) => value)
    const best = more ? Math.max(...values) : Math.min(...values)
    return measured.filter(({ value }) => value === best).map(({ one }) => one)
  }
  return []
}

/** After `which one do you mean?` a word or two of a name are enough. */
function namedAgain(text: string, shown: ShownProduct[], { clarified, question }: Remembered, language: Language) {
  const keys = contentOf(text, language).map(({ text }) => traitKey(text, language))
  if (!clarified || !question || keys.length === 0 || keys.length > 8) return []
  const fitting = shown.filter(({ title }) => {
    const own = new Set(keysOf(title, language))
    return keys.filter((key) => own.has(key)).length === keys.length
  })
  return fitting.length === 1 ? fitting : []
}

function about(
  one: ShownProduct,
  text: string,
  phrase: RegExpExecArray | null,
  shown: ShownProduct[],
  { question, clarified }: Remembered,
  language: Language,
): string {
  const rest = phrase ? text.replace(phrase[0], ' ') : ''
  if (phrase && !BY_ITSELF.test(rest)) return text.replace(phrase[0], name(one, language))
  if (question && clarified && IT.test(question)) return withName(question, one, language)
  const before = shown.find(({ title }) => question?.toLowerCase().includes(title.toLowerCase()))
  if (question && before) {
    const at = question.toLowerCase().indexOf(before.title.toLowerCase())
    return `${question.slice(0, at)}${one.title}${question.slice(at + before.title.length)}`
  }
  return one.title
}

function withName(text: string, one: ShownProduct, language: Language): string {
  return text.replace(IT, (found) =>
    /^its$/i.test(found)
      ? `${name(one, language)}'s`
      : /^it's$/i.test(found)
        ? `${name(one, language)} is`
        : name(one, language),
  )
}

const name = ({ title }: ShownProduct, language: Language) => (language === 'en' ? `the ${title}` : title)

const keysOf = (text: string, language: Language) => words(text, language).map((word) => traitKey(word.text, language))

/** Colours meet across both languages; German adjectives lose their ending first. */
function traitKey(word: string, language: Language): string {
  const plain = plainWord(word)
  const bare = plain.replace(/e[rnms]?$/, '')
  const colour = GERMAN_COLOURS[plain] ?? GERMAN_COLOURS[bare]
  return colour ?? wordKey(language === 'de' && bare.length > 2 ? bare : word, language)
}
