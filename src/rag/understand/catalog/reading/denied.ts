import { contentOf, denies, isFrame } from '../../content.ts'
import type { ContentWord, Language } from '../../understanding.port.ts'
import { plainWord, words } from '../../words.ts'
import type { CatalogSlots } from '../catalog-slots.ts'
import { INCLUDED, LACKING } from '../columns/slot-text.ts'
import type { FieldTest } from '../select-products.ts'
import { blanked } from './field-of-bound.ts'

const LEADS: Record<Language, RegExp> = {
  en: /(?:,?\s*\b(?:that|which)\s+)?(?:\b(?:is|are|do|does|has|have|come|comes)\s+)*\b(?:not|no|non|without|isn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t|hasn['’]?t|haven['’]?t)\b(?:\s+(?:have|made|contain|containing|come|having|with|of|from|out|in|an?|any|the|include|use))*[\s-]+/iu,
  de: /(?:,?\s*(?<![\p{L}])(?:die|das|der|welche[rs]?)\s+)?(?:(?<![\p{L}])(?:sind|ist|haben|hat)\s+)?(?<![\p{L}])(?:ohne|nicht|kein(?:e[nrms]?)?)(?![\p{L}])(?:\s+(?:aus|mit|von|in|eine?[nrms]?))*\s+/iu,
}
/** What is denied ends here; blanks are conditions that were read before. */
const END =
  /\s{2,}|[,;?!]|\.\s|\.$|\s(?:and|but|for|that|which|with|und|aber|für|mit|die|das|sind|ist|haben|hat)(?![\p{L}])/iu
const TRAILING = /^\s*(?:sind|ist|haben|hat)(?![\p{L}])/iu
const OR = /(?<![\p{L}])(?:or|nor|oder|noch)(?![\p{L}])/iu
const NEUTRAL = new Set(
  'compatible compatibility suitable function feature made kompatibel geeignet funktion'.split(' '),
)
const MOST_WORDS = 3
const MOST_FIELDS = 3
/** A longer value is prose, whose silence says nothing. */
const LONGEST = 60

/**
 * What a question denies of products (`without noise cancelling`, `nicht aus Leder`) as a condition on the fields that say so, and the
 * question without those words. Null where nothing is denied; `unread` where no field could tell.
 */
export function deniedIn(
  rest: string,
  language: Language,
  slots: CatalogSlots,
): { test: FieldTest; rest: string } | 'unread' | null {
  if (!denies(rest, language)) return null
  const lead = LEADS[language].exec(rest)
  if (!lead) return 'unread'
  const from = lead.index + lead[0].length
  const behind = rest.slice(from)
  const end = END.exec(behind)?.index ?? behind.length
  const phrase = behind.slice(0, end)
  const trailing = TRAILING.exec(behind.slice(end))?.[0] ?? ''
  const content = [...contentOf(phrase, language), ...compoundParts(phrase, language)].filter(
    (word, place, all) => (word.name || !isFrame(word)) && all.findIndex(({ key }) => key === word.key) === place,
  )
  const left = blanked(rest, { index: lead.index, text: lead[0] + phrase + trailing })
  if (OR.test(phrase) || content.length === 0 || content.length > MOST_WORDS || denies(left, language)) return 'unread'
  const bare = content.filter(({ text }) => !NEUTRAL.has(plainWord(text)))
  const test = fieldLacking(content, language, slots) ?? fieldLacking(bare, language, slots)
  return test ? { test, rest: left } : 'unread'
}

/** `over-ear` is more than an ear. */
const compoundParts = (phrase: string, language: Language): ContentWord[] =>
  (phrase.match(/\p{L}+(?:-\p{L}+)+/gu) ?? [])
    .flatMap((compound) => words(compound, language))
    .map(({ text, key }) => ({ text, key, name: true }))

function fieldLacking(denied: ContentWord[], language: Language, slots: CatalogSlots): FieldTest | null {
  if (denied.length === 0) return null
  const keys = denied.map(({ key }) => key)
  const unless = denied.map(({ text }) => text)
  const named = [...slots.columns()].filter(({ name }) => {
    const own = words(name, language).map(({ key }) => key)
    return own.length === keys.length && own.every((key) => keys.includes(key))
  })
  if (named.length > 0) return { columns: named, says: lacksWhole, unless }
  // Most texts are told by their first letters alone.
  const starts = denied.map(({ text }) => plainWord(text).slice(0, Math.max(3, plainWord(text).length - 3)))
  const having = (text: string) => {
    const lower = text.toLowerCase()
    if (text.length > LONGEST || !starts.every((start) => lower.includes(start))) return false
    const own = new Set(words(text, language).map(({ key }) => key))
    return keys.every((key) => own.has(key))
  }
  const columns = [...slots.columns()]
    .map((column) => ({ column, count: column.texts.filter((text) => text !== null && having(text)).length }))
    .filter(({ count }) => count > 0)
    .sort((one, two) => two.count - one.count)
    .slice(0, MOST_FIELDS)
    .map(({ column }) => column)
  if (columns.length === 0) return null
  return { columns, says: (text) => (text.length > LONGEST ? null : LACKING.test(text) || !having(text)), unless }
}

// A field of that very name says yes or no; anything else (`IPX4` of a field `waterproof`) does not tell.
const lacksWhole = (text: string) =>
  text === 'false' || LACKING.test(text) ? true : text === 'true' || INCLUDED.test(text) ? false : null
