import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import type { ConversationId, MessageId } from '#domain/ids.ts'
import { agentAnswer } from '../../../test/fakes/scripted-agent.ts'
import { answerEvents, progressEvents, readUpTo, sentences } from './answer-events.ts'

const question: MessageId = 'msg_q'
const answerOf = (text: string): Answer => {
  const { handoffReason, summary, suggestedReply, memory, trace, ...answer } = agentAnswer({ text })
  const conversationId: ConversationId = 'cnv_1'
  return { ...answer, id: 'msg_a', conversationId, handoff: null, latencyMs: 1, traceId: 'trc_1' }
}

test('the pieces of any text joined are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(sentences(text, 'en').join('')).toBe(text)
    }),
  )
})

test('a text in a language nobody knows is cut all the same', () => {
  expect(sentences('One. Two.', 'not a language')).toEqual(['One. ', 'Two.'])
})

describe('reading on', () => {
  const stages = ['understanding', 'searching', 'checking'] as const
  const all = [
    ...progressEvents(question, stages, 0),
    ...answerEvents(question, answerOf('One. Two. Three.'), readUpTo(question, null)),
  ]

  test.each(all.map(({ id }, index) => [id, index] as const))(
    'after %s gives exactly the events behind it',
    (id, index) => {
      const read = readUpTo(question, id)
      const rest = [
        ...progressEvents(question, stages, read.progress),
        ...answerEvents(question, answerOf('One. Two. Three.'), read),
      ]
      expect(rest).toEqual(all.slice(index + 1))
    },
  )

  test.each(['', 'msg_other.d2', 'msg_q', '12', 'msg_q.x1'])(
    'after the unknown id "%s" starts from the beginning',
    (id) => {
      expect(readUpTo(question, id)).toEqual({ progress: 0, delta: 0, answer: false })
    },
  )
})
