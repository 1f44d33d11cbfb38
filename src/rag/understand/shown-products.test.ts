import { describe, expect, test } from 'vitest'
import type { Remembered } from './understanding.port.ts'
import { understanding } from './understanding.ts'

const boat = (title: string, price: number, colour: string, kg: number) => ({
  title,
  traits: [colour, 'Larkhaven'],
  measures: { price: { value: price, unit: 'EUR' }, weight: { value: kg, unit: 'kg' } },
})
const SKUA = boat('Skua kayak', 90_000, 'red', 22)
const EIDER = boat('Eider kayak', 140_000, 'blue', 21)
const TERN = boat('Tern kayak', 120_000, 'dark red', 25)
const readAs = (text: string, given: Partial<Remembered> = {}) => {
  const remembered = { question: 'show me kayaks', product: null, shown: [SKUA, EIDER], ...given }
  const { text: meant, choices } = understanding().read(text, { ...remembered, locale: null })
  return choices ? choices : meant
}

describe('after several products were shown', () => {
  test.each([
    ['Is the second one waterproof?', 'Is the Eider kayak waterproof?'],
    ['is the cheaper one waterproof?', 'is the Skua kayak waterproof?'],
    ['How long is the more expensive one?', 'How long is the Eider kayak?'],
    ['Does the lightest one have a rudder?', 'Does the Eider kayak have a rudder?'],
    ['Is the red one waterproof?', 'Is the Skua kayak waterproof?'],
    ['the last one', 'Eider kayak'],
    ['what about the first?', 'Skua kayak'],
    ['Ist der zweite wasserdicht?', 'Ist Eider kayak wasserdicht?'],
    ['Ist das günstigere wasserdicht?', 'Ist Skua kayak wasserdicht?'],
    ['Wie lang ist die rote?', 'Wie lang ist Skua kayak?'],
  ])('%s means %s', (text, meant) => expect(readAs(text)).toBe(meant))

  test.each(['Is it waterproof?', 'Does it have a rudder?', 'What is its length?', 'Ist es wasserdicht?'])(
    '%s is asked back, with a choice for each',
    (text) => {
      const choices = readAs(text)
      expect(choices).toMatchObject([{ label: 'Skua kayak' }, { label: 'Eider kayak' }])
    },
  )
  test('a choice is the whole question about that product', () => {
    expect(readAs('Is it waterproof?')).toMatchObject([{ value: 'Is the Skua kayak waterproof?' }, {}])
    expect(readAs('What is its length?')).toMatchObject([{}, { value: "What is the Eider kayak's length?" }])
  })

  test('the one spoken of since is meant by it', () =>
    expect(readAs('is it waterproof?', { product: 'Eider kayak' })).toBe('is the Eider kayak waterproof?'))

  test('words that fit two of three are asked back among these two', () =>
    expect(readAs('Is the red one waterproof?', { shown: [SKUA, EIDER, TERN] })).toMatchObject([
      { label: 'Skua kayak', value: 'Is the Skua kayak waterproof?' },
      { label: 'Tern kayak' },
    ]))

  test.each([
    'How long does it take to deliver?',
    'Can I return it?',
    'Is it possible to pay by card?',
    'Do you sell paddles?',
    'Is the last order on its way?',
    'Do you have the green one?',
  ])('%s says itself what it is about', (text) => expect(readAs(text)).toBe(text))

  test('the answer to which one may be a name, a place or a word for it', () => {
    const asked = { question: 'Is it waterproof?', clarified: true }
    for (const text of ['the Eider', 'Eider', 'the second one', 'the blue one'])
      expect(readAs(text, asked), text).toBe('Is the Eider kayak waterproof?')
  })

  test('the next one is asked the same', () => {
    const asked = { question: 'Is the Skua kayak waterproof?', product: 'Skua kayak' }
    expect(readAs('and the second one?', asked)).toBe('Is the Eider kayak waterproof?')
  })
})
