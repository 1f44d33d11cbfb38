import { type Language, stem } from '../language.ts'
import { wordsOf } from '../words.ts'
import { SYNONYM_GROUPS } from './synonym-groups.ts'
import { SYNONYMS_OF_GOODS } from './synonyms-of-goods.ts'

/** A way to say it: one stem, or two that stand together. */
export type Saying = string[]

/** By the stems of what is asked, joined by a space. An English question is not answered in German, the other way round often. */
const LEXICON = { en: new Map<string, Saying[]>(), de: new Map<string, Saying[]>() }
for (const line of `${SYNONYM_GROUPS.trim()}\n${SYNONYMS_OF_GOODS.trim()}`.split('\n')) {
  const [english = '', german = ''] = line.split('|')
  const [en, de] = [membersOf(english, 'en'), membersOf(german, 'de')]
  learn(LEXICON.en, en, en)
  learn(LEXICON.de, de, [...de, ...en])
}

/** Other sayings of a word of a question, or of two neighbours; none where the lexicon has none. */
export function synonymsOf(words: string[], language: Language): Saying[] {
  if (language === 'other') return []
  return LEXICON[language].get(words.map((word) => stem(word, language)).join(' ')) ?? []
}

function membersOf(text: string, language: Language): Saying[] {
  return text
    .split(';')
    .map((member) => wordsOf(member).map(({ text }) => stem(text, language)))
    .filter((stems) => stems.length > 0)
}

function learn(lexicon: Map<string, Saying[]>, asked: Saying[], said: Saying[]): void {
  for (const member of asked) {
    const key = member.join(' ')
    const others = new Map([...(lexicon.get(key) ?? []), ...said].map((saying) => [saying.join(' '), saying]))
    others.delete(key)
    lexicon.set(key, [...others.values()])
  }
}
