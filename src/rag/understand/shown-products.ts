import type { AnswerOption } from '#domain/answer.ts'
import { fieldName } from './catalog/columns/slot-column.ts'
import { contentOf } from './content.ts'
import { COMPARATIVES } from './lexicon/comparatives.ts'
import type { Language, Remembered, ShownProduct } from './understanding.port.ts'
import { plainWord, wordKey, words } from './words.ts'

/** What a text means after several products were shown: one of them, or a question which. */
export type Pointed = { text: string; choices: null } | { text: string; choices: AnswerOption[] }

// `es` that stands for nothing: `gibt es`, `wie geht es`, `wie ist es mit`, `wie spät ist es?`.
const IT =
  /(?<![\p{L}])(?:it|its|it's|that one|this one|the same one|(?<!(?:gibt|geht) )es(?! gibt| geht|(?<=wie ist es) mit|(?<=ist es)\s*[?.!]*$)|ihn|davon|dafür|dieser|dieses)(?![\p{L}'’])/iu
/** Asks which of them, not about one. */
const OF_THESE =
  /(?<![\p{L}])(?:of (?:these|those|them)|(?:welche[rsn]?|was|eine[rsn]?|keine[rsn]?) davon|von (?:diesen|denen|ihnen))(?![\p{L}])/iu
/** What the shop does is the same for all of them, and `it` is often nothing (`how long does it take?`). */
const OF_THE_SHOP =
  /\b(?:take|takes|arriv|deliver|ship|sen[dt]|return|refund|pay|order|possible|exchange|cancel|warrant|guarantee|open|contact|work out|dauert|liefer|versend|versand|verschick|retour|rückgabe|zurück|zahl|bestell|möglich|umtausch|stornier|garantie|gewährleist|kommt|ankomm|holiday|today|tomorrow|feiertag|heute|morgen)/iu
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
const ONE = /(?<![\p{L}])(?:the|that|this) ((?:(?!(?:the|that|this|one) )[\p{L}\p{N}-]+ ){1,4}?)one(?![\p{L}])/giu
/** `The cheaper one from a competitor` is none of those shown. */
const NOT_OURS = /^ (?:(?:from|of|by|at|with|without|that|which)(?![\p{L}])|on (?!sale|offer))/iu
const PLACE_ALONE =
  /(?<![\p{L}])((?:the |that )?)(first|1st|former|second|2nd|third|3rd|fourth|4th|fifth|5th|last|latter)(?=\s*[?.!]*$)/iu
const DER =
  /(?<![\p{L}])(?:[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Dd]em) (\p{L}+(?:e|e[rnms]))(?![\p{L}])(?!\s+\p{Lu})(?! (?:vom?|beim?) )/gu
const BY_ITSELF =
  /^(?:(?:and|what about|how about|ok|okay|the|und|was ist mit|wie ist es mit|i mean|ich meine|bitte|please)(?![\p{L}])[\s,]*)*[?.!\s]*$/iu
/** `Which is the cheaper one?` asks for what it would be taken for. */
const WHICH_IS = /^(?:and |und |ok(?:ay)?,? )*(?:which|welche[rs]?)(?: one)? (?:is|ist) $/iu
/** `The first or the second one`, `die grüne oder die rote`: what is asked of one is asked of the other. */
const BESIDE = /(?<![\p{L}])(?:the|that|der|die|das|den|dem) \p{L}+ (?:and|or|und|oder) $/iu
/** Words beside a comparison that leave it the same. */
const SLIGHTLY = /^(?:(?:much|slightly|even|a bit|viel|etwas) )+/iu

const GERMAN_COLOURS = new Map(
  Object.entries({
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
  }),
)
const COLOURS = new Set(GERMAN_COLOURS.values())

/**
 * Reads a text beside the products shown with the last answer: `the second one`, `the cheaper one`, `the red one` become the
 * product's name; a lone `it` becomes a question which, as long as no single product was spoken of. Null where it says itself what
 * it is about.
 */
