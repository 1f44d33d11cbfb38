import { answerTypeOf } from './answer-type.ts'
import { contentOf, isFrame } from './content.ts'
import { COMPARATIVES } from './lexicon/comparatives.ts'
import { COLOURS, REGIONS } from './lexicon/regions.ts'
import type { ContentWord, Language, Remembered } from './understanding.port.ts'
import { plainWord, words } from './words.ts'

const LEAD =
  /^(?:and|but|ok(?:ay)?|so|then|also|und|aber|auch)?[\s,]*(?:(?:what|how) about|what if|and|und|was ist mit|wie sieht es (?:aus )?(?:mit|bei|für)|wie ist es (?:mit|bei)|same for|for|in|with|für|bei|mit|nach|to)\b\s*/i
const PRONOUN = /\b(?:it|its|they|them|their|that one|this one|the same|es|sie|ihn|davon|dafür|dieser|dieses)\b/i
const GENERIC =
  /\b(?:an? |the |my |ein(?:en|e)? |mein(?:en|e)? |den |die |das )?(?:items?|products?|things?|articles?|something|orders?|artikel|produkte?|ware|bestellung|etwas)\b/i

/**
 * Completes `and in blue?`, `what about Austria?`, `how long for headphones?`, `is it waterproof?` from the question
 * before: a slot of the same kind is exchanged, anything else is added. Gives null when the text stands on its own.
 */
export function completed(text: string, language: Language, remembered: Remembered): string | null {
  const own = contentOf(text, language)
  const strong = own.filter((word) => !isFrame(word))
  if (remembered.product && PRONOUN.test(text) && strong.length <= 4) return withProduct(text, remembered.product)
  if (!remembered.question) return null
  const lead = LEAD.exec(text)
  const short = strong.length <= 2 && words(text, language).length <= 6
  if (!lead && !(short && asksAgain(text, remembered.question))) return null
  if (lead && strong.length > 4) return null
  const rest = (lead ? text.slice(lead[0].length) : stripAsking(text)).replace(/[?!.\s]+$/, '')
  if (!rest) return null
  const other = lead ? ofAnother(rest, remembered, language) : null
  if (other) return other
  return exchanged(remembered.question, rest, strong, language)
}

const THESE =
  /^(?:and |but |ok(?:ay)?,? |und |aber )*(?:which|what|any|are any|is any|do any|is there one|welche[rsn]?|was|ist eine[rs]?|gibt es eine[nrs]?)\b(?: ones?)?(?: of (?:these|those|them)|(?: of)? (?:these|those)| davon| von (?:diesen|denen|ihnen))?(?:\s+(?:is|are|has|have|comes?|that|which|ist|sind|hat|haben))*\s+/i
const POINTS = /\b(?:of (?:these|those|them)|these|those|davon|von (?:diesen|denen|ihnen))\b/i

/**
 * `Which of these is under 1 kg?` after a list is that list with one condition more; after two products it is about these two. Null
 * where nothing of the kind is asked.
 */
export function amongThese(text: string, { list, pair }: Remembered): string | null {
  const narrowed = list ? narrowedBy(text, list) : null
  if (narrowed) return narrowed
  const lead = THESE.exec(text)
  const rest = lead ? text.slice(lead[0].length).replace(/[?.!\s]+$/, '') : ''
  if (!rest || words(text, 'en').length > 16) return null
  const [left, right] = pair ?? []
  const ranks =
    /^(?:the )?(?:more |most |less |least )?\S+(?: \S+)?$/i.test(rest) &&
    COMPARATIVES.some(({ pattern }) => pattern.test(rest))
  if (left && right && ranks) return `Which is ${rest.replace(/^the | one$/gi, '')}: ${left} or ${right}?`
  if (!list || !POINTS.test(text)) return null
  return `${list.replace(/[?.!\s]+$/, '')} ${rest}?`
}

/**
 * `And the Commute?` after `How much is the Drift 2?`: the name that is new takes the place of the one spoken of. English alone tells
 * names by their capitals. Null where no name is said, or the question before had none of that product's.
 */
