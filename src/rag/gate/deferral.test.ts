import { expect, test } from 'vitest'
import { foundFor, RETURNS } from '../../../test/fixtures/passages.ts'
import { extractiveComposer } from '../compose/extractive.ts'
import { understanding } from '../understand/understanding.ts'
import { sendsElsewhere } from './deferral.ts'

const { signal } = new AbortController()

async function asked(text: string, title: string, answer: string, locale = 'en'): Promise<boolean[]> {
  const question = understanding().read(text, { question: null, product: null, locale })
  const chunk = {
    ...RETURNS,
    kind: 'faq' as const,
    title,
    question: title,
    headingPath: [],
    aliases: [],
    text: answer,
    locale,
  }
  const found = foundFor(text, [chunk])
  const { candidates } = await extractiveComposer().compose(question, found, signal)
  expect(candidates.length).toBeGreaterThan(0)
  return candidates.map((candidate) => sendsElsewhere(question, candidate))
}

const WINDOW =
  'You have 30 days from the day your parcel arrives. Headphones and bikes have rules of their own, see the policy.'

test('the general rule does not answer for what it sends to a rule of its own', async () => {
  expect(await asked('How long do I have to return bikes?', 'How long do I have to return an item?', WINDOW)).toContain(
    true,
  )
})

test('it answers for everything else', async () => {
  expect(
    await asked('How long do I have to return an item?', 'How long do I have to return an item?', WINDOW),
  ).not.toContain(true)
  expect(
    await asked('How long do I have to return a kettle?', 'How long do I have to return an item?', WINDOW),
  ).not.toContain(true)
})

test('a page about the thing itself answers, whatever it sends elsewhere', async () => {
  const text = 'Bikes can be returned within 14 days. Bikes made to order are excluded.'
  expect(await asked('How long do I have to return bikes?', 'Can I return bikes?', text)).not.toContain(true)
})

test('holds in German as well', async () => {
  const text = 'Sie haben 30 Tage Zeit, einen Artikel zurückzugeben. Für Fahrräder gelten eigene Regeln.'
  expect(
    await asked(
      'Wie lange kann ich Fahrräder zurückgeben?',
      'Wie lange kann ich einen Artikel zurückgeben?',
      text,
      'de',
    ),
  ).toContain(true)
})
