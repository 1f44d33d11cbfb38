import type { Insertable } from 'kysely'
import { type Database, inShop } from '../database.ts'
import type { IdempotencyClaim, IdempotencyStore } from './idempotency.port.ts'
import type { AccessTables } from './tables.ts'

/** Idempotency keys in PostgreSQL: the primary key decides who does the work, so it holds across processes and restarts. */
export function postgresIdempotency(database: Database): IdempotencyStore {
  return {
    claim: (key, { fingerprint, at, runningUntil, expiresAt }, signal) =>
      inShop(database, key.shop, signal, async (transaction): Promise<IdempotencyClaim> => {
        const fresh: Insertable<AccessTables['idempotency_keys']> = {
          ...key,
          fingerprint,
          status: null,
          response: null,
          running_until: runningUntil,
          expires_at: expiresAt,
        }
        const inserted = await transaction
          .insertInto('idempotency_keys')
          .values(fresh)
          .onConflict((conflict) => conflict.columns(['shop', 'caller', 'proof']).doNothing())
          .returning('proof')
          .executeTakeFirst()
        if (inserted) return { outcome: 'yours' }
        const found = await transaction
          .selectFrom('idempotency_keys')
          .selectAll()
          .where('shop', '=', key.shop)
          .where('caller', '=', key.caller)
          .where('proof', '=', key.proof)
          .forUpdate()
          .executeTakeFirst()
        if (!found) return { outcome: 'running' }
        const expired = found.expires_at <= at
        if (!expired && found.fingerprint !== fingerprint) return { outcome: 'mismatch' }
        if (!expired && found.status !== null)
          return { outcome: 'done', status: found.status, response: found.response ?? new Uint8Array() }
        if (!expired && found.running_until > at) return { outcome: 'running' }
        await transaction
          .updateTable('idempotency_keys')
          .set(fresh)
          .where('shop', '=', key.shop)
          .where('caller', '=', key.caller)
          .where('proof', '=', key.proof)
          .execute()
        return { outcome: 'yours' }
      }),
    async renew(key, runningUntil, signal) {
      await inShop(database, key.shop, signal, (transaction) =>
        transaction
          .updateTable('idempotency_keys')
          .set({ running_until: runningUntil })
          .where('shop', '=', key.shop)
          .where('caller', '=', key.caller)
          .where('proof', '=', key.proof)
          .execute(),
      )
    },
    async finish(key, { status, response }, signal) {
      await inShop(database, key.shop, signal, (transaction) =>
        transaction
          .updateTable('idempotency_keys')
          .set({ status, response: Buffer.from(response) })
          .where('shop', '=', key.shop)
          .where('caller', '=', key.caller)
          .where('proof', '=', key.proof)
          .execute(),
      )
    },
    async drop(key, signal) {
      await inShop(database, key.shop, signal, (transaction) =>
        transaction
          .deleteFrom('idempotency_keys')
          .where('shop', '=', key.shop)
          .where('caller', '=', key.caller)
          .where('proof', '=', key.proof)
          .where('status', 'is', null)
          .execute(),
      )
    },
    async purge(shop, at, signal) {
      const { numDeletedRows } = await inShop(database, shop, signal, (transaction) =>
        transaction.deleteFrom('idempotency_keys').where('expires_at', '<', at).executeTakeFirst(),
      )
      return Number(numDeletedRows)
    },
  }
}
