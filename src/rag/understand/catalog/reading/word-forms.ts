import { SYNONYM_GROUPS } from '../../../encoder/question/synonym-groups.ts'
import type { Language } from '../../understanding.port.ts'
import { wordKey } from '../../words.ts'

/** A word as listings may write it, in the language they write it in. */
export type WordForm = { word: string; language: Language }

const SAYINGS: Record<Language, Map<string, string[]>> = { en: new Map(), de: new Map() }
const FORMS: Record<Language, Map<string, WordForm[]>> = { en: new Map(), de: new Map() }
for (const line of SYNONYM_GROUPS.trim().split('\n')) {
  const sides = line.split('|').map((side) => side.split(';').map((member) => member.trim()))
  for (const [place, language] of (['en', 'de'] as const).entries())
    for (const member of sides[place] ?? []) {
      if (member === '' || member.includes(' ')) continue
      const key = wordKey(member, language)
      SAYINGS[language].set(key, [...(SAYINGS[language].get(key) ?? []), ...sides.flat()])
    }
  const [english = [], german = []] = line.split('|').map((side) =>
    side
      .split(';')
      .map((member) => member.trim())
      .filter((member) => member !== '' && !member.includes(' ')),
  )
  const en = english.map((word): WordForm => ({ word, language: 'en' }))
  const de = german.map((word): WordForm => ({ word, language: 'de' }))
  learn('en', english, en)
  learn('de', german, [...de, ...en])
}

/** The word and what a shop may call the same thing; a German word also in English, since many catalogs are in English alone. */
export function formsOf(word: string, language: Language): WordForm[] {
  const own = wordKey(word, language)
  const others = (FORMS[language].get(own) ?? []).filter(
    (form) => form.language !== language || wordKey(form.word, language) !== own,
  )
  return [{ word, language }, ...others]
}

/** What a shop may call the same thing, of several words too: `espresso machine` for `Espressomaschine`. */
export const sayingsOf = (word: string, language: Language): string[] =>
  SAYINGS[language].get(wordKey(word, language)) ?? []

function learn(language: Language, asked: string[], forms: WordForm[]): void {
  for (const word of asked) {
    const key = wordKey(word, language)
    FORMS[language].set(key, [...(FORMS[language].get(key) ?? []), ...forms])
  }
}
