import { describe, expect, test } from 'vitest'
import { chunkOf } from '../../../../test/fixtures/passages.ts'
import { extractiveCheck } from '../../claims/extractive-check.ts'
import type { CatalogFinding } from '../../understand/catalog/catalog.port.ts'
import { fieldName } from '../../understand/catalog/columns/slot-column.ts'
import { understanding } from '../../understand/understanding.ts'
import { extractiveComposer } from '../extractive.ts'

const { signal } = new AbortController()
const composer = extractiveComposer()
const boat = (id: string, title: string, attributes = {}, price = 90_000) =>
  chunkOf(id, {
    kind: 'product',
    title,
    text: `${title} for quiet water.`,
    attributes,
    price: { amount: price, currency: 'EUR' },
  })
const SKUA = boat('skua', 'Skua kayak', { weight: { value: 22, unit: 'kg' }, rudder: true, colour: 'red' })
const EIDER = boat('eider', 'Eider kayak', { weight: { value: 48, unit: 'lb' }, colour: 'red' }, 140_000)

const list = (given: Partial<Extract<CatalogFinding, { kind: 'list' }>>): CatalogFinding => ({
  kind: 'list',
  typed: true,
  whole: true,
  seeking: false,
  denying: false,
  phrase: false,
  slots: [{ names: ['weight'] }],
  fitting: [],
  total: 0,
  failing: [],
  failed: 0,
  silent: 0,
  ranked: null,
  words: ['kayaks'],
  ...given,
})
const pair = (names: string[] | null, more: boolean | null, sides = [SKUA, EIDER]): CatalogFinding => ({
  kind: 'comparison',
  sides,
  slot: names && { names },
  more,
  explained: [],
})

const EN = { question: null, product: null, locale: 'en' }
const SCORES = { fused: 1, sparse: 1, ngram: 1, phrase: 0, cosine: null, exact: 0 }

async function answer(text: string, catalog: CatalogFinding) {
  const question = understanding().read(text, EN)
  const found = { passages: [], terms: [], questionVector: null, catalog }
  const { candidates, clarification } = await composer.compose(question, found, signal)
  const [candidate] = candidates
  return {
    candidate,
    clarification,
    text: candidate ? composer.text(candidate) : null,
    held: candidate ? extractiveCheck().check(candidate).supported : null,
    fields: candidate?.parts.flatMap((part) => (part.kind === 'quote' && part.field ? [part.field] : [])) ?? [],
  }
}

describe('products that fit', () => {
  test('are told with the field that was asked, each with its listing', async () => {
    const { text, held, fields } = await answer('kayaks under 25 kg', list({ fitting: [SKUA], total: 1 }))
    expect(text).toBe('This fits what you are looking for: \nSkua kayak – weight: 22 kg')
    expect(fields).toEqual([{ name: 'weight', value: '22 kg' }])
    expect(held).toBe(true)
  })
  test('are counted where more fit, and where listings are silent', async () => {
    const { text, held } = await answer('kayaks under 25 kg', list({ fitting: [SKUA, EIDER], total: 31, silent: 4 }))
    expect(text).toContain('31 fit; these are 2 of them')
    expect(text).toContain('The listings of 4 more do not say.')
    expect(held).toBe(true)
  })
  test('are not what has the very thing that was denied, nor a sentence about it', async () => {
    const denying = list({ denying: true, slots: [{ names: ['rudder'] }], failing: [SKUA], failed: 1, silent: 1 })
    expect((await answer('Skua kayak without rudder', denying)).candidate).toBeUndefined()
    const without = list({ denying: true, slots: [{ names: ['colour'] }], fitting: [EIDER], total: 1 })
    expect((await answer('kayaks that are not blue', without)).text).toContain('Eider kayak – colour: red')
  })
  test('are a list for a phrase that names several, not a fact of the first', async () => {
    const phrase = { typed: false, phrase: true, slots: [], words: ['red', 'kayaks'], fitting: [SKUA, EIDER] }
    const { text } = await answer('red kayaks', list({ ...phrase, total: 2 }))
    expect(text).toContain('Skua kayak – colour: red\nEider kayak – colour: red')
    expect((await answer('red kayaks', list({ ...phrase, phrase: false, total: 2 }))).candidate).toBeUndefined()
  })
  test('leave a field of the very product that was named to its listing', async () => {
    const question = understanding().read('What colour does the Skua kayak of 22 kg have?', EN)
    const catalog = list({ fitting: [SKUA], total: 1 })
    const passages = [{ chunk: SKUA, score: 1, scores: SCORES }]
    const { candidates } = await composer.compose(
      question,
      { passages, terms: [], questionVector: null, catalog },
      signal,
    )
    expect(candidates[0] && composer.text(candidates[0])).toBe('Skua kayak – colour: red')
  })
  test('are none only when every listing of the kind says otherwise', async () => {
    const { text, held } = await answer('kayaks under 20 kg', list({ failing: [SKUA, EIDER], failed: 2 }))
    expect(text).toBe(
      'None of the 2 listed as such fits. Nearest: \nSkua kayak – weight: 22 kg\nEider kayak – weight: 48 lb',
    )
    expect(held).toBe(true)
    expect(
      (await answer('kayaks under 20 kg', list({ failing: [SKUA], failed: 1, silent: 1 }))).candidate,
    ).toBeUndefined()
    expect(
      (await answer('kayaks under 20 kg', list({ failing: [SKUA], failed: 1, whole: false }))).candidate,
    ).toBeUndefined()
  })
  test('ranked, are the first alone', async () => {
    const { text, held } = await answer(
      'the lightest kayak',
      list({ fitting: [EIDER, SKUA], total: 2, ranked: 'less' }),
    )
    expect(text).toBe('Of 2 whose listing says, the lowest weight has: \nEider kayak – weight: 48 lb')
    expect(held).toBe(true)
  })
})

