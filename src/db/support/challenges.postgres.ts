import { sql } from 'kysely'
import { orderId } from '#domain/ids.ts'
import { type Database, inShop } from '../database.ts'
import type { ChallengeStore } from './challenges.port.ts'

/** Identity challenges in PostgreSQL. An attempt is counted before its code is compared, so guessing in parallel gains nothing. */
export function postgresChallenges(database: Database): ChallengeStore {
  return {
    async create({ id, shop, session, order, salt, at, expiresAt }, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .insertInto('identity_challenges')
          .values({
            id,
            shop,
            session,
            order_id: order,
            salt,
            code_hash: null,
            solved_at: null,
            created_at: at,
            expires_at: expiresAt,
          })
          .execute(),
      )
    },
    async arm(shop, id, { order, codeHash }, signal) {
      const { numUpdatedRows } = await inShop(database, shop, signal, (transaction) =>
        transaction
          .updateTable('identity_challenges')
          .set({ order_id: order, code_hash: codeHash })
          .where('id', '=', id)
          .executeTakeFirst(),
      )
      return numUpdatedRows > 0n
    },
    async attempt(shop, session, id, { at, attempts }, signal) {
      const row = await inShop(database, shop, signal, (transaction) =>
        transaction
          .updateTable('identity_challenges')
          .set((column) => ({ attempts: column('attempts', '+', 1) }))
          .where('id', '=', id)
          .where('session', '=', session)
          .where('expires_at', '>', at)
          .where('solved_at', 'is', null)
          .where('attempts', '<', attempts)
          .returning(['order_id', 'salt', 'code_hash'])
          .executeTakeFirst(),
      )
      return row ? { order: orderId(row.order_id), salt: row.salt, codeHash: row.code_hash } : null
    },
    solve: (shop, session, id, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const solved = await transaction
          .updateTable('identity_challenges')
          .set({ solved_at: at })
          .where('id', '=', id)
          .where('session', '=', session)
          .where('solved_at', 'is', null)
          .returning('order_id')
          .executeTakeFirst()
        if (!solved) return false
        await transaction
          .updateTable('sessions')
          .set({
            unlocked_orders: sql<
              string[]
            >`array_append(array_remove(unlocked_orders, ${solved.order_id}), ${solved.order_id})`,
          })
          .where('id', '=', session)
          .execute()
        return true
      }),
    async purge(shop, at, signal) {
      const { numDeletedRows } = await inShop(database, shop, signal, (transaction) =>
        transaction.deleteFrom('identity_challenges').where('expires_at', '<', at).executeTakeFirst(),
      )
      return Number(numDeletedRows)
    },
  }
}
