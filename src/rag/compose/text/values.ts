import { FUNCTION_WORDS } from '../../understand/lexicon/plain-words.ts'
import type { AnswerType } from '../../understand/understanding.port.ts'
import { plainWord } from '../../understand/words.ts'

const NUMBER_WORD =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|several|half|twice|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|vierzehn|zwanzig|dreißig)'
const NUMBER = String.raw`(?:\d[\d.,]*|${NUMBER_WORD})`
const PERIOD =
  '(?:second|minute|hour|day|night|week|month|year|decade|centur(?:y|ie)|sekunde|minute|stunde|tag|werktag|arbeitstag|woche|monat|jahr)'

const PATTERNS: Partial<Record<AnswerType, RegExp>> = {
  duration: new RegExp(
    String.raw`\b${NUMBER}(?:\s*(?:-|–|to|bis|and|or|oder)\s*${NUMBER})?[\s-]+(?:\w+\s+){0,2}?${PERIOD}(?:s|n|en|e)?\b|\b(?:same|next)[- ]day\b|\b(?:immediately|instantly|lifetime|sofort|lebenslang|until|since|from \d{4})\b`,
    'giu',
  ),
  money:
    /(?:[€$£¥]|\b(?:eur|usd|gbp|chf|cad|aud)\b)\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€$£¥]|(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|francs?|franken|cents?|pence)\b)|\b(?:free(?: of charge)?|no (?:charge|cost|fee)|kostenlos|gratis|kostenfrei)\b/giu,
  count: new RegExp(
    String.raw`\b${NUMBER}\b|\b(?:none|both|single|a pair|an?(?: \w+)? quarter|a third|kein|keine)\b`,
    'giu',
  ),
  time: /\b(?:1\d|20)\d{2}s?\b|\b\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.|uhr|o'clock)\b|\b\d{1,2}:\d{2}\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b|\b\d{1,2}(?:st|nd|rd|th) century\b|\b\d+(?:[-–]\d+)? (?:BC|AD|BCE|CE)\b|\b(?:day|week|month|year|hour|minute|century|decade|tag|woche|monat|jahr|stunde)s?\b|\b(?:after|before|until|when|once|during|as soon as|nach|vor|sobald|wenn|während)\b/giu,
  reason:
    /\b(?:because|since|due to|owing to|so that|in order to|as a result|therefore|reason|caused?|to (?:avoid|prevent|ensure|protect)|weil|da|deshalb|grund|damit|wegen|aufgrund)\b|\bfor\b|\bto\b/giu,
}

const CAPITALISED =
  /(?<![.!?]\s)(?<=\S\s|[("“])\p{Lu}[\p{L}'’.-]+(?:\s+(?:of|the|de|von|van|du|la)?\s*\p{Lu}[\p{L}'’.-]+)*/gu
const PLACE_WORD = /\b(?:in|at|from|near|to|on|online|warehouse|store|page|account|aus|bei|am|im|seite|konto)\b/giu

/**
 * Pieces of `text` that could be the value asked for. Words of the question are no value: they were known before.
 * Gives null where the type of answer has no shape of its own.
 */
export function valuesIn(text: string, type: AnswerType, asked: Set<string>): string[] | null {
  if (type === 'person' || type === 'place') {
    const names = (text.match(CAPITALISED) ?? []).filter((name) => isNew(name, asked))
    const first = /^\p{Lu}[\p{L}'’-]+/u.exec(text)?.[0]
    if (first && isNew(first, asked) && !FUNCTION_WORDS.has(plainWord(first))) names.unshift(first)
    return names.length > 0 || type === 'person' ? names : (text.match(PLACE_WORD) ?? [])
  }
  const pattern = PATTERNS[type]
  if (!pattern) return null
  return (text.match(pattern) ?? []).filter((value) => isNew(value, asked))
}

function isNew(value: string, asked: Set<string>): boolean {
  return value.split(/[\s-]+/).some((word) => {
    const plain = plainWord(word.replace(/[.,]+$/, ''))
    return plain.length > 0 && !asked.has(plain)
  })
}
