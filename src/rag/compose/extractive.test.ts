import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CANCEL, chunkOf, FLASKS, foundFor, LAMP, RETURNS, SHIPPING, SHOP } from '../../../test/fixtures/passages.ts'
import { extractiveCheck } from '../claims/extractive-check.ts'
import { understanding } from '../understand/understanding.ts'
import { extractiveComposer } from './extractive.ts'

const { signal } = new AbortController()
const composer = extractiveComposer()

async function compose(text: string, chunks = SHOP) {
  const question = understanding().read(text, { question: null, product: null, locale: 'en' })
  return composer.compose(question, foundFor(text, chunks), signal)
}
async function best(text: string, chunks = SHOP) {
  const { candidates } = await compose(text, chunks)
  return candidates[0] ? composer.text(candidates[0]) : null
}

test('a field is told by its name', async () =>
  expect(await best('What is the weight of the Aurora desk lamp?')).toBe('Aurora desk lamp – weight: 1.2 kg'))
test('a field is told by what it measures', async () =>
  expect(await best('How heavy is the Aurora desk lamp?')).toBe('Aurora desk lamp – weight: 1.2 kg'))
test('a field is told by a measure of a part', async () =>
  expect(await best('How long is the cable of the Aurora desk lamp?')).toBe('Aurora desk lamp – cable length: 1.8 m'))
test('a yes or no comes from the field alone', async () =>
  expect(await best('Is the Aurora desk lamp dimmable?')).toBe('Aurora desk lamp – dimmable: yes'))
test('a price comes typed', async () =>
  expect(await best('How much is the Aurora desk lamp?')).toBe('Aurora desk lamp: €49.90'))
test('stock comes typed', async () =>
  expect(await best('Is the Aurora desk lamp in stock?')).toBe('Aurora desk lamp: in stock'))

test('a field that the listing leaves open is not told', async () => {
  const silent = await compose('What is the finish of the Aurora desk lamp?', [LAMP])
  expect(silent).toMatchObject({ candidates: [], listingSilent: true })
})

test('a field that the listing does not have is no reason to quote a sentence with the word', async () => {
  const silent = await compose('What is the arm of the Aurora desk lamp?', [LAMP])
  expect(silent.candidates).toEqual([])
})

test('variants that agree answer together', async () =>
  expect(await best('What is the Fjord vacuum flask made of?', FLASKS)).toBe(
    'Fjord vacuum flask, 0.5 l – material: steel',
  ))
test('variants that differ are asked back', async () => {
  const { candidates, clarification } = await compose('How heavy is the Fjord vacuum flask?', FLASKS)
  expect(candidates).toEqual([])
  expect(clarification?.options.map(({ label }) => label)).toEqual([
    'Fjord vacuum flask, 0.5 l',
    'Fjord vacuum flask, 1 l',
  ])
})
test('a variant named by its size is told', async () =>
  expect(await best('How heavy is the Fjord vacuum flask, 1 l?', FLASKS)).toBe(
    'Fjord vacuum flask, 1 l – weight: 430 g',
  ))

test('a stored answer is given word for word', async () =>
  expect(await best('Can I cancel my order?', [CANCEL, RETURNS])).toBe('Yes, within 60 minutes, in My orders.'))
test('a yes to another question is never given', async () => {
  const { candidates } = await compose('Can I cancel my newsletter and my account?', [CANCEL])
  expect(candidates).toEqual([])
})

test('the general rule answers for an item, its exception for what it names', async () => {
  expect(await best('How long do I have to return an item?', [RETURNS])).toContain('within 30 days of delivery')
  expect(await best('How long do I have to return headphones?', [RETURNS])).toContain(
    'within 14 days, except when the seal is broken',
  )
})

test('a table row is told under its columns', async () =>
  expect(await best('What does shipping to Austria cost?', [SHIPPING])).toContain(
    'Austria – Standard: €7.90; Free from: €89',
  ))

const FRENCH = 'Quels sont vos délais de livraison Aurora ?'
const IN_ENGLISH = chunkOf('aurora-en', {
  kind: 'faq',
  locale: 'en',
  title: FRENCH,
  text: 'Two days.',
  question: FRENCH,
})
test.each([
  ['a product without a language hides no page', [LAMP, IN_ENGLISH], 'Two days.'],
  ['a page in it goes before', [{ ...IN_ENGLISH, locale: 'fr-FR', text: 'Deux jours.' }, IN_ENGLISH], 'Deux jours.'],
  [
    'what was understood goes before others',
    [{ ...IN_ENGLISH, locale: 'es', text: 'Dos días.' }, IN_ENGLISH],
    'Two days.',
  ],
  ['any page is better than none', [LAMP, { ...IN_ENGLISH, locale: 'es', text: 'Dos días.' }], 'Dos días.'],
])('of a shop asked in another language %s', async (_, chunks, text) => {
  const answers = (await compose(FRENCH, chunks)).candidates.map((candidate) => composer.text(candidate))
  expect(answers).toEqual([text])
})

test('products that fit are listed when products are asked for', async () => {
  const { candidates } = await compose('Do you sell vacuum flasks?', FLASKS)
  expect(candidates[0]).toMatchObject({
    rung: 'products',
    products: [{ title: 'Fjord vacuum flask, 0.5 l' }, { title: 'Fjord vacuum flask, 1 l' }],
  })
})

test('two pages that say different things are a conflict', async () => {
  const other = chunkOf('returns-2', {
    title: 'Returns',
    headingPath: ['Return period'],
    text: 'You can return an item within 60 days of delivery.',
  })
  const one = chunkOf('returns-1', {
    title: 'Returns',
    headingPath: ['Return period'],
    text: 'You can return an item within 30 days of delivery.',
  })
  expect((await compose('How long do I have to return an item?', [one, other])).conflict).toBe(true)
  expect((await compose('How long do I have to return an item?', [one, RETURNS])).conflict).toBe(false)
})

test('every word of an answer stands in the passages it cites or is a fixed phrase with typed values', async () => {
  const word = fc.constantFrom(
    'how',
    'long',
    'return',
    'headphones',
    'Aurora',
    'desk',
    'lamp',
    'weight',
    'price',
    'the',
    'is',
    'of',
    'Austria',
    'shipping',
    'cost',
    'flask',
    'Fjord',
    'vacuum',
    'sell',
    'do',
    'you',
    'not',
    '30',
    'cancel',
    'order',
    'my',
    'what',
    'finish',
    'zorblax',
  )
  const questions = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '))
  await fc.assert(
    fc.asyncProperty(questions, async (text) => {
      for (const candidate of (await compose(text)).candidates) {
        expect(extractiveCheck().check(candidate)).toEqual({ supported: true, unsupported: null })
        for (const part of candidate.parts)
          if (part.kind === 'quote')
            expect(part.quote.chunk.text).toContain(part.quote.chunk.text.slice(part.quote.start, part.quote.end))
      }
    }),
    { numRuns: 200 },
  )
})
