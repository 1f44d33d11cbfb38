import { describe, expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { ASKED_AT, CATALOG, catalogShop, euros, HARDWARE, product } from '../../../../test/fixtures/catalog-shop.ts'
import { encodeQuestion } from '../../encoder/question-encoder.ts'
import type { Retrieval } from '../../retrieval.port.ts'
import { catalogRetrieval } from './catalog-retrieval.ts'

const { signal } = new AbortController()

function shopOf(chunks: Chunk[]) {
  const { words, index, slots, load } = catalogShop(chunks)
  const nothing: Retrieval = {
    search: async ({ text, audience }) => ({
      passages: [],
      terms: encodeQuestion(text, audience, words).words,
      questionVector: null,
    }),
  }
  const retrieval = catalogRetrieval(nothing, () => ({ index, slots }))
  return {
    index,
    slots,
    load: () => load(signal),
    find: async (text: string, audience = {}) =>
      (await retrieval.search({ shop: HARDWARE, text, audience, limit: 10, at: ASKED_AT }, signal)).catalog ?? null,
  }
}

async function listed(text: string, chunks = CATALOG) {
  const { load, find } = shopOf(chunks)
  await load()
  const found = await find(text)
  return found?.kind === 'list'
    ? { ...found, titles: found.fitting.map(({ id }) => id.replace('chk_', '')).sort() }
    : null
}

describe('products that a question sets conditions on', () => {
  test.each([
    ['drills under 2 kg', ['dr-1']],
    ['drills lighter than 6 lb', ['dr-1', 'dr-2']],
    ['drills under 2500 grams', ['dr-1', 'dr-2']],
    ['a Borsch drill with a weight of 4.1 kg', ['dr-3']],
    ['a kayak that is 78 cm wide', ['kay-2']],
    ['a kayak with a length of 7 m', null],
    ['a kayak, hatch size 24 cm', ['kay-1']],
    ['heavy duty drill, by Borsch, and for me, that weighs less than 5 kg', ['dr-3']],
    ['which drills weigh more than 2 kg?', ['dr-2', 'dr-3']],
    ['Borsch drills under 100 euros', ['dr-2']],
    ['brushless drills', null],
    ['which drills are brushless?', ['dr-1']],
    ['kayaks at most 65 cm wide', ['kay-1']],
    ['kayaks with a length of at least 4.5 m', ['kay-2']],
    ['kayaks over 4 m long', ['kay-1', 'kay-2']],
    ['do you have kayaks between 500 and 1000 euros?', ['kay-1']],
    ['waterproof suits in size M', ['suit-1']],
    ['any suit in size XS under 200 euros?', ['suit-2']],
    ['the cheapest kayak', ['kay-1', 'kay-2']],
    ['drills that are not brushless', ['dr-2']],
    ['drills without brushless under 100 euros', ['dr-2']],
    ['which suits are not waterproof?', []],
    ['suits not for men', null],
    ['Bohrmaschine', null],
    ['suits not made of neoprene', ['suit-1']],
    ['suits without a hood', null],
    ['suits that are not pull-over', ['suit-1']],
    ['kayaks under 1 000 euros', ['kay-1']],
    ['kayaks for at least 2 persons', ['kay-2']],
    ['kayaks for 2 people', ['kay-2']],
    ['kayak for one of 168 cm paddler height', null],
    ['kayaks that fit a 168 cm paddler', ['kay-1']],
    ['kayaks that fit a 190 cm paddler', ['kay-2']],
    ['kayaks with at least 3 years warranty', ['kay-2']],
  ])('%s: %j', async (text, expected) => {
    const found = await listed(text)
    expect(found?.typed === false && !found.seeking ? null : (found?.titles ?? null)).toEqual(expected)
  })

  test('a superlative ranks by the field it stands before', async () => {
    const found = await listed('Which kayak has the longest length?')
    expect(found).toMatchObject({ ranked: 'more', slots: [{ names: ['length'] }] })
    expect(found?.fitting[0]?.id).toBe('chk_kay-2')
    expect((await listed('kayak with the most persons'))?.fitting[0]?.id).toBe('chk_kay-2')
  })
  test('products of a brand need no word for their kind', async () => {
    expect((await listed('products by Tidewater'))?.titles).toEqual(['kay-1', 'kay-2', 'suit-1', 'suit-2'])
    expect((await listed('Which is the cheapest Borsch product?'))?.fitting[0]?.id).toBe('chk_bit-1')
    expect(await listed('the cheapest pair of suits')).toMatchObject({ ranked: 'less', total: 2 })
  })
  test('a phrase without a verb names things', async () => {
    expect(await listed('waterproof suits')).toMatchObject({ phrase: true, typed: false, total: 2 })
    expect((await listed('Is the suit waterproof?'))?.phrase ?? false).toBe(false)
  })
  test('the word for a kind is what a title is about, not any word in it', async () => {
    expect((await listed('drills under 20 euros'))?.titles).toEqual([])
    expect((await listed('drills under 20 euros'))?.failed).toBe(2)
  })
  test('a price in another currency is neither under nor over', async () => {
    expect(await listed('drills under 100 euros')).toMatchObject({ titles: ['dr-2'], failed: 1, silent: 1 })
  })
  test('a superlative puts the first first', async () => {
    const found = await listed('the cheapest kayak')
    expect(found?.fitting[0]?.id).toBe('chk_kay-1')
    expect(found?.ranked).toBe('less')
  })
  test.each([
    'Do you ship kayaks over 4 m?',
    'How do I return a drill under 2 kg?',
    'drills around 2 kg',
    'drills under 10 furlongs',
    'submarines under 100 euros',
    'kayaks that are not under 4 m',
    'Is delivery free over 50 euros?',
    'kayaks with at least 2 hatches',
    'drills over 400 lm',
    'dry suits above 0 °C',
    'kayaks under 100 pounds',
  ])('nothing is claimed of: %s', async (text) => expect(await listed(text)).toBeNull())
})

describe('a bound whose field is not clear', () => {
  test('is asked back with the fields the very products have', async () => {
    const { load, find } = shopOf(CATALOG)
    await load()
    const found = await find('kayaks under 5 m')
    expect(found).toMatchObject({ kind: 'unclear', about: 'field' })
    const options = found?.kind === 'unclear' ? found.options : []
    expect(options.map(({ label }) => label).sort()).toEqual(['hatch size', 'length', 'paddler height', 'width'])
    for (const { value, label } of options)
      expect(await find(value)).toMatchObject({ kind: 'list', slots: [{ names: [label] }] })
  })
})

describe('two products side by side', () => {
  test.each([
    ['What is the difference between the Skua and the Eider?', null, null],
    ['Is the Makura drill heavier than the Borsch hammer drill?', 'weight', true],
    ['Which is cheaper, the Skua or the Eider?', 'price', false],
    ['Skua vs Eider', null, null],
    ['Compare the Skua with the Eider', null, null],
    ['Ist der Skua länger als der Eider?', 'length', true],
    ['Was ist günstiger, der Skua oder der Eider?', 'price', false],
  ])('%s', async (text, field, more) => {
    const { load, find } = shopOf(CATALOG)
    await load()
    const found = await find(text)
    expect(found).toMatchObject({ kind: 'comparison', more })
    expect(found?.kind === 'comparison' && (found.slot?.names[0] ?? null)).toBe(field)
  })
  test.each([
    ['Compare kay-1 and KAY2', ['kay-1', 'kay-2']],
    ['Compare the Skua, the Eider and the Makura drill', ['kay-1', 'kay-2', 'dr-1']],
    ['Which is cheapest: the Skua, the Eider or the Makura drill?', ['kay-1', 'kay-2', 'dr-1']],
    ['difference between the Skua and the Skua Sport', ['kay-1', 'kay-3']],
  ])('%s', async (text, ids) => {
    const sport = product('kay-3', 'Tidewater Skua Sport Kayak', 'Boats', { price: euros(1000) })
    const { load, find } = shopOf(text.includes('Sport') ? [...CATALOG, sport] : CATALOG)
    await load()
    const found = await find(text)
    expect(found?.kind === 'comparison' && found.sides.map(({ id }) => id.replace('chk_', ''))).toEqual(ids)
  })
  test.each([
    'Which is lighter, the Skua or the Gannet X5?',
    'Compare the Gannet X5 with the Skua',
    'What is the difference between the Skua, the Eider and the Gannet?',
  ])('one that is no product of the shop leaves nothing to compare: %s', async (text) => {
    const { load, find } = shopOf(CATALOG)
    await load()
    expect(await find(text)).toEqual({ kind: 'one_sided' })
  })
  test('a name of several products is asked back, and each choice compares', async () => {
    const { load, find } = shopOf(CATALOG)
    await load()
    const found = await find('Compare the Skua and the Borsch drill')
    expect(found).toMatchObject({ kind: 'unclear', about: 'side' })
    for (const { value } of found?.kind === 'unclear' ? found.options.slice(0, 2) : [])
      expect(await find(value)).toMatchObject({ kind: 'comparison' })
  })
  test('what is no product is not compared', async () => {
    const { load, find } = shopOf(CATALOG)
    await load()
    expect(await find('What is the difference between express and standard delivery?')).toBeNull()
  })
})

describe('a name that stands in one title', () => {
  test('is that product', async () => {
    const { load, find } = shopOf(CATALOG)
    await load()
    expect(await find('how much is the Skua')).toMatchObject({ kind: 'named', chunk: { id: 'chk_kay-1' } })
  })
  test('is none in another word of the same stem', async () => {
    const led = product('led-1', 'Lumo LED bulb', 'Lighting', { attributes: { power: { value: 5, unit: 'W' } } })
    const { load, find } = shopOf([...CATALOG, led])
    await load()
    expect(await find('Welche Taschen sind nicht aus Leder?')).toBeNull()
    expect(await find('Wie hell ist die LED?')).toMatchObject({ kind: 'named' })
  })
  test('is none for a number in a row', async () => {
    const { load, find } = shopOf([...CATALOG, product('sk-1', 'Nord Second Skin base layer', 'Clothing', {})])
    await load()
    expect(await find('the second one')).toBeNull()
    expect(await find('how warm is the Second Skin')).toMatchObject({ kind: 'named' })
  })
  test('is none when it is a word for a kind', async () => {
    const { load, find } = shopOf(CATALOG)
    await load()
    expect(await find('how much is the kayak')).toBeNull()
  })
})

describe('a word no listing has', () => {
  test.each([
    ['Borssch drills under 100 euros', 'Borsch drills under 100 euros'],
    ['kayacks under 1000 euros', 'kayak under 1000 euros'],
    ['Tidewatter kayaks', 'Tidewater kayaks'],
    ['how much is the Skuaa', 'how much is the Skua'],
  ])('%s: is asked back as the catalog spells it', async (text, meant) => {
    const { load, find } = shopOf(CATALOG)
    await load()
    const found = await find(text)
    expect(found).toEqual({ kind: 'unclear', about: 'spelling', options: [{ label: meant, value: meant }] })
    expect(await find(meant)).not.toBeNull()
  })
  test.each(['Gannet kayaks', 'Borssch furlongs', 'kayaks under 1000 euros'])('%s: is not', async (text) => {
    const { load, find } = shopOf(CATALOG)
    await load()
    expect(await find(text)).not.toMatchObject({ about: 'spelling' })
  })
})

describe('what changes', () => {
  test('a product that is gone is neither counted nor shown', async () => {
    const { load, find, index, slots } = shopOf(CATALOG)
    await load()
    await index.apply({ removed: ['chk_dr-1'], upserted: [] }, signal)
    expect(slots.size()).toBe(CATALOG.length - 1)
    expect(await find('drills under 2 kg')).toMatchObject({ kind: 'list', fitting: [], total: 0, failed: 2 })
  })
  test('a product of another region is not seen', async () => {
    const chunks = CATALOG.map((chunk) => (chunk.id === 'chk_kay-1' ? { ...chunk, scope: { region: 'US' } } : chunk))
    const { load, find } = shopOf(chunks)
    await load()
    expect(await find('kayaks under 2000 euros', { region: 'DE' })).toMatchObject({ total: 1 })
    expect(await find('kayaks under 2000 euros', { region: 'US' })).toMatchObject({ total: 2 })
  })
})

test('a comparison by what no field says is none', async () => {
  const { load, find } = shopOf(CATALOG)
  await load()
  expect(await find('Which is heavier, the Makura drill or the Borsch hammer drill?')).toMatchObject({
    kind: 'comparison',
  })
  expect((await find('Which is louder, the Makura drill or the Borsch hammer drill?'))?.kind).not.toBe('comparison')
})
