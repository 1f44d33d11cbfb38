import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WaitingEvent } from '#db/inbox/inbox.port.ts'
import { memoryEventEffects } from '../../../test/fakes/memory-event-effects.ts'
import { type Told, tent, waitingEvent } from '../../../test/fixtures/event-builder.ts'
import { settleEvents } from './settle-events.ts'
import { compareStamps } from './stamp.ts'

type Shown = { attributes?: object } & Record<string, unknown>
const eur = (amount: number) => ({ amount, currency: 'EUR' })
const product = (told: Omit<Told, 'type'>) => waitingEvent({ type: 'product.updated', ...told })
const retired = (told: Omit<Told, 'type'>) => waitingEvent({ type: 'product.retired', ...told })

/** Settles each batch by itself, as the inbox would. */
async function settled(...batches: WaitingEvent[][]) {
  const shop = memoryEventEffects()
  const states: string[] = []
  for (const batch of batches) states.push(...(await settleEvents(batch, shop.effects)).map(({ state }) => state))
  return { ...shop.seen(), states, shop }
}

describe('stock', () => {
  test('is the one with the highest sequence, whatever came last and whenever it says it was', async () => {
    const newest = waitingEvent({ sequence: 10, at: 1, data: { sku: 'K-1', available: 3 } })
    const older = waitingEvent({ sequence: 9, at: 5, data: { sku: 'K-1', available: 8 } })
    const { stock, states } = await settled([newest], [older])
    expect(stock).toEqual({ 'K-1': 3 })
    expect(states).toEqual(['applied', 'superseded'])
  })

  test('goes by time where nothing is counted', async () => {
    const newest = waitingEvent({ at: 9, data: { sku: 'K-1', available: 0 } })
    const older = waitingEvent({ at: 3, data: { sku: 'K-1', available: 8 } })
    expect((await settled([newest, older])).stock).toEqual({ 'K-1': 0 })
  })

  test('is kept by place', async () => {
    const at = (location: string, available: number) => waitingEvent({ data: { sku: 'K-1', location, available } })
    expect((await settled([at('north', 1), at('south', 2)])).stock).toEqual({ 'K-1@north': 1, 'K-1@south': 2 })
  })

  test('told without a sequence stands against one with a sequence by its time', async () => {
    const counted = waitingEvent({ sequence: 7, at: 5, data: { sku: 'K-1', available: 7 } })
    const earlier = waitingEvent({ at: 4, data: { sku: 'K-1', available: 4 } })
    const later = waitingEvent({ at: 6, data: { sku: 'K-1', available: 6 } })
    expect((await settled([counted], [earlier])).stock).toEqual({ 'K-1': 7 })
    expect((await settled([counted], [later])).stock).toEqual({ 'K-1': 6 })
  })
})

