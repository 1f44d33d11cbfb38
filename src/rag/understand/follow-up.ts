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
