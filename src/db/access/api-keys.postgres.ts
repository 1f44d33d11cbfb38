import { type KeyId, shopId } from '#domain/ids.ts'
import { type Database, inShop, withProof } from '../database.ts'
import type { ApiKey, ApiKeys } from './api-keys.port.ts'
import type { AccessTables } from './tables.ts'

/** API keys in PostgreSQL, behind row-level security: a key is found by its shop or by whoever shows its hash. */
export function postgresApiKeys(database: Database): ApiKeys {
  return {
    async byProof(proof, signal) {
      const row = await withProof(database, proof, signal, (transaction) =>
        transaction
          .selectFrom('api_keys')
          .selectAll()
          .where('proof', '=', proof)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      )
      return row ? read(row) : null
    },
    async create(shop, { id, scope, name, proof, createdAt }, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .insertInto('api_keys')
          .values({ id, shop, scope, name, proof, created_at: createdAt, revoked_at: null })
          .execute(),
      )
    },
    async revoke(shop, id, at, signal) {
      const rows = await inShop(database, shop, signal, (transaction) =>
        transaction
          .updateTable('api_keys')
          .set({ revoked_at: at })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .returning('id')
          .execute(),
      )
      return rows.length > 0
    },
    async list(shop, signal) {
      const rows = await inShop(database, shop, signal, (transaction) =>
        transaction.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute(),
      )
      return rows.map(read)
    },
  }
}

function read(row: AccessTables['api_keys']): ApiKey {
  return {
    id: row.id as KeyId,
    shop: shopId(row.shop),
    scope: row.scope,
    name: row.name,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  }
}