describe('a product', () => {
  test('gets a new price and keeps everything else', async () => {
    const whole = product({ sequence: 1, data: tent({ attributes: { colour: 'red', weight: 3 } }) })
    const part = product({ sequence: 2, data: { sku: 'T-4', price: eur(1), attributes: { colour: null, size: 'L' } } })
    const { documents, states } = await settled([whole], [part])
    expect(documents['product/tent']).toEqual(tent({ price: eur(1), attributes: { weight: 3, size: 'L' } }))
    expect(states).toEqual(['applied', 'applied'])
  })

  test('gets the price that came before the product itself', async () => {
    const part = product({ id: 'early', sequence: 2, data: { sku: 'T-4', price: eur(1) } })
    const whole = product({ id: 'whole', sequence: 1, data: tent() })
    const shop = memoryEventEffects()
    expect(await settleEvents([part], shop.effects)).toEqual([{ source: '/erp', id: 'early', state: 'early' }])
    expect(await settleEvents([whole], shop.effects)).toEqual([
      { source: '/erp', id: 'whole', state: 'applied' },
      { source: '/erp', id: 'early', state: 'applied' },
    ])
    expect(shop.seen().documents['product/tent']).toEqual(tent({ price: eur(1) }))
  })

  test('keeps its own newer price when an older whole arrives late', async () => {
    const whole = product({ sequence: 3, data: tent({ price: eur(3) }) })
    const { documents, states } = await settled([whole], [product({ sequence: 2, data: tent({ title: 'Old' }) })])
    expect(documents['product/tent']).toEqual(tent({ price: eur(3) }))
    expect(states).toEqual(['applied', 'superseded'])
  })

  test('that was retired stays away when an older update arrives late, and comes back with a newer one', async () => {
    const gone = retired({ sequence: 5, data: { id: 'product/tent' } })
    const { documents, shop } = await settled([product({ sequence: 1, data: tent() })], [gone])
    expect(documents).toEqual({})
    await settleEvents([product({ sequence: 4, data: tent({ title: 'Late' }) })], shop.effects)
    await settleEvents([product({ sequence: 6, data: { sku: 'T-4', price: eur(1) } })], shop.effects)
    expect(shop.seen().documents).toEqual({})
    await settleEvents([product({ sequence: 7, data: tent({ title: 'Back' }) })], shop.effects)
    expect(shop.seen().documents).toEqual({ 'product/tent': tent({ title: 'Back' }) })
  })

  test.each([
    ['its SKU', { data: { sku: 'T-4' } }],
    ['its id', { data: { id: 'product/tent' } }],
    ['the subject', { subject: 'product/tent', data: undefined }],
  ])('is retired by %s', async (_name, told) => {
    expect((await settled([product({ at: 1, data: tent() })], [retired({ at: 2, ...told })])).documents).toEqual({})
  })

  test('in two languages is found by its SKU twice', async () => {
    const german = tent({ id: 'product/zelt', title: 'Zelt' })
    const part = product({ at: 2, data: { sku: 'T-4', availability: 'out_of_stock' } })
    const { documents } = await settled([product({ data: tent() }), product({ data: german })], [part])
    expect(Object.values(documents).map(({ availability }) => availability)).toEqual(['out_of_stock', 'out_of_stock'])
  })

  test('keeps what was put in between, and the source it came from', async () => {
    const { shop } = await settled([product({ sequence: 1, data: tent() })])
    shop.documents.set('product/tent', {
      document: tent({ text: 'Put by hand.', price: eur(5) }) as never,
      source: 'catalog',
      live: true,
    })
    await settleEvents([product({ sequence: 2, data: { sku: 'T-4', availability: 'in_stock' } })], shop.effects)
    expect(shop.documents.get('product/tent')).toEqual({
      document: tent({ text: 'Put by hand.', price: eur(5), availability: 'in_stock' }),
      source: 'catalog',
      live: true,
    })
  })
})

