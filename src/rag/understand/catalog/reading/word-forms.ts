import { SYNONYM_GROUPS } from '../../../encoder/question/synonym-groups.ts'
import type { Language } from '../../understanding.port.ts'
import { wordKey } from '../../words.ts'

/** A word as listings may write it, in the language they write it in. */
export type WordForm = { word: string; language: Language }

const FORMS: Record<Language, Map<string, WordForm[]>> = { en: new Map(), de: new Map() }
for (const line of SYNONYM_GROUPS.trim().split('\n')) {
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

function learn(language: Language, asked: string[], forms: WordForm[]): void {
  for (const word of asked) {
    const key = wordKey(word, language)
    FORMS[language].set(key, [...(FORMS[language].get(key) ?? []), ...forms])
  }
}
