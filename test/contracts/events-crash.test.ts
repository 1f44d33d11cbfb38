import { expect, test } from 'vitest'
import { postgresInbox } from '#db/inbox/inbox.postgres.ts'
import { postgresStock } from '#db/inbox/stock.postgres.ts'
import { shopEvents } from '#ingest/events/events.ts'
import { systemClock } from '#telemetry/clock.ts'
import { cloudEvent, tent } from '../fixtures/event-builder.ts'
import { runUntil } from '../fixtures/killed-process.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
const SKUS = Array.from({ length: 24 }, (_, at) => `K-${at}`)

test('events whose process is killed again and again take effect once each', async () => {
  const bench = await knowledgeBench()
  const { database, shop, log, feed, connection } = bench
  try {
    const events = shopEvents(postgresInbox(database), systemClock(), log)
    const sent = SKUS.flatMap((sku, at) => [
      cloudEvent({ data: { sku, available: at } }),
      cloudEvent({ type: 'product.updated', data: tent({ id: `product/${sku}`, sku, title: `Tent ${at}` }) }),
    ])
    expect(await events.accept(shop, sent, signal)).toMatchObject({ accepted: 48 })
    const kills = ['uncommitted', 'committed', 'uncommitted', 'committed', 'uncommitted']
    for (const [turn, line] of kills.entries())
      expect(await runUntil('event-process.ts', [connection, shop], line, 1 + (turn % 3))).toBe(line)
    expect(await runUntil('event-process.ts', [connection, shop], 'done')).toBe('done')

    const { items } = await events.list(shop, { states: ['waiting', 'applied'], cursor: null, limit: 100 }, signal)
    expect(items.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(sent.map(() => 'applied 0'))
    const levels = await postgresStock(database).levels(shop, SKUS, signal)
    expect(levels.map(({ available, version }) => `${available} ${version}`).sort()).toEqual(
      SKUS.map((_, at) => `${at} 1`).sort(),
    )
    const { upserted } = await feed.since(shop, -1, null, signal)
    expect(upserted.map(({ sku, documentVersion }) => `${sku} ${documentVersion}`).sort()).toEqual(
      SKUS.map((sku) => `${sku} 1`).sort(),
    )
  } finally {
    await bench.close()
  }
}, 60_000)