describe('two products side by side', () => {
  test('say who has more, across units', async () => {
    const { text, held } = await answer('Is the Skua heavier than the Eider?', pair(['weight'], true))
    expect(text).toBe(
      '|  | Skua kayak | Eider kayak |\n| --- | --- | --- |\n| weight | 22 kg | 48 lb |\n\nThe higher weight: Skua kayak',
    )
    expect(held).toBe(true)
  })
  test('say where one listing does not', async () => {
    const { text, held, candidate } = await answer('Which has a rudder, the Skua or the Eider?', pair(['rudder'], null))
    expect(text).toContain('\n| rudder | yes | the listing does not say |')
    expect(held).toBe(true)
    expect(candidate?.products).toEqual([SKUA, EIDER])
  })
  test.each([
    ['2 | 3 seats', '2 \\| 3 seats'],
    ['two\nseats', 'two seats'],
    ['2 | 3 seats\r\n| all | year |', '2 \\| 3 seats \\| all \\| year \\|'],
    ['2 \\| 3', '2 \\\\| 3'],
  ])('keep %j in its cell, and are held', async (value, cell) => {
    const sides = [
      boat('skua', 'Skua | Sea kayak', { 'seats | places': value, weight: { value: 22, unit: 'kg' } }),
      boat('eider', 'Eider\nkayak', { 'seats | places': value, weight: { value: 48, unit: 'lb' } }),
    ]
    const { text, held } = await answer('Is the Skua heavier than the Eider?', pair(['weight'], true, sides))
    expect(text).toContain('|  | Skua \\| Sea kayak | Eider kayak |\n')
    expect(held).toBe(true)
    const seats = await answer('Which has more seats?', pair([fieldName('seats | places')], null, sides))
    expect(seats.text).toContain(`\n| seats \\| places | ${cell} | ${cell} |`)
    expect(seats.held).toBe(true)
  })
  test('leave out what is the same', async () => {
    const { text } = await answer('Difference between Skua and Eider', pair(null, null))
    expect(text).toContain('| price | €900.00 | €1,400.00 |')
    expect(text).not.toContain('colour')
  })
  test('may be three, of which one has least', async () => {
    const gannet = boat('gannet', 'Gannet kayak', { weight: { value: 19, unit: 'kg' } })
    const { text, held } = await answer('Which is lightest?', pair(['weight'], false, [SKUA, EIDER, gannet]))
    expect(text).toContain('| weight | 22 kg | 48 lb | 19 kg |\n\nThe lower weight: Gannet kayak')
    expect(held).toBe(true)
    const all = await answer('Compare them', pair(null, null, [SKUA, EIDER, gannet]))
    expect(all.text).toContain('| colour | red | red | the listing does not say |')
    expect(all.held).toBe(true)
  })
  test('with something the shop does not have are not said to have a silent listing', async () => {
    const question = understanding().read('Which is lighter, the Skua kayak or the Bosun X5?', EN)
    const passages = [{ chunk: SKUA, score: 1, scores: SCORES }]
    const found = { passages, terms: [], questionVector: null, catalog: { kind: 'one_sided' } as const }
    const { candidates, listingSilent } = await composer.compose(question, found, signal)
    expect({ candidates, listingSilent }).toEqual({ candidates: [], listingSilent: false })
  })
  test('are no answer where neither says it', async () => {
    expect((await answer('Is the Skua deeper than the Eider?', pair(['depth'], true))).candidate).toBeUndefined()
  })
})

describe('the claim check', () => {
  const kayaks = () => answer('Is the Skua heavier than the Eider?', pair(['weight'], true))
  test('drops a count nobody counted and a value of no listing', async () => {
    const { candidate } = await kayaks()
    if (!candidate) throw new Error('no candidate')
    const check = (text: string) =>
      extractiveCheck().check({ ...candidate, parts: [...candidate.parts, { kind: 'template', template: 'x', text }] })
        .supported
    expect(check('The higher weight: Skua kayak')).toBe(true)
    expect(check('The higher weight: Gannet kayak')).toBe(false)
    expect(check('7 fit; these are 2 of them: ')).toBe(false)
    expect(check('Skua kayak – weight: 21 kg')).toBe(false)
    expect(check('| weight | 21 kg | 48 lb |')).toBe(false)
    expect(check('| weight | 22 kg | 48 lb |')).toBe(true)
    expect(check('| weight | 22 kg \\| 48 lb |')).toBe(false)
  })
  test('drops a field that the quoted listing does not have', async () => {
    const { candidate } = await kayaks()
    if (!candidate) throw new Error('no candidate')
    const parts = candidate.parts.map((part) =>
      part.kind === 'quote' && part.field ? { ...part, field: { name: 'weight', value: '99 kg' } } : part,
    )
    expect(extractiveCheck().check({ ...candidate, parts }).supported).toBe(false)
  })
})
