import { describe, expect, test } from 'vitest'
import type { Notifications } from '#db/notifications.port.ts'
import type { ConversationId } from '#domain/ids.ts'
import { movableClock } from '../../test/fakes/movable-clock.ts'
import { conversationBells } from './bells.ts'

const here = 'cnv_here' as ConversationId
const FOREVER = 2_000_000

function knocking() {
  const knocks = new Set<(payload: string | null) => void>()
  const notifications: Notifications = {
    listen(_channel, onKnock) {
      knocks.add(onKnock)
      return () => knocks.delete(onKnock)
    },
    close: async () => {},
  }
  const knock = (payload: string | null) => {
    for (const onKnock of knocks) onKnock(payload)
  }
  return { bells: conversationBells(notifications, movableClock()), knock, knocks }
}

describe('a bell', () => {
  const { signal } = new AbortController()

  test('rings for its conversation, and not for others', async () => {
    const { bells } = knocking()
    const [mine, other] = [bells.listen(here), bells.listen('cnv_other' as ConversationId)]
    bells.ring(here)
    await mine.rung(FOREVER, signal)
    const leaving = new AbortController()
    const waiting = other.rung(FOREVER, leaving.signal)
    leaving.abort(new Error('not rung'))
    await expect(waiting).rejects.toThrow('not rung')
  })

  test('remembers a ring that came while nobody waited, once', async () => {
    const { bells } = knocking()
    const bell = bells.listen(here)
    bells.ring(here)
    bells.ring(here)
    await bell.rung(FOREVER, signal)
    const leaving = new AbortController()
    const second = bell.rung(FOREVER, leaving.signal)
    leaving.abort(new Error('silent'))
    await expect(second).rejects.toThrow('silent')
  })

  test('rings while somebody waits', async () => {
    const { bells } = knocking()
    const bell = bells.listen(here)
    const waiting = bell.rung(FOREVER, signal)
    bells.ring(here)
    await waiting
  })

  test('rings at a knock from another process, and all of them after the connection was away', async () => {
    const { bells, knock } = knocking()
    const bell = bells.listen(here)
    knock('shop-one:cnv_here')
    await bell.rung(FOREVER, signal)
    knock(null)
    await bell.rung(FOREVER, signal)
  })

  test('comes back by itself when nothing rings', async () => {
    const { bells } = knocking()
    await bells.listen(here).rung(1, signal)
  })

  test('is not listened to after closing', () => {
    const { bells, knocks } = knocking()
    bells.close()
    expect(knocks.size).toBe(0)
  })
})
