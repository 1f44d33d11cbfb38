import snowball from 'snowball-stemmers'
import { STOP_WORDS } from './stop-words.ts'
import { fold } from './words.ts'

/** Languages with a stemmer and function words of their own; every other text is compared word by word as written. */
export type Language = 'en' | 'de' | 'other'

/** Stems remembered a language, dropped all at once when full: article numbers would otherwise pile up for ever. */
const MOST_REMEMBERED = 200_000
/** Snowball stems words; numbers, article numbers and single letters stay as they are. */
const STEMMABLE = /^[\p{L}\p{M}']{3,40}$/u

/**
 * Words the stemmer takes for others: `offen` (open) would be English `off`. Stems of the other forms they belong with.
 */
const GERMAN_STEMS = new Map(
  Object.entries({
    offen: 'offn',
    offene: 'offn',
    offener: 'offn',
    offenes: 'offn',
    offenen: 'offn',
    geöffnet: 'offn',
    öffnung: 'offn',
  }),
)

const stemmers = {
  en: remembered(snowball.newStemmer('english')),
  de: remembered(snowball.newStemmer('german'), GERMAN_STEMS),
}

/** The stem by which forms of a word are one: `returned` and `returns` are `return`. Lower case in, ASCII out where the script allows. */
export function stem(word: string, language: Language): string {
  if (language === 'other') return fold(word)
  return stemmers[language](word)
}

export function isStopWord(word: string, language: Language): boolean {
  return language !== 'other' && STOP_WORDS[language].has(word)
}

/** The language of a BCP 47 tag; `null` without one. */
export function languageOfTag(locale: string | undefined): Language | null {
  if (!locale) return null
  const primary = locale.toLowerCase().split(/[-_]/)[0]
  return primary === 'en' || primary === 'de' ? primary : 'other'
}

/** English or German, by which function words stand in the text; English when neither shows. */
export function guessLanguage(words: { text: string }[]): 'en' | 'de' {
  return languageBalance(words) < 0 ? 'de' : 'en'
}

/** The language of a question when two function words more speak for it than for the other; else null. */
export function surelyIn(words: { text: string }[]): 'en' | 'de' | null {
  const balance = languageBalance(words)
  return balance >= 2 ? 'en' : balance <= -2 ? 'de' : null
}

function languageBalance(words: { text: string }[]): number {
  let balance = 0
  for (const { text } of words) {
    if (STOP_WORDS.en.has(text)) balance += 1
    if (STOP_WORDS.de.has(text)) balance -= 1
    if (/[äöüß]/.test(text)) balance -= 1
  }
  return balance
}

function remembered(stemmer: { stem(word: string): string }, exceptions: ReadonlyMap<string, string> = new Map()) {
  let known = new Map<string, string>()
  return (word: string) => {
    let found = known.get(word)
    if (found === undefined) {
      found = exceptions.get(word) ?? fold(STEMMABLE.test(word) ? stemmer.stem(word) : word)
      if (known.size >= MOST_REMEMBERED) known = new Map()
      known.set(word, found)
    }
    return found
  }
}