describe('whatever the order, the batches and the repetitions', () => {
  const stamps = fc.record({
    sequence: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined, freq: 2 }),
    at: fc.integer({ min: 0, max: 12 }),
    source: fc.constantFrom('/erp', '/shop'),
  })
  const stock = fc.record({
    sku: fc.constantFrom('K-1', 'K-2'),
    location: fc.constantFrom('north', 'south'),
    available: fc.integer({ min: 0, max: 99 }),
  })
  const part = fc.record(
    {
      price: fc.option(fc.integer({ min: 1, max: 9 }).map(eur)),
      availability: fc.constantFrom('in_stock', 'out_of_stock'),
      attributes: fc.dictionary(fc.constantFrom('colour', 'size'), fc.option(fc.constantFrom('red', 'L', 3)), {
        minKeys: 1,
      }),
    },
    { requiredKeys: ['attributes'] },
  )
  const change: fc.Arbitrary<{ type: string; data: object }> = fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('product.updated'), data: part.map((p) => ({ sku: 'T-4', ...p })) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('product.updated'),
        data: part.map((p) => ({ id: 'product/tent', ...p })),
      }),
    },
    fc.record({ type: fc.constant('product.updated'), data: part.map((p) => tent(p)) }),
    fc.record({ type: fc.constant('product.retired'), data: fc.constantFrom({ id: 'product/tent' }, { sku: 'T-4' }) }),
  )

  /** The same events in two orders, cut into batches anywhere, some of them again. */
  const delivered = (arbitrary: fc.Arbitrary<{ type?: string; data: unknown }>, count: 'counted' | 'timed' | 'mixed') =>
    fc
      .array(fc.tuple(arbitrary, stamps), { minLength: 1, maxLength: 9 })
      .map((all) =>
        all.map(([told, { sequence, ...stamp }], at) =>
          waitingEvent({
            ...told,
            ...stamp,
            ...(count === 'timed' || (count === 'mixed' && sequence === undefined) ? {} : { sequence: sequence ?? at }),
            id: `evt-${at}`,
          }),
        ),
      )
      .chain((events) =>
        fc.record({
          events: fc.constant(events),
          orders: fc.tuple(batches(events), batches(events)),
        }),
      )
  const batches = (events: WaitingEvent[]) =>
    fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        fc.subarray(events),
        fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }),
      )
      .map(([all, again, cuts]) => {
        const made: WaitingEvent[][] = []
        for (const [at, event] of [...all, ...again].entries()) {
          const last = made.at(-1)
          if (!last || cuts[at]) made.push([event])
          else last.push(event)
        }
        return made
      })
  const seenAfter = async (order: WaitingEvent[][]) => {
    const { stock: levels, documents } = await settled(...order)
    return { levels, documents }
  }
  const inOrder = (events: WaitingEvent[]) =>
    [...events].sort((one, other) => compareStamps(stampOf(one), stampOf(other)))
  const stampOf = ({ sequence, stampedAt, source, id }: WaitingEvent) => ({ sequence, time: stampedAt, source, id })

  test.each(['counted', 'timed', 'mixed'] as const)('stock that is %s ends the same, and right', async (count) => {
    await fc.assert(
      fc.asyncProperty(
        delivered(
          stock.map((data) => ({ data })),
          count,
        ),
        async ({ events, orders: [one, other] }) => {
          const end = await seenAfter(one)
          expect(await seenAfter(other)).toEqual(end)
          if (count === 'mixed') return
          const right: Record<string, number> = {}
          for (const { data } of inOrder(events)) {
            const { sku, location, available } = JSON.parse(data ?? '')
            right[`${sku}@${location}`] = available
          }
          expect(end.levels).toEqual(right)
        },
      ),
      { numRuns: 300 },
    )
  })

  test.each(['counted', 'timed'] as const)('a product that is %s ends the same, and right', async (count) => {
    await fc.assert(
      fc.asyncProperty(delivered(change, count), async ({ events, orders: [one, other] }) => {
        const end = await seenAfter(one)
        expect(await seenAfter(other)).toEqual(end)
        expect(end.documents).toEqual(toldInOrder(inOrder(events)))
      }),
      { numRuns: 500 },
    )
  })

  test('a product that some count and others do not ends the same', async () => {
    const byId = change.filter(({ type, data }) => type === 'product.updated' || 'id' in data)
    await fc.assert(
      fc.asyncProperty(delivered(byId, 'mixed'), async ({ orders: [one, other] }) => {
        expect(await seenAfter(other)).toEqual(await seenAfter(one))
      }),
      { numRuns: 500 },
    )
  })

  /** The same, told by someone who hears everything once and in order. */
  function toldInOrder(events: WaitingEvent[]): Record<string, unknown> {
    const whole: { shown: Shown | null } = { shown: null }
    for (const { type, data } of events) {
      const { id: _id, sku: _sku, attributes, ...fields } = JSON.parse(data ?? '') as Shown
      const { shown } = whole
      if (type === 'product.retired') whole.shown = null
      else if ('title' in fields) whole.shown = JSON.parse(data ?? '') as Shown
      else if (shown) whole.shown = { ...shown, ...fields, attributes: { ...shown.attributes, ...attributes } }
    }
    if (!whole.shown) return {}
    const { attributes, ...fields } = whole.shown
    const kept = withoutNulls(attributes ?? {})
    return { 'product/tent': withoutNulls({ ...fields, attributes: Object.keys(kept).length > 0 ? kept : null }) }
  }
  const withoutNulls = (object: object) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
})
