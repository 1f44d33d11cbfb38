import type { ProgressStage } from '#agents/customer-question/customer-question.port.ts'
import type { Answer } from '#domain/answer.ts'
import type { MessageId } from '#domain/ids.ts'
import type { AnswerEvent } from '../questions.port.ts'

/** How far a client has read the events of one question: numbers of the last progress and delta it has. */
export type ReadUpTo = { progress: number; delta: number; answer: boolean }

/** Reads a Last-Event-ID. One of another question, or none of ours, means nothing was read. */
export function readUpTo(question: MessageId, lastEventId: string | null): ReadUpTo {
  const match = /^(msg_[^.]+)\.(p|d|a)(\d+)$/.exec(lastEventId ?? '')
  if (!match || match[1] !== question) return { progress: 0, delta: 0, answer: false }
  const at = Number(match[3])
  if (match[2] === 'p') return { progress: at, delta: 0, answer: false }
  // Text comes after all progress, so whoever has text wants no more progress.
  return {
    progress: Number.POSITIVE_INFINITY,
    delta: match[2] === 'd' ? at : Number.POSITIVE_INFINITY,
    answer: match[2] === 'a',
  }
}

/** The events of `stages` after the first `read` of them. */
export function progressEvents(question: MessageId, stages: readonly ProgressStage[], read: number): AnswerEvent[] {
  return stages
    .map((stage, index): AnswerEvent => ({ id: `${question}.p${index + 1}`, event: 'progress', data: { stage } }))
    .slice(read)
}

/** The checked text sentence by sentence and the answer itself, without what was read before. */
export function answerEvents(question: MessageId, answer: Answer, read: ReadUpTo): AnswerEvent[] {
  const deltas = sentences(answer.text, answer.language).map(
    (text, index): AnswerEvent => ({ id: `${question}.d${index + 1}`, event: 'delta', data: { text } }),
  )
  const last: AnswerEvent = { id: `${question}.a1`, event: 'answer', data: answer }
  return [...deltas.slice(read.delta), ...(read.answer ? [] : [last])]
}

/** `text` cut at sentence ends; the pieces joined are `text`. */
export function sentences(text: string, language: string): string[] {
  return [...segmenter(language).segment(text)].map(({ segment }) => segment)
}

function segmenter(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'sentence' })
  } catch {
    return new Intl.Segmenter('en', { granularity: 'sentence' })
  }
}
