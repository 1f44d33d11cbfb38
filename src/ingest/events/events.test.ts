import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inbox } from '#db/inbox/inbox.port.ts'
import { postgresInbox } from '#db/inbox/inbox.postgres.ts'
import { postgresStock } from '#db/inbox/stock.postgres.ts'
import { documentId, type ShopId, shopId } from '#domain/ids.ts'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { cloudEvent, tent } from '../../../test/fixtures/event-builder.ts'
import { knowledgeBench } from '../../../test/fixtures/knowledge-bench.ts'
import { prepareDocument } from '../prepare-document.ts'
import { shopEvents } from './events.ts'

const { signal } = new AbortController()
const clock = movableClock()
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let shops = 0
beforeAll(async () => {
  bench = await knowledgeBench(clock)
})
afterAll(() => bench.close())

/** Events of a shop of its own; `wrap` may stand in the way of the real inbox. */
async function open(wrap: (inbox: Inbox) => Inbox = (inbox) => inbox) {
  const shop = shopId(`shop-${++shops}`)
  await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const events = shopEvents(wrap(postgresInbox(bench.database)), clock, bench.log, 7)
  const stock = postgresStock(bench.database)
  return {
    shop,
    events,
    send: (...sent: unknown[]) => events.accept(shop, sent, signal),
    settle: () => events.settle(shop, signal),
    stock: async (...skus: string[]) =>
      (await stock.levels(shop, skus, signal)).map(({ changedAt: _, ...level }) => level),
    states: async (inShop: ShopId = shop) =>
      Object.fromEntries(
        (await events.list(inShop, { states: [...STATES], cursor: null, limit: 200 }, signal)).items.map((item) => [
          item.id,
          item.problem ? `${item.state} ${item.problem.code}` : item.state,
        ]),
      ),
    document: async (id = 'product/tent') => {
      const found = await bench.documents.get(shop, documentId(id), signal)
      return found && { ...found, live: found.retiredAt === null }
    },
    found: async () => (await bench.feed.since(shop, -1, null, signal)).upserted,
  }
}
const STATES = ['waiting', 'applied', 'superseded', 'early', 'unhandled', 'parked'] as const
const adjusted = (sku: string, available: number, more: object = {}) =>
  cloudEvent({ data: { sku, available }, ...more })
const updated = (data: unknown, more: object = {}) => cloudEvent({ type: 'product.updated', data, ...more })

