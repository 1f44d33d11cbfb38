import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { documentId, type ShopId, shopId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'
import { prepareDocument } from './prepare-document.ts'
import { type VectorBackfillParts, vectorBackfill } from './vector-backfill.ts'

const { signal } = new AbortController()
const clock = systemClock()
const MODEL = 'model-1'
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let shops = 0
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

/** A backfill of one shop's content with an embedder that writes down what it was asked; `refuse` throws where it likes. */
async function open(
  refuse: (text: string) => void = () => {},
  known?: ShopId,
  instead: Partial<VectorBackfillParts> = {},
) {
  const shop = known ?? shopId(`shop-${++shops}`)
  if (!known) await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const { vectors, log, database } = bench
  const asked: string[] = []
  const knocks: (() => void)[] = []
  const ready: { count: number; resolve: () => void }[] = []
  const embedder = {
    model: MODEL,
    async embed(text: string, priority: string, running: AbortSignal) {
      running.throwIfAborted()
      expect(priority).toBe('background')
      asked.push(text)
      for (const { count, resolve } of ready) if (asked.length >= count) resolve()
      refuse(text)
      return Float32Array.of(1, 0)
    },
  }
  const notifications: Pick<Notifications, 'listen'> = {
    listen(_channel, onKnock) {
      knocks.push(() => onKnock(shop))
      return () => {}
    },
  }
  const parts = {
    feed: { shops: async () => [shop] },
    vectors,
    embedder,
    notifications,
    leases: postgresLeases(database, clock),
    clock,
    ids: randomIds(clock),
    log,
  }
  const backfill = vectorBackfill({ ...parts, ...instead })
  const put = (...texts: string[]) =>
    bench.documents.putAll(
      shop,
      's',
      texts.map((text) => prepareDocument({ id: documentId(text), kind: 'faq', title: 'Q?', text })),
      signal,
    )
  return {
    shop,
    backfill,
    asked,
    put,
    knock: () =>
      knocks.forEach((onKnock) => {
        onKnock()
      }),
    askedFor: (count: number) =>
      new Promise<void>((resolve) => (asked.length >= count ? resolve() : ready.push({ count, resolve }))),
    progress: () => vectors.progress(shop, MODEL, signal),
  }
}

describe('the vector backfill', () => {
  test('makes each missing vector once, equal contents together', async () => {
    const { shop, backfill, put, asked, progress } = await open()
    await put(...Array.from({ length: 70 }, (_, at) => `Text ${at}.`))
    await bench.documents.putAll(
      shop,
      's',
      [prepareDocument({ id: documentId('again'), kind: 'faq', title: 'Q?', text: 'Text 1.' })],
      signal,
    )
    expect(await backfill.fill(shop, signal)).toBe(70)
    expect(new Set(asked).size).toBe(70)
    expect(await progress()).toEqual({ done: 70, total: 70 })
    expect(await backfill.fill(shop, signal)).toBe(0)
    expect(asked).toHaveLength(70)
    await backfill.close(signal)
  })

  test('makes equal contents once that are a page apart, however late what is made is stored', async () => {
    const { vectors } = bench
    const late: typeof vectors = {
      ...vectors,
      async put(...given) {
        await new Promise((done) => setImmediate(done))
        return vectors.put(...given)
      },
    }
    const { shop, backfill, put, asked } = await open(() => {}, undefined, { vectors: late })
    await put(...Array.from({ length: 959 }, (_, at) => `Text ${at}.`))
    for (const [id, text] of [
      ['first', 'The same.'],
      ['second', 'Another.'],
      ['third', 'The same.'],
    ] as const) {
      const document = { id: documentId(id), kind: 'faq', title: 'Q?', text } as const
      await bench.documents.putAll(shop, 's', [prepareDocument(document)], signal)
    }
    expect(await backfill.fill(shop, signal)).toBe(961)
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('goes on where a crash left it', async () => {
    let left = 40
    const crashed = await open(() => {
      if (left-- <= 0) throw new Error('killed')
    })
    await crashed.put(...Array.from({ length: 100 }, (_, at) => `Text ${at}.`))
    await expect(crashed.backfill.fill(crashed.shop, signal)).rejects.toThrow('killed')
    const { done } = await crashed.progress()
    expect(done).toBeGreaterThan(0)
    const next = await open(undefined, crashed.shop)
    expect(await next.backfill.fill(next.shop, signal)).toBe(100 - done)
    expect(await next.progress()).toEqual({ done: 100, total: 100 })
  })

  test('leaves a content out that cannot be encoded, and makes the others', async () => {
    const { shop, backfill, put, asked, progress } = await open((text) => {
      if (text.includes('poison')) throw new Error('no such token')
    })
    await put('Text 1.', 'poison', 'Text 2.')
    expect(await backfill.fill(shop, signal)).toBe(2)
    expect(await progress()).toEqual({ done: 2, total: 3 })
    expect(await backfill.fill(shop, signal)).toBe(0)
    expect(asked).toHaveLength(3)
  })

  test('starts at once, and again after a knock', async () => {
    const { backfill, put, askedFor, knock, asked } = await open()
    await put('Text 1.')
    backfill.start()
    await askedFor(1)
    await put('Text 2.')
    knock()
    await askedFor(2)
    await backfill.close(signal)
    expect(asked.map((text) => text.split('\n').at(-1))).toEqual(['Text 1.', 'Text 2.'])
  })

  test('makes nothing while another process does', async () => {
    const { shop, backfill, put, asked } = await open()
    await put('Text 1.')
    const leases = postgresLeases(bench.database, clock)
    const soon = new Date(clock.now().getTime() + 60_000)
    expect(await leases.hold(shop, 'vectors', 'another', soon, signal)).toBe(true)
    expect(await backfill.fill(shop, signal)).toBe(0)
    expect(asked).toEqual([])
    expect(await leases.hold(shop, 'vectors', 'another', clock.now(), signal)).toBe(true)
    expect(await backfill.fill(shop, signal)).toBe(1)
  })

  test('stops when its lease went to another process', async () => {
    const leases = postgresLeases(bench.database, clock)
    const taken = { ...leases, hold: async () => ++asks === 1 }
    let asks = 0
    let calls = 0
    const later = { ...clock, now: () => new Date(15_000 * ++calls) }
    const { shop, backfill, put, progress } = await open(undefined, undefined, { leases: taken, clock: later })
    await put(...Array.from({ length: 100 }, (_, at) => `Text ${at}.`))
    await backfill.fill(shop, signal)
    expect(asks).toBeGreaterThan(1)
    expect((await progress()).done).toBeLessThan(100)
  })

  test('stops when it closes, with what it made stored', async () => {
    const stopping = new AbortController()
    let left = 97
    const { shop, backfill, put, progress } = await open(() => {
      if (--left === 0) stopping.abort(new Error('stop'))
    })
    await put(...Array.from({ length: 100 }, (_, at) => `Text ${at}.`))
    await expect(backfill.fill(shop, stopping.signal)).rejects.toThrow('stop')
    expect(await progress()).toEqual({ done: 96, total: 100 })
  })

  test('waits while rows are imported, and goes on when they are in', async () => {
    let importing = true
    const waited = Promise.withResolvers<void>()
    const { backfill, put, asked, askedFor } = await open(() => {}, undefined, {
      importing: async () => {
        waited.resolve()
        return importing
      },
    })
    await put('One.', 'Two.')
    backfill.start()
    await waited.promise
    expect(asked).toEqual([])
    importing = false
    await askedFor(2)
    await backfill.close(signal)
    expect(asked).toHaveLength(2)
  })

  test('leaves off when an import begins', async () => {
    let batches = 0
    const { backfill, put, shop, progress } = await open(() => {}, undefined, { importing: async () => ++batches > 2 })
    await put(...Array.from({ length: 200 }, (_, at) => `Text ${at}.`))
    expect(await backfill.fill(shop, signal)).toBe(192)
    expect(await progress()).toEqual({ done: 192, total: 200 })
  })

  test('tells how fast vectors are made and how long what is left takes, while it makes some', async () => {
    const { backfill, put, shop } = await open()
    await put(...Array.from({ length: 40 }, (_, at) => `Text ${at}.`))
    expect(await backfill.progress(shop, signal)).toEqual({
      done: 0,
      total: 40,
      perSecond: null,
      remainingSeconds: null,
    })
    await backfill.fill(shop, signal)
    expect(await backfill.progress(shop, signal)).toEqual({
      done: 40,
      total: 40,
      perSecond: null,
      remainingSeconds: null,
    })
    await put('One more.')
    const { done, total, perSecond, remainingSeconds } = await backfill.progress(shop, signal)
    expect([done, total]).toEqual([40, 41])
    expect(perSecond).toBeGreaterThan(0)
    expect(remainingSeconds).toBe(1)
  })
})
