import type { ApiKey, ApiKeys } from '#db/access/api-keys.port.ts'
import type { KeyId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** A key found in the database is believed this long (ms): programs send many requests with one key, and looking it up costs as much as a search. */
const BELIEVED_MS = 1_000
const MOST_REMEMBERED = 1_000

/**
 * `keys`, of which one just found is not looked up again for a second. A key revoked here is refused at once; one revoked by
 * another process on the same database within that second. What is not a key is looked up every time.
 */
export function rememberedKeys(keys: ApiKeys, clock: Clock): ApiKeys {
  const known = new Map<string, { key: ApiKey; until: number }>()
  /** Counts revocations, so that a look-up under way when one happens is not remembered. */
  let revoked = 0

  function forget(id: KeyId): void {
    revoked += 1
    for (const [proof, { key }] of known) if (key.id === id) known.delete(proof)
  }

  return {
    ...keys,
    async byProof(proof, signal) {
      const before = known.get(proof)
      if (before && before.until > clock.elapsed()) return before.key
      known.delete(proof)
      const asOf = revoked
      const began = clock.elapsed()
      const key = await keys.byProof(proof, signal)
      if (key && revoked === asOf) {
        if (known.size >= MOST_REMEMBERED) known.clear()
        known.set(proof, { key, until: began + BELIEVED_MS })
      }
      return key
    },
    async revoke(shop, id, at, signal) {
      // Before, for whoever comes meanwhile, and after, for whoever was being looked up.
      forget(id)
      try {
        return await keys.revoke(shop, id, at, signal)
      } finally {
        forget(id)
      }
    },
  }
}
