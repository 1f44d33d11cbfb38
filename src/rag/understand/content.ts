import { FRAME_WORDS, FUNCTION_WORDS, NEGATIONS } from './lexicon/plain-words.ts'
import type { ContentWord, Language } from './understanding.port.ts'
import { plainWord, words } from './words.ts'

/** The words that carry a question's meaning, each once, in order. */
export function contentOf(text: string, language: Language): ContentWord[] {
  const content: ContentWord[] = []
  const seen = new Set<string>()
  for (const word of words(text, language)) {
    const plain = plainWord(word.text)
    if (!plain || FUNCTION_WORDS.has(plain) || NEGATIONS.has(plain) || seen.has(word.key)) continue
    seen.add(word.key)
    content.push({ text: word.text, key: word.key, name: isName(word.text, word.start, language, text) })
  }
  return content
}

/** Words of asking that an answer need not repeat. */
export const isFrame = (word: { text: string }) => FRAME_WORDS.has(plainWord(word.text))

/** Whether a text denies something. */
export function denies(text: string, language: Language): boolean {
  return words(text, language).some((word) => NEGATIONS.has(plainWord(word.text)))
}

// German writes every noun with a capital, so there only codes, numbers and words in capitals are sure to be names.
function isName(word: string, start: number, language: Language, text: string): boolean {
  if (/\d/.test(word)) return true
  if (word.length > 1 && word === word.toUpperCase() && /\p{Lu}/u.test(word)) return !shouted(text)
  return language === 'en' && start > 0 && /^\p{Lu}/u.test(word) && !shouted(text)
}

const shouted = (text: string) => text === text.toUpperCase()
