import { expect, test } from 'vitest'
import { postgresSandboxEvents } from '#db/commerce/sandbox-events.postgres.ts'
import { runUntil } from '../fixtures/killed-process.ts'
import { sentOrder } from '../fixtures/order-builder.ts'
import { sandboxBench } from '../fixtures/sandbox-bench.ts'

const KEYS = 20

test('changes whose sender is killed again and again happen once a key, each with its event', async () => {
  const bench = await sandboxBench()
  try {
    const { signal, id, files, connection, database } = bench
    const shop = await bench.shopWith([sentOrder()])
    const kills = ['sending', 'sent', 'sending', 'sending', 'sent']
    for (const [turn, line] of kills.entries())
      expect(await runUntil('sandbox-process.ts', [connection, shop, KEYS], line, 1 + turn * 3)).toBe(line)
    expect(await runUntil('sandbox-process.ts', [connection, shop, KEYS], 'done')).toBe('done')
    const found = await files.file(shop, id, signal)
    expect(found?.file.payment).toMatchObject({ refunding: KEYS })
    expect(found?.file.payment?.refunds).toHaveLength(KEYS)
    expect(found?.file.parcels).toHaveLength(2)
    const told = await postgresSandboxEvents(database).pending(shop, 200, signal)
    expect(told.filter(({ type }) => type === 'refund.created')).toHaveLength(KEYS)
  } finally {
    await bench.close()
  }
}, 60_000)
