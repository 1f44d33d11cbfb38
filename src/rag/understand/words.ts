import { CLASSES_DE, CLASSES_EN } from './lexicon/word-classes.ts'
import type { Language } from './understanding.port.ts'

/** A word of a text with its place: `key` is what two forms of one word share. */
export type Word = { text: string; key: string; start: number; end: number }

// Digits keep their decimal and thousands marks; letters keep an inner apostrophe; hyphens part words, so that
// `30-day` and `30 days` meet.
const WORD = /\p{N}+(?:[.,]\p{N}+)*\p{L}*|\p{L}+\p{N}+|\p{L}+(?:['’]\p{L}+)*/gu

/** Nothing to fold: most words of most texts. */
const PLAIN = /^[a-z0-9]+$/

/** Cuts a text into words, in order, with offsets in UTF-16 units. */
export function words(text: string, language: Language): Word[] {
  const found: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    found.push({ text: word, key: wordKey(word, language), start: match.index, end: match.index + word.length })
  }
  return found
}

const keys = { en: new Map<string, string>(), de: new Map<string, string>() }
// Enough for a shop's vocabulary; beyond it keys are computed again rather than kept.
const KEYS_KEPT = 50_000

/** What the forms of one word share: lower case, no marks, light stem, irregular forms and synonyms folded to one. */
export function wordKey(word: string, language: Language): string {
  const known = keys[language].get(word)
  if (known !== undefined) return known
  const plain = plainWord(word)
  const classes = language === 'de' ? CLASSES_DE : CLASSES_EN
  const stem = language === 'de' ? stemGerman(plain) : stemEnglish(plain)
  const key = classes.get(plain) ?? classes.get(stem) ?? stem
  if (keys[language].size < KEYS_KEPT) keys[language].set(word, key)
  return key
}

/** The text's words as `plainWord` gives them, for whoever needs no keys: a catalog's words are mostly numbers and names. */
export function plainWords(text: string): string[] {
  return (text.match(WORD) ?? []).map(plainWord)
}

/** Lower case, compatibility forms, accents off, `ß` as `ss`, possessive `'s` off. */
export function plainWord(word: string): string {
  if (PLAIN.test(word)) return word
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/['’]s?$/u, '')
    .replace(/['’]/gu, '')
}

/** The same word in two forms: equal keys, or one stem with two endings (`tourism`, `tourist`). */
export function sameWord(left: string, right: string): boolean {
  if (left === right) return true
  const short = left.length < right.length ? left : right
  const long = left.length < right.length ? right : left
  if (short.length < 5 || /\d/.test(long)) return false
  const shared = sharedStart(short, long)
  if (shared < 5 || shared < short.length - 3) return false
  return ENDINGS.has(short.slice(shared)) && ENDINGS.has(long.slice(shared))
}

function sharedStart(left: string, right: string): number {
  let at = 0
  while (at < left.length && left[at] === right[at]) at += 1
  return at
}

// Endings that keep what a word is about. `less` and `un` are left out on purpose: they turn it round.
const ENDINGS = new Set(
  [
    '',
    'e',
    'y',
    'i',
    'al',
    'ial',
    'ic',
    'ical',
    'ism',
    'ist',
    'ion',
    'ation',
    'ition',
    'ive',
    'ment',
    'ity',
    'er',
    'or',
  ]
    .concat(['ing', 'ed', 'ance', 'ence', 'ant', 'ent', 'able', 'ible', 'ian', 'an', 'ous', 'ar', 'ary', 'ness', 'ful'])
    .concat([
      'en',
      'es',
      's',
      'n',
      'ung',
      'keit',
      'heit',
      'bar',
      'lich',
      'isch',
      't',
      'te',
      'ten',
      'd',
      'tion',
      'sion',
    ]),
)

function stemEnglish(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  let stem = word
  if (stem.endsWith('sses')) stem = stem.slice(0, -2)
  else if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`
  else if (/(?:x|ch|sh|o)es$/.test(stem)) stem = stem.slice(0, -2)
  else if (/[^su]s$/.test(stem) && !stem.endsWith('is')) stem = stem.slice(0, -1)
  if (stem.length > 5 && stem.endsWith('ing')) stem = undouble(stem.slice(0, -3))
  else if (stem.length > 4 && stem.endsWith('ed') && !stem.endsWith('eed')) stem = undouble(stem.slice(0, -2))
  if (stem.length > 6 && stem.endsWith('ly')) stem = stem.slice(0, -2)
  if (stem.length > 8 && stem.endsWith('ation')) stem = undouble(stem.slice(0, -5))
  if (stem.length > 4 && /[ey]$/.test(stem)) stem = stem.slice(0, -1)
  return stem
}

const undouble = (stem: string) => (/([bdfgklmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem)

function stemGerman(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  let stem = word.replace(/^ge(?=\p{L}{4,}(?:t|en)$)/u, '')
  if (stem.length > 6) stem = stem.replace(/(?:ungen|ung)$/, '')
  return stem.length > 4 ? stem.replace(/(?:ern|em|en|er|es|e|n|s|t)$/, '') : stem
}
