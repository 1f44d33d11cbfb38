import { sql } from 'kysely'
import { shopId } from '#domain/ids.ts'
import { type Database, inShop, withProof } from '../database.ts'
import type { PublicKeys } from './public-keys.port.ts'

/** Public keys in PostgreSQL. Row-level security shows a row to its shop, to whoever shows the key's hash, and (reading only) by an origin it lists. */
export function postgresPublicKeys(database: Database): PublicKeys {
  return {
    async byProof(proof, signal) {
      const row = await withProof(database, proof, signal, (transaction) =>
        transaction.selectFrom('public_keys').selectAll().where('proof', '=', proof).executeTakeFirst(),
      )
      return row ? { shop: shopId(row.shop), origins: row.origins, identitySecret: row.identity_secret } : null
    },
    async put(shop, proof, { origins, identitySecret }, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .insertInto('public_keys')
          .values({ shop, proof, origins, identity_secret: identitySecret })
          .onConflict((conflict) => conflict.column('proof').doUpdateSet({ origins, identity_secret: identitySecret }))
          .execute(),
      )
    },
    async anyAllows(origin, signal) {
      const row = await withProof(database, origin, signal, (transaction) =>
        transaction
          .selectFrom('public_keys')
          .select('shop')
          .where(sql<boolean>`${origin} = any (origins)`)
          .limit(1)
          .executeTakeFirst(),
      )
      return row !== undefined
    },
    async allows(shop, origin, signal) {
      const row = await inShop(database, shop, signal, (transaction) =>
        transaction
          .selectFrom('public_keys')
          .select('shop')
          .where('shop', '=', shop)
          .where(sql<boolean>`${origin} = any (origins)`)
          .limit(1)
          .executeTakeFirst(),
      )
      return row !== undefined
    },
  }
}
