import { describe, expect, test } from 'vitest'
import type { Message } from '../../api-client/shapes.ts'
import { behindMessage, type Line, withMessage } from './lines.ts'

const message = (id: string, role: Message['role'] = 'shopper'): Message => ({
  id,
  role,
  state: 'sent',
  text: id,
  clientMessageId: role === 'shopper' ? `client ${id}` : null,
  at: '2026-01-01T00:00:00.000Z',
  answer: null,
  feedback: null,
  author: null,
})
const lines = (...messages: Message[]): Line[] => messages.reduce(withMessage, [])
const ids = (all: Line[]) => all.map((line) => (line.kind === 'message' ? line.message.id : line.key))

describe('a message', () => {
  test('that was shown before another one the server has before it goes behind that one', () => {
    const shown = lines(message('a'), message('own'), message('person', 'person'))
    expect(ids(behindMessage(shown, message('own'), 'person'))).toEqual(['a', 'person', 'own'])
  })

  test('that stands behind it stays where it is, whatever stands between', () => {
    const shown = lines(message('a'), message('b'), message('c'))
    for (const before of ['a', 'b', 'unknown', '']) expect(behindMessage(shown, message('c'), before)).toEqual(shown)
  })

  test('is the same line before and after the server has numbered it', () => {
    const own = { ...message('own:x'), clientMessageId: 'x' }
    const numbered = { ...message('msg_1'), clientMessageId: 'x' }
    const told = withMessage(lines(own, message('person', 'person')), numbered)
    expect(ids(behindMessage(told, numbered, 'person'))).toEqual(['person', 'msg_1'])
  })
})
