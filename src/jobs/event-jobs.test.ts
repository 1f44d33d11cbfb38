import { describe, expect, test } from 'vitest'
import type { Shop } from '#db/access/shops.port.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import { manualClock, settled } from '../../test/fakes/manual-clock.ts'
import { SILENT } from '../../test/fixtures/support-bench.ts'
import { eventJobs } from './event-jobs.ts'

const { signal } = new AbortController()

async function open(settle: (shop: ShopId) => Promise<number> = async () => 0) {
  const clock = manualClock()
  const settledShops: string[] = []
  const tidied: [string, number][] = []
  let knock: (payload: string | null) => void = () => {}
  const jobs = eventJobs({
    events: {
      async settle(shop) {
        settledShops.push(shop)
        return settle(shop)
      },
      async tidy(shop, retentionDays) {
        tidied.push([shop, retentionDays])
        return 0
      },
    },
    shops: { list: async () => ['a', 'b'].map((id) => ({ id: shopId(id), retentionDays: 90 }) as Shop) },
    notifications: {
      listen(channel, onKnock) {
        expect(channel).toBe('inbox')
        knock = onKnock
        return () => {
          knock = () => {}
        }
      },
    },
    clock: { ...clock, now: clock.now },
    log: SILENT,
  })
  await jobs.start(signal)
  await settled()
  return {
    clock,
    jobs,
    tidied,
    settledShops,
    async knock(payload: string | null) {
      knock(payload)
      await settled()
    },
  }
}

describe('event jobs', () => {
  test('take up what was left at a start, and look again from time to time', async () => {
    const { clock, jobs, settledShops, tidied } = await open()
    expect(settledShops).toEqual(['a', 'b'])
    await clock.advance(5_000)
    expect(settledShops).toEqual(['a', 'b', 'a', 'b'])
    expect(tidied).toEqual([
      ['a', 90],
      ['b', 90],
    ])
    await jobs.close(signal)
  })

  test('apply what a shop was sent at once, and everything after a knock that was missed', async () => {
    const { jobs, settledShops, knock } = await open()
    await knock('b')
    expect(settledShops.slice(2)).toEqual(['b'])
    await knock(null)
    expect(settledShops.slice(3)).toEqual(['a', 'b'])
    await jobs.close(signal)
    await knock('a')
    expect(settledShops).toHaveLength(5)
  })

  test('look at every shop although one keeps knocking', async () => {
    const { clock, jobs, settledShops, knock } = await open()
    for (let turn = 0; turn < 6; turn++) {
      await clock.advance(1_000)
      await knock('a')
    }
    expect(settledShops.filter((shop) => shop === 'b')).toHaveLength(2)
    await jobs.close(signal)
  })

  test('do the other shops when one fails, and that one again', async () => {
    let failing = true
    const { clock, jobs, settledShops } = await open(async (shop) => {
      if (failing && shop === 'a') throw new Error('away')
      return 1
    })
    expect(settledShops).toEqual(['a', 'b'])
    failing = false
    await clock.advance(5_000)
    expect(settledShops).toEqual(['a', 'b', 'a', 'b'])
    await jobs.close(signal)
  })
})
