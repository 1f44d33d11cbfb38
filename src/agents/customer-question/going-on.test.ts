import { describe, expect, test } from 'vitest'
import { chatOver, orderOf } from '../../../test/fixtures/chat-over.ts'

const PACKED = orderOf('NL-1001', { status: 'processing', shipments: [] })
const SENT = orderOf('NL-1003')

describe('after an order was told', () => {
  test.each([
    'When will it arrive?',
    'How long will it take?',
    'when does it come',
    'Wann kommt es an?',
    'Wie lange dauert es?',
  ])('%s is about that one', async (question) => {
    const { say } = chatOver([PACKED, SENT])
    await say('Where is my order NL-1003?')
    expect(await say(question)).toMatchObject({ outcome: 'answered', orders: [{ orderId: 'NL-1003' }] })
  })

  test('as one of several, it is about all of them', async () => {
    const { say } = chatOver([PACKED, SENT])
    await say('Where is my order?')
    const told = await say('When will it arrive?')
    expect(told).toMatchObject({ outcome: 'answered', orders: [{ orderId: 'NL-1001' }, { orderId: 'NL-1003' }] })
    expect(told.text).toContain('It is expected by 8 Jan 2026')
  })

  test('a question of another kind is one of its own', async () => {
    const { say } = chatOver([PACKED, SENT])
    await say('Where is my order?')
    for (const question of ['How long can I return an item?', 'When do you open?'])
      expect((await say(question)).orders).toEqual([])
  })
})

describe('what nothing can be made of', () => {
  test.each([
    ['?', '...', '??'],
    ['asdf', 'qwer', 'asdf'],
  ])('calls nobody before the third time: %s, %s, %s', async (...texts) => {
    const { say } = chatOver([PACKED])
    const said = []
    for (const text of texts) said.push((await say(text)).outcome)
    expect(said).toEqual(['clarify', 'clarify', 'handed_off'])
  })

  test('counts anew after something that was understood', async () => {
    const { say } = chatOver([PACKED])
    for (const text of ['?', '?', 'Where is my order?', '?', 'asdf']) await say(text)
    expect((await say('thanks')).outcome).toBe('answered')
  })
})