function ofAnother(rest: string, { question, product }: Remembered, language: Language): string | null {
  const name = /^(?:the |that |your )?(.+)$/iu.exec(rest)?.[1] ?? ''
  const said = contentOf(`x ${name}`, language).slice(1)
  if (!question || !product || language !== 'en' || !said.some((word) => word.name)) return null
  if (said.some((word) => REGIONS.has(plainWord(word.text)) || COLOURS.has(plainWord(word.text)))) return null
  const own = new Set(words(product, language).map(({ key }) => key))
  const runs: { start: number; end: number; names: boolean }[] = []
  for (const word of words(question, language)) {
    const last = runs.at(-1)
    if (!own.has(word.key)) continue
    const names = /^[\p{Lu}\d]/u.test(word.text) && word.start > 0
    if (last && /^[\s,-]*$/.test(question.slice(last.end, word.start))) {
      last.end = word.end
      last.names ||= names
    } else runs.push({ start: word.start, end: word.end, names })
  }
  const named = runs.filter((run) => run.names)
  const [run] = named
  return run && named.length === 1 ? `${question.slice(0, run.start)}${name}${question.slice(run.end)}` : null
}

const AND = String.raw`^(?:(?:and|but|ok(?:ay)?|und|aber|only|just|nur)[\s,]+)*`
const BEST = new RegExp(
  `${AND}(?:(?:what about|was ist mit)\\s+)?(?:(?:the|der|die|das|den)\\s+)?(.+?)(?: ones?)?[?.!\\s]*$`,
  'iu',
)
const ONLY = /^(?:(?:and|but|und|aber)[\s,]+)*(?:only|just|nur)\s+(?:the )?(.+?)(?:\s+(?:ones?|welche))?[?.!\s]*$/iu
const BOUND = new RegExp(
  `${AND}((?:under|below|less than|at most|up to|over|above|more than|at least|between|unter|weniger als|höchstens|bis zu|bis|über|mehr als|mindestens|zwischen|lighter than|heavier than|cheaper than)\\s.*\\d.*?)[?.!\\s]*$`,
  'iu',
)
const MOST_WORDS_MORE = 8

/** `And the cheapest?`, `only waterproof ones`, `under 900 g?` after a list: the same list, more narrowly. */
function narrowedBy(text: string, list: string): string | null {
  if (words(text, 'en').length > MOST_WORDS_MORE) return null
  const bare = list.replace(/[?.!\s]+$/, '')
  const best = BEST.exec(text)?.[1]
  if (best && isSuperlative(best)) return `${withoutSuperlative(bare)} ${best}?`
  const more = ONLY.exec(text)?.[1] ?? BOUND.exec(text)?.[1]
  return more ? `${bare} ${more}?` : null
}

const isSuperlative = (text: string) =>
  /(?:est|ste[rnms]?)$/iu.test(text) && COMPARATIVES.some(({ pattern }) => pattern.exec(text)?.[0] === text)

function withoutSuperlative(list: string): string {
  const last = /\s+(?:(?:is |are |ist |sind )?(?:the|der|die|das)\s+)?(\S+)$/iu.exec(list)
  return last?.[1] && isSuperlative(last[1]) ? list.slice(0, last.index) : list
}

// A pronoun with nothing it could mean but the product the last answer was about.
function withProduct(text: string, product: string): string {
  return text.replace(PRONOUN, (found) => (/^(?:its|their)$/i.test(found) ? `the ${product}'s` : `the ${product}`))
}

const asksAgain = (text: string, before: string) =>
  answerTypeOf(text) !== 'open' && answerTypeOf(text) !== 'yes_no' && answerTypeOf(text) === answerTypeOf(before)

const stripAsking = (text: string) =>
  text.replace(
    /^.*?\b(?:long|much|many|soon|lange|viel|viele|when|wann)\b\s*(?:is|are|does|do|it|ist|sind)?\s*(?:it\s+)?(?:take\s+)?/i,
    '',
  )

function exchanged(before: string, rest: string, strong: ContentWord[], language: Language): string {
  const bare = before.replace(/[?!.\s]+$/, '')
  for (const kind of [REGIONS, COLOURS]) {
    const next = strong.find((word) => kind.has(plainWord(word.text)))
    const last = words(bare, language).find((word) => kind.has(plainWord(word.text)))
    if (next && last) return `${bare.slice(0, last.start)}${next.text}${bare.slice(last.end)}?`
    if (next) return `${bare} ${withPreposition(rest)}?`
  }
  const noun = rest.replace(/^(?:for|in|with|to|on|für|bei|mit|nach)\s+/i, '')
  if (GENERIC.test(bare)) return `${bare.replace(GENERIC, noun)}?`
  return `${bare} ${withPreposition(rest)}?`
}

const withPreposition = (rest: string) =>
  /^(?:for|in|with|to|on|from|für|bei|mit|nach|aus)\b/i.test(rest) ? rest : `for ${rest}`