export function pointedAt(text: string, language: Language, remembered: Remembered): Pointed | null {
  const shown = remembered.shown ?? []
  if (shown.length < 2 || OF_THESE.test(text)) return null
  const phrases = phrasesIn(text, shown, language)
  if (phrases.length > 1) {
    const each = phrases.flatMap(({ meant }) => (meant.length === 1 ? meant : []))
    const apart =
      new Set(each).size === phrases.length && phrases.every((one, at) => !adjoins(text, phrases[at - 1], one))
    return apart ? { text: replaced(text, phrases, each, language), choices: null } : null
  }
  const [phrase] = phrases
  const before = phrase ? text.slice(0, phrase.start) : ''
  if (WHICH_IS.test(before) || BESIDE.test(before)) return null
  const meant = phrase ? phrase.meant : namedAgain(text, shown, remembered, language)
  const [one, another] = meant
  if (one && !another) return { text: about(one, text, phrase ?? null, shown, remembered, language), choices: null }
  if (OF_THE_SHOP.test(text)) return null
  if (one) return { text, choices: meant.map((each) => choice(each, text, phrase ?? null, language)) }
  const lone = IT.test(text) && remembered.product === null && words(text, language).length <= SHORT
  return lone ? { text, choices: shown.map((each) => choice(each, text, null, language)) } : null
}

/** Words of a text that point at products, and those they may mean: none where nothing shown is so. */
type Phrase = { start: number; end: number; meant: ShownProduct[] }

function phrasesIn(text: string, shown: ShownProduct[], language: Language): Phrase[] {
  const phrase = (found: RegExpExecArray, said: string): Phrase => ({
    start: found.index,
    end: found.index + found[0].length,
    meant: NOT_OURS.test(text.slice(found.index + found[0].length)) ? [] : meantBy(said.trim(), shown, language),
  })
  const phrases = [...text.matchAll(ONE)].map((found) => phrase(found, found[1] ?? ''))
  const place = PLACE_ALONE.exec(text)
  // `How long does it last?`: without an article only where nothing else is said.
  if (place && (place[1] || BY_ITSELF.test(text.slice(0, place.index)))) phrases.push(phrase(place, place[2] ?? ''))
  if (phrases.length > 0 || language !== 'de') return phrases
  // Most words of that form are nouns and verbs, except beside another.
  return [...text.matchAll(DER)]
    .map((found) => phrase(found, found[1] ?? ''))
    .filter(({ start, meant }) => meant.length > 0 || /\b(?:und|oder|als) $/i.test(text.slice(0, start)))
}

/** `Is the blue one the cheaper one?` says something of the first by the second. */
const adjoins = (text: string, before: Phrase | undefined, { start }: Phrase) =>
  before !== undefined && text.slice(before.end, start).trim() === ''

function replaced(text: string, phrases: Phrase[], by: ShownProduct[], language: Language): string {
  let from = 0
  const pieces = phrases.flatMap(({ start, end }, at) => {
    const one = by[at]
    const piece = text.slice(from, start)
    from = end
    return one ? [piece, name(one, language)] : [piece]
  })
  return [...pieces, text.slice(from)].join('')
}

function choice(one: ShownProduct, text: string, phrase: Phrase | null, language: Language): AnswerOption {
  const value = phrase ? replaced(text, [phrase], [one], language) : withName(text, one, language)
  return { label: one.title, value }
}

function meantBy(said: string, shown: ShownProduct[], language: Language): ShownProduct[] {
  const place = PLACES.find(([, words]) => new RegExp(`^(?:${words})$`, 'iu').test(said))
  if (place) {
    const one = place[0] === 'last' ? shown.at(-1) : shown[place[0]]
    return one ? [one] : []
  }
  // `das günstigere`: its ending is one more than the word list has.
  const plain = said.replace(SLIGHTLY, '')
  const forms = language === 'de' ? [plain, plain.replace(/e[rnms]?$/, '')] : [plain]
  // `The second cheapest`, `the lighter blue`, `the lower priced`: a comparison is all of it, or it is not that one.
  const rank = COMPARATIVES.find(({ pattern }) => forms.some((form) => pattern.exec(form)?.[0] === form))
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
  phrase: Phrase | null,
  shown: ShownProduct[],
  { question, clarified }: Remembered,
  language: Language,
): string {
  const rest = phrase ? `${text.slice(0, phrase.start)} ${text.slice(phrase.end)}` : ''
  if (phrase && !BY_ITSELF.test(rest)) return replaced(text, [phrase], [one], language)
  if (question && clarified && IT.test(question)) return withName(question, one, language)
  // `Arc Lamp` stands in `Arc Lamp Pro`, too.
  const before = shown
    .filter(({ title }) => question?.toLowerCase().includes(title.toLowerCase()))
    .sort((left, right) => right.title.length - left.title.length)[0]
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
  if (COLOURS.has(plain)) return plain
  const bare = plain.replace(/e[rnms]?$/, '')
  const colour = GERMAN_COLOURS.get(plain) ?? GERMAN_COLOURS.get(bare)
  return colour ?? wordKey(language === 'de' && bare.length > 2 ? bare : word, language)
}
