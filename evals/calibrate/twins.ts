import { isFrame } from '#rag/understand/content.ts'
import { ANTONYMS } from '#rag/understand/lexicon/antonyms.ts'
import type { Question } from '#rag/understand/understanding.port.ts'
import { plainWord } from '#rag/understand/words.ts'
import type { AnswerCase } from '../answers/answer-case.ts'

/**
 * A question without an answer, made from one that has: the same words about something the shop says nothing of. `without`: the
 * documents that are taken away, so that only what merely looks like an answer is left.
 */
export type Twin = { id: string; question: string; without: string[]; answers: string[] }

/** The twins of an answerable case: its documents gone, its weightiest word exchanged for a foreign one, its sense turned round. */
export function twinsOf(one: AnswerCase, question: Question, foreign: string[], next: () => number): Twin[] {
  const twins: Twin[] = [{ id: `${one.id}~gone`, question: one.question, without: one.documents, answers: one.answers }]
  const words = question.content.filter((word) => !isFrame(word) || word.name)
  const picked = words[Math.floor(next() * words.length)]
  const other = foreign[Math.floor(next() * foreign.length)]
  if (picked && other && plainWord(other) !== plainWord(picked.text))
    twins.push({
      id: `${one.id}~foreign`,
      question: exchanged(one.question, picked.text, other),
      without: [],
      answers: [],
    })
  const turned = turnedRound(one.question, question)
  if (turned) twins.push({ id: `${one.id}~turned`, question: turned, without: [], answers: [] })
  return twins
}

const exchanged = (text: string, word: string, other: string) =>
  text.replace(word, /^\p{Lu}/u.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other)

function turnedRound(text: string, { content }: Question): string | null {
  for (const { text: word } of content) {
    const [opposite] = ANTONYMS.get(plainWord(word)) ?? []
    if (opposite) return exchanged(text, word, opposite)
  }
  const auxiliary = /\b(?:do|does|did|is|are|can|will|should)\s+(?:i|you|we|it|they|the\s+\w+)\b/i.exec(text)
  if (!auxiliary || !/^(?:what|when|where|who|how|which)/i.test(text)) return null
  const end = auxiliary.index + auxiliary[0].length
  return `${text.slice(0, end)} not${text.slice(end)}`
}
