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

  test.each([
    'How long does the battery last?',
    'How long does a gift card last?',
    'when did you open your first?',
    'Which one arrives first?',
  ])('%s ends in a word that is no place', (text) => expect(readAs(text)).toBe(text))
  test('nor is it one beside a phrase that is', () =>
    expect(readAs('Should I order the red one first?')).toBe('Should I order the Skua kayak first?'))

  test.each([
    'Do you have the second cheapest one?',
    'Is the lighter blue one waterproof?',
    'Is the lower priced one waterproof?',
    'Is the higher rated one waterproof?',
    'Do you have the longer lasting one?',
    'Do you price match the cheaper one from a competitor?',
    'Do you price match the cheaper one on another site?',
  ])('%s says more than the comparison', (text) => {
    const sizes = [SKUA, EIDER].map((one, at) => ({
      ...one,
      measures: { ...one.measures, height: { value: 40 + at, unit: 'cm' }, length: { value: 5 + at, unit: 'm' } },
    }))
    expect(readAs(text, { shown: sizes })).toBe(text)
  })
  test.each([
    ['Is the slightly cheaper one waterproof?', 'Is the Skua kayak waterproof?'],
    ['Is the much more expensive one on sale?', 'Is the Eider kayak on sale?'],
    ['Is the even lighter one in stock?', 'Is the Eider kayak in stock?'],
  ])('%s is the comparison alone', (text, meant) => expect(readAs(text)).toBe(meant))

  test.each([
    ['Which is longer, the first one or the second one?', 'Which is longer, the Skua kayak or the Eider kayak?'],
    ['Is the red one longer than the blue one?', 'Is the Skua kayak longer than the Eider kayak?'],
    ['Is the first one longer than the second?', 'Is the Skua kayak longer than the Eider kayak?'],
    ['What is the price of the second one?', 'What is the price of the Eider kayak?'],
    [
      'What is the difference between the first one and the last one?',
      'What is the difference between the Skua kayak and the Eider kayak?',
    ],
    ['Ist die rote oder die blaue länger?', 'Ist Skua kayak oder Eider kayak länger?'],
    ['Ist der erste länger als der zweite?', 'Ist Skua kayak länger als Eider kayak?'],
  ])('of %s each phrase is resolved', (text, meant) => expect(readAs(text)).toBe(meant))
  test.each([
    'Is the first one longer than the green one?',
    'Is the first one longer than the third one?',
    'Is the red one the cheaper one?',
    'Is the blue one the cheaper one?',
    'Is the red one or the first one longer?',
    'Is the first or the second one longer?',
    'Can I swap the red one from my parcel for the second?',
    'Ist die rote oder die grüne länger?',
    'Ist die grüne oder die rote länger?',
  ])('%s is left alone: not each phrase is another product', (text) => expect(readAs(text)).toBe(text))

  test.each(['Which of these is the cheaper one?', 'Which is the cheaper one?', 'Which one is the lighter one?'])(
    '%s asks for the product itself',
    (text) => expect(readAs(text)).toBe(text),
  )
  test('of two compared last that is the comparison', () =>
    expect(readAs('Which of these is the cheaper one?', { pair: ['Skua kayak', 'Eider kayak'] })).toBe(
      'Which is cheaper: Skua kayak or Eider kayak?',
    ))
  test.each([
    ['Welche davon sind wasserdicht?', 'Habt ihr Kajaks wasserdicht?'],
    ['Gibt es eine davon in Rot?', 'Habt ihr Kajaks in Rot?'],
  ])('%s is the list with one condition more', (text, meant) =>
    expect(readAs(text, { question: 'Habt ihr Kajaks?', list: 'Habt ihr Kajaks?' })).toBe(meant),
  )
  test('welches davon asks to compare the two', () =>
    expect(readAs('Welches davon ist leichter?', { pair: ['Skua kayak', 'Eider kayak'] })).toBe(
      'Which is leichter: Skua kayak or Eider kayak?',
    ))
  test.each([
    'Welche davon sind wasserdicht?',
    'Gibt es eine davon in Rot?',
    'Gibt es Studentenrabatt?',
    'Gibt es einen Newsletter?',
    'Wie spät ist es?',
    'Wie geht es weiter?',
    'Wie ist es mit dem Datenschutz?',
    'Is it a public holiday today?',
  ])('%s is about none of them, and nothing is asked back', (text) => expect(readAs(text)).toBeTypeOf('string'))
  test('nor is it where words fit several and the shop does the same for all', () => {
    expect(readAs('Can I return the red one?', { shown: [SKUA, EIDER, TERN] })).toBe('Can I return the red one?')
    const shown = [boat('Skua Jacke', 90, 'rot', 1), boat('Eider Jacke', 120, 'blau', 1)]
    expect(readAs('Kann ich die Jacke umtauschen?', { shown })).toBe('Kann ich die Jacke umtauschen?')
    expect(readAs('Ist die Jacke wasserdicht?', { shown })).toMatchObject([{ label: 'Skua Jacke' }, {}])
  })

  test('of names that contain each other the longer is exchanged', () => {
    const shown = [
      boat('Arc Lamp', 90, 'red', 2),
      boat('Arc Lamp Pro', 140, 'blue', 3),
      boat('Bow Lamp', 120, 'white', 4),
    ]
    const asked = { question: 'Is the Arc Lamp Pro dimmable?', product: 'Arc Lamp Pro', shown }
    expect(readAs('and the third one?', asked)).toBe('Is the Bow Lamp dimmable?')
  })
})
