import { describe, expect, test } from 'vitest'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import type { IdempotencyStore } from '#db/access/idempotency.port.ts'
import type { PublicKeys } from '#db/access/public-keys.port.ts'
import type { Session, Sessions } from '#db/access/sessions.port.ts'
import type { ShopId } from '#domain/ids.ts'

export type AccessBench = {
  shop: ShopId
  other: ShopId
  apiKeys: ApiKeys
  publicKeys: PublicKeys
  sessions: Sessions
  idempotency: IdempotencyStore
}

const { signal } = new AbortController()
const noon = new Date('2026-03-04T12:00:00.000Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

/** What everything that knows who is calling must do; `open` gives each test a fresh one with two shops. */
export function accessContract(adapter: string, open: () => Promise<AccessBench>) {
  describe(`ApiKeys contract: ${adapter}`, () => {
    test('finds a key by the hash of its secret until it is revoked', async () => {
      const { apiKeys, shop, other } = await open()
      const key = { id: 'key_1', scope: 'ingest', name: 'nightly', proof: 'hash-1', createdAt: noon } as const
      await apiKeys.create(shop, key, signal)
      expect(await apiKeys.byProof('hash-1', signal)).toEqual({
        id: 'key_1',
        shop,
        scope: 'ingest',
        name: 'nightly',
        createdAt: noon,
        revokedAt: null,
      })
      expect(await apiKeys.byProof('hash-2', signal)).toBeNull()
      expect(await apiKeys.revoke(other, 'key_1', noon, signal)).toBe(false)
      expect(await apiKeys.revoke(shop, 'key_1', noon, signal)).toBe(true)
      expect(await apiKeys.revoke(shop, 'key_1', noon, signal)).toBe(false)
      expect(await apiKeys.byProof('hash-1', signal)).toBeNull()
      expect((await apiKeys.list(shop, signal)).map(({ revokedAt }) => revokedAt)).toEqual([noon])
      expect(await apiKeys.list(other, signal)).toEqual([])
    })
  })

  describe(`PublicKeys contract: ${adapter}`, () => {
    test('knows a shop by its key, and which origins it lets in', async () => {
      const { publicKeys, shop, other } = await open()
      await publicKeys.put(shop, 'hash-pk', { origins: ['https://old.example'], identitySecret: 'secret' }, signal)
      await publicKeys.put(
        shop,
        'hash-pk',
        { origins: ['https://a.example', 'https://b.example'], identitySecret: 'secret-2' },
        signal,
      )
      expect(await publicKeys.byProof('hash-pk', signal)).toEqual({
        shop,
        origins: ['https://a.example', 'https://b.example'],
        identitySecret: 'secret-2',
      })
      expect(await publicKeys.anyAllows('https://b.example', signal)).toBe(true)
      expect(await publicKeys.anyAllows('https://old.example', signal)).toBe(false)
      expect(await publicKeys.allows(shop, 'https://a.example', signal)).toBe(true)
      expect(await publicKeys.allows(other, 'https://a.example', signal)).toBe(false)
    })
  })

  describe(`Sessions contract: ${adapter}`, () => {
    test('gives a session back as it was made until it expires, and purges it then', async () => {
      const { sessions, shop } = await open()
      const session = {
        id: 'ses_1',
        shop,
        customer: null,
        locale: 'de',
        region: 'EU',
        channel: 'app',
        unlockedOrders: [],
        consent: null,
        createdAt: noon,
        expiresAt: later(60),
      } satisfies Session
      await sessions.create(session, 'hash-ses', signal)
      expect(await sessions.byProof('hash-ses', noon, signal)).toEqual(session)
      expect(await sessions.byProof('hash-other', noon, signal)).toBeNull()
      expect(await sessions.byProof('hash-ses', later(60), signal)).toBeNull()
      expect(await sessions.purge(shop, later(60), signal)).toBe(0)
      expect(await sessions.purge(shop, later(61), signal)).toBe(1)
    })
  })

  describe(`IdempotencyStore contract: ${adapter}`, () => {
    const attempt = (fingerprint = 'f', at = noon) => ({
      fingerprint,
      at,
      runningUntil: new Date(at.getTime() + 10_000),
      expiresAt: new Date(at.getTime() + 86_400_000),
    })
    const keyOf = (shop: ShopId) => ({ shop, caller: 'key_1', proof: 'hash' })

    test('gives the work to one of many at once', async () => {
      const { idempotency, shop } = await open()
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => idempotency.claim(keyOf(shop), attempt(), signal)),
      )
      expect(claims.map(({ outcome }) => outcome).toSorted()).toEqual([...Array(7).fill('running'), 'yours'])
    })

    test('gives the stored response, and a mismatch to another request', async () => {
      const { idempotency, shop } = await open()
      await idempotency.claim(keyOf(shop), attempt(), signal)
      await idempotency.finish(keyOf(shop), { status: 201, response: new TextEncoder().encode('done') }, signal)
      const claim = await idempotency.claim(keyOf(shop), attempt(), signal)
      expect(claim).toMatchObject({ outcome: 'done', status: 201 })
      expect(claim.outcome === 'done' && new TextDecoder().decode(claim.response)).toBe('done')
      expect((await idempotency.claim(keyOf(shop), attempt('other'), signal)).outcome).toBe('mismatch')
      expect((await idempotency.claim({ ...keyOf(shop), caller: 'key_2' }, attempt('other'), signal)).outcome).toBe(
        'yours',
      )
    })

    test('gives the work on when the first is dead, dropped or expired, and not while it says it lives', async () => {
      const { idempotency, shop } = await open()
      const claimAt = async (seconds: number) =>
        (await idempotency.claim(keyOf(shop), attempt('f', later(seconds)), signal)).outcome
      expect(await claimAt(0)).toBe('yours')
      await idempotency.renew(keyOf(shop), later(20), signal)
      expect(await claimAt(15)).toBe('running')
      expect(await claimAt(20)).toBe('yours')
      await idempotency.drop(keyOf(shop), signal)
      expect(await claimAt(21)).toBe('yours')
      await idempotency.finish(keyOf(shop), { status: 200, response: new Uint8Array() }, signal)
      await idempotency.drop(keyOf(shop), signal)
      expect(await claimAt(22)).toBe('done')
      expect(await claimAt(86_400 + 21)).toBe('yours')
      expect(await idempotency.purge(shop, later(3 * 86_400), signal)).toBe(1)
    })
  })
}
