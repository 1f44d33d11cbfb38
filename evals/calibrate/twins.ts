import { isFrame } from '#rag/understand/content.ts'
import { ANTONYMS } from '#rag/understand/lexicon/antonyms.ts'
import type { Question } from '#rag/understand/understanding.port.ts'
import { plainWord } from '#rag/understand/words.ts'
import type { AnswerCase } from '../answers/answer-case.ts'
import type { Change } from './observe.ts'

/**
 * A question without an answer, made from one that has: the same words about something the shop says nothing of, or the same
 * question once the content is silent about it.
 */
export type Twin = { id: string; question: string; change: Change }

const UNCHANGED: Change = { gone: [], silenced: [] }

/** The twins of an answerable case: its documents gone, or only what they say to it, its weightiest word exchanged for a foreign one, its sense turned round. */
export function twinsOf(one: AnswerCase, question: Question, foreign: string[], next: () => number): Twin[] {
  const twins: Twin[] = [
    { id: `${one.id}~gone`, question: one.question, change: { gone: one.documents, silenced: [] } },
    { id: `${one.id}~silenced`, question: one.question, change: { gone: [], silenced: one.answers } },
  ]
  const words = question.content.filter((word) => !isFrame(word) || word.name)
  const picked = words[Math.floor(next() * words.length)]
  const other = foreign[Math.floor(next() * foreign.length)]
  if (picked && other && plainWord(other) !== plainWord(picked.text))
    twins.push({
      id: `${one.id}~foreign`,
      question: exchanged(one.question, picked.text, other),
      change: UNCHANGED,
    })
  // Nobody denies a field of a listing; the twins of those are their absence and other names.
  const turned = one.documents.every((document) => !document.startsWith('product/'))
    ? turnedRound(one.question, question)
    : null
  if (turned) twins.push({ id: `${one.id}~turned`, question: turned, change: UNCHANGED })
  return twins
}

const exchanged = (text: string, word: string, other: string) =>
  text.replace(word, /^\p{Lu}/u.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other)

function turnedRound(text: string, { content }: Question): string | null {
  for (const { text: word } of content) {
    const [opposite] = ANTONYMS.get(plainWord(word)) ?? []
    if (opposite) return exchanged(text, word, opposite)
  }
  const auxiliary = /\b(?:do|does|did|is|are|can|will|should)\s+(?:i|you|we|it|they)\b/i.exec(text)
  if (!auxiliary || !/^(?:what|when|where|who|how|which)/i.test(text)) return null
  const end = auxiliary.index + auxiliary[0].length
  return `${text.slice(0, end)} not${text.slice(end)}`
}