describe('the inbox', () => {
  test('takes each source and id once, however often and from wherever at once they come', async () => {
    const { send, settle, stock, states } = await open()
    const events = Array.from({ length: 40 }, (_, at) => adjusted(`K-${at}`, at, { id: `e${at}` }))
    const intakes = await Promise.all(
      Array.from({ length: 6 }, (_, turn) => send(...(turn % 2 ? events : events.toReversed()))),
    )
    expect(intakes.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(40)
    expect(intakes.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(200)
    await Promise.all([settle(), settle(), settle()])
    await settle()
    expect(new Set(Object.values(await states()))).toEqual(new Set(['applied']))
    const levels = await stock(...events.map(({ data }) => (data as { sku: string }).sku))
    expect(levels).toHaveLength(40)
    expect(levels.every(({ sku, available, version }) => sku === `K-${available}` && version === 1)).toBe(true)
  })

  test('tells the same id of two sources apart, and a repetition within a batch', async () => {
    const { send } = await open()
    const one = adjusted('K', 1, { id: 'x', source: '/a' })
    expect(await send(one, { ...one, source: '/b' }, one)).toEqual({ accepted: 2, duplicates: 1, rejected: [] })
  })

  test('keeps shops apart', async () => {
    const [one, other] = [await open(), await open()]
    const event = adjusted('K', 1, { id: 'x' })
    expect(await one.send(event)).toMatchObject({ accepted: 1 })
    expect(await other.send(event)).toMatchObject({ accepted: 1 })
    await one.settle()
    expect(await other.stock('K')).toEqual([])
    expect([await one.states(), await other.states()]).toEqual([{ x: 'applied' }, { x: 'waiting' }])
  })

  test('keeps what is for handlers of its own, and applies none of it', async () => {
    const { send, settle, states } = await open()
    const types = ['order.shipped', 'payment.captured', 'refund.succeeded', 'shipment.tracking', 'exception.raised']
    await send(...types.map((type) => cloudEvent({ type, id: type, data: { orderId: 'A-1' } })))
    expect(await settle()).toBe(0)
    expect(await states()).toEqual(Object.fromEntries(types.map((type) => [type, 'unhandled'])))
  })

  test('without time and sequence the later one of a batch holds', async () => {
    const { send, settle, stock } = await open()
    await send(adjusted('K', 5, { id: 'z' }), adjusted('K', 3, { id: 'a' }))
    await settle()
    expect(await stock('K')).toMatchObject([{ available: 3 }])
  })
})

describe('content', () => {
  test('is found when it was told, and not when it was retired', async () => {
    const { send, settle, document, found } = await open()
    await send(updated(tent()))
    await settle()
    expect(await found()).toMatchObject([{ documentId: 'product/tent', price: { amount: 19_900 } }])
    expect(await document()).toMatchObject({ source: 'events', version: 1, live: true })
    await send(cloudEvent({ type: 'product.retired', data: { sku: 'T-4' } }))
    await settle()
    expect(await found()).toEqual([])
    expect(await document()).toMatchObject({ live: false })
  })

  test('that was imported is found by its SKU and keeps its source', async () => {
    const { shop, send, settle, document, found } = await open()
    await bench.documents.putAll(shop, 'catalog', [prepareDocument(tent() as never)], signal)
    await send(updated({ sku: 'T-4', price: { amount: 1, currency: 'EUR' }, attributes: { sleeps: 4 } }))
    await settle()
    expect(await document()).toMatchObject({ source: 'catalog', version: 2, document: { price: { amount: 1 } } })
    expect(await found()).toMatchObject([{ price: { amount: 1, currency: 'EUR' }, attributes: { sleeps: 4 } }])
  })

  test('may be a policy', async () => {
    const { send, settle, found } = await open()
    const policy = { id: 'policy/returns', kind: 'policy', title: 'Returns', text: 'Within 20 days.' }
    await send(cloudEvent({ type: 'policy.updated', data: policy }))
    await settle()
    expect(await found()).toMatchObject([{ text: 'Within 20 days.' }])
  })

  test('that waits for its product takes effect with it, and says so', async () => {
    const { send, settle, states, document } = await open()
    await send(updated({ sku: 'T-4', availability: 'out_of_stock' }, { id: 'part', sequence: 2 }))
    await settle()
    expect(await states()).toEqual({ part: 'early' })
    await send(updated(tent(), { id: 'whole', sequence: 1 }))
    await settle()
    expect(await states()).toEqual({ part: 'applied', whole: 'applied' })
    expect(await document()).toMatchObject({ document: { availability: 'out_of_stock' } })
  })
})

describe('an event that cannot be applied', () => {
  const poison = updated(tent({ id: 'product/deep', sku: 'D', text: `${'> '.repeat(40)}Deep.` }), { id: 'poison' })

  test('is parked with the reason and stops no other', async () => {
    const { send, settle, states, stock, document } = await open()
    await send(
      adjusted('K', 1, { id: 'before' }),
      poison,
      adjusted('L', 2, { id: 'after' }),
      updated(tent(), { id: 'tent' }),
    )
    expect(await settle()).toBe(4)
    expect(await states()).toEqual({
      before: 'applied',
      poison: 'parked ingest.document.too_deep',
      after: 'applied',
      tent: 'applied',
    })
    expect(await stock('K', 'L')).toHaveLength(2)
    expect(await document('product/deep')).toBeNull()
    expect(await settle()).toBe(0)
  })

  /** An inbox in which stock of `sku` cannot be written while `failing` says so. */
  const brokenFor = (sku: string, failing: () => boolean) => (inbox: Inbox) => ({
    ...inbox,
    settle: (shop: ShopId, most: number, at: Date, work: Parameters<Inbox['settle']>[3], ended: AbortSignal) =>
      inbox.settle(
        shop,
        most,
        at,
        (events, effects) =>
          work(events, {
            ...effects,
            async setStock(levels) {
              await effects.setStock(levels)
              if (failing() && levels.some((level) => level.sku === sku)) throw new Error('nobody knows')
            },
          }),
        ended,
      ),
  })

  test('for a reason nobody knows is tried again with growing pauses, and applied once', async () => {
    let failing = true
    const { send, settle, states, stock } = await open(brokenFor('K', () => failing))
    await send(adjusted('K', 1, { id: 'odd' }), adjusted('L', 1, { id: 'even' }))
    await settle()
    expect(await states()).toEqual({ odd: 'waiting app.unexpected', even: 'applied' })
    for (const pause of [1_000, 5_000, 30_000, 120_000]) {
      expect(await settle()).toBe(0)
      clock.move(pause)
      expect(await settle()).toBe(1)
    }
    expect(await stock('K')).toEqual([])
    failing = false
    clock.move(600_000)
    await settle()
    expect(await states()).toEqual({ odd: 'applied', even: 'applied' })
    expect(await stock('K')).toMatchObject([{ version: 1 }])
  })

  test('after six attempts is parked', async () => {
    const { send, settle, states } = await open(brokenFor('K', () => true))
    await send(adjusted('K', 1, { id: 'odd' }))
    for (let turn = 0; turn < 6; turn++) {
      expect(await states()).toEqual({ odd: turn ? 'waiting app.unexpected' : 'waiting' })
      await settle()
      clock.move(600_000)
    }
    expect(await states()).toEqual({ odd: 'parked app.unexpected' })
  })
})

test('events are forgotten when they are old, and one that comes again then changes nothing', async () => {
  const { shop, events, send, settle, states, stock } = await open()
  await send(adjusted('K', 1, { id: 'old', sequence: 1 }), adjusted('K', 2, { id: 'new', sequence: 2 }))
  await send(cloudEvent({ type: 'order.paid', id: 'order', data: {} }))
  await settle()
  clock.move(31 * 86_400_000)
  expect(await events.tidy(shop, 365, signal)).toBe(2)
  expect(await states()).toEqual({ order: 'unhandled' })
  expect(await send(adjusted('K', 1, { id: 'old', sequence: 1 }))).toMatchObject({ accepted: 1 })
  await settle()
  expect(await stock('K')).toMatchObject([{ available: 2, version: 1 }])
  expect(await events.tidy(shop, 30, signal)).toBe(1)
  expect(await states()).toEqual({ old: 'superseded' })
})

test('stock told in any order to several at once ends right', async () => {
  const told = fc.uniqueArray(
    fc.record({ sku: fc.constantFrom('K', 'L'), sequence: fc.nat(60), available: fc.nat(99) }),
    { minLength: 2, maxLength: 14, selector: ({ sku, sequence }) => `${sku} ${sequence}` },
  )
  await fc.assert(
    fc.asyncProperty(told, fc.infiniteStream(fc.nat(2)), async (all, turns) => {
      const { send, settle, stock } = await open()
      const batches: object[][] = [[], [], []]
      for (const { sku, sequence, available } of all)
        for (const turn of [turns.next().value, turns.next().value])
          batches[turn ?? 0]?.push(adjusted(sku, available, { sequence, id: `${sku}${sequence}` }))
      await Promise.all(batches.map((batch) => send(...batch).then(settle)))
      await settle()
      const right = ['K', 'L'].flatMap((sku) => {
        const newest = all.filter((one) => one.sku === sku).sort((one, other) => other.sequence - one.sequence)[0]
        return newest ? [{ sku, available: newest.available }] : []
      })
      expect((await stock('K', 'L')).map(({ sku, available }) => ({ sku, available }))).toEqual(right)
    }),
    { numRuns: 25 },
  )
})
