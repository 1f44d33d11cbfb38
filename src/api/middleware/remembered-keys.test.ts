import { expect, test } from 'vitest'
import type { ApiKey, ApiKeys } from '#db/access/api-keys.port.ts'
import { type KeyId, shopId } from '#domain/ids.ts'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { rememberedKeys } from './remembered-keys.ts'

const { signal } = new AbortController()
const AT = new Date('2026-01-01T00:00:00Z')
const SHOP = shopId('one')
const KEY: ApiKey = { id: 'key_1' as KeyId, shop: SHOP, scope: 'read', name: 'till', createdAt: AT, revokedAt: null }

/** One key, how often it was looked up, and a look-up that can be held up. */
function store() {
  const state = { inForce: true, asked: 0, held: Promise.resolve() }
  const keys: ApiKeys = {
    async byProof(proof) {
      state.asked += 1
      const found = state.inForce && proof === 'good' ? KEY : null
      await state.held
      return found
    },
    create: async () => {},
    async revoke() {
      state.inForce = false
      return true
    },
    list: async () => [KEY],
  }
  return { state, keys }
}

test('a key is looked up once a second, however many requests carry it', async () => {
  const clock = manualClock()
  const { state, keys } = store()
  const remembered = rememberedKeys(keys, clock)
  for (let request = 0; request < 5; request += 1) expect(await remembered.byProof('good', signal)).toBe(KEY)
  expect(state.asked).toBe(1)
  await clock.advance(999)
  await remembered.byProof('good', signal)
  expect(state.asked).toBe(1)
  await clock.advance(1)
  await remembered.byProof('good', signal)
  expect(state.asked).toBe(2)
})

test('a key revoked elsewhere is refused when the second is over', async () => {
  const clock = manualClock()
  const { state, keys } = store()
  const remembered = rememberedKeys(keys, clock)
  await remembered.byProof('good', signal)
  state.inForce = false
  await clock.advance(1_000)
  expect(await remembered.byProof('good', signal)).toBeNull()
})

test('a key revoked here is refused at once', async () => {
  const { keys } = store()
  const remembered = rememberedKeys(keys, manualClock())
  await remembered.byProof('good', signal)
  await remembered.revoke(SHOP, KEY.id, AT, signal)
  expect(await remembered.byProof('good', signal)).toBeNull()
})

test('a key revoked while it was being looked up is not remembered', async () => {
  const { state, keys } = store()
  const remembered = rememberedKeys(keys, manualClock())
  const held = Promise.withResolvers<void>()
  state.held = held.promise
  const first = remembered.byProof('good', signal)
  await remembered.revoke(SHOP, KEY.id, AT, signal)
  held.resolve()
  await first
  expect(await remembered.byProof('good', signal)).toBeNull()
})

test('what is no key is looked up every time, since it may become one', async () => {
  const { state, keys } = store()
  const remembered = rememberedKeys(keys, manualClock())
  expect(await remembered.byProof('bad', signal)).toBeNull()
  expect(await remembered.byProof('bad', signal)).toBeNull()
  expect(state.asked).toBe(2)
})
