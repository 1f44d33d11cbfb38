import { sql } from 'kysely'
import { customerId, orderId, type SessionId, shopId } from '#domain/ids.ts'
import { type Database, inShop, withProof } from '../database.ts'
import type { Session, Sessions } from './sessions.port.ts'
import type { AccessTables } from './tables.ts'

/** Sessions in PostgreSQL, found by the hash of their token. */
export function postgresSessions(database: Database): Sessions {
  return {
    async create(session, proof, signal) {
      await inShop(database, session.shop, signal, (transaction) =>
        transaction
          .insertInto('sessions')
          .values({
            id: session.id,
            shop: session.shop,
            proof,
            customer_id: session.customer?.id ?? null,
            customer_name: session.customer?.name ?? null,
            customer_email: session.customer?.email ?? null,
            locale: session.locale,
            region: session.region,
            channel: session.channel,
            unlocked_orders: session.unlockedOrders,
            consent_version: session.consent?.version ?? null,
            consent_at: session.consent?.at ?? null,
            created_at: session.createdAt,
            expires_at: session.expiresAt,
          })
          .execute(),
      )
    },
    async byProof(proof, at, signal) {
      const row = await withProof(database, proof, signal, (transaction) =>
        transaction
          .selectFrom('sessions')
          .selectAll()
          .where('proof', '=', proof)
          .where('expires_at', '>', at)
          .executeTakeFirst(),
      )
      return row ? readSession(row) : null
    },
    async purge(shop, at, signal) {
      return inShop(database, shop, signal, async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('sessions')
          .where('expires_at', '<', at)
          .where((where) =>
            where.or([
              where('consent_version', 'is', null),
              where.not(
                where.exists(
                  where
                    .selectFrom('conversations')
                    .select('id')
                    .whereRef('conversations.session', '=', 'sessions.id')
                    .where('erased_at', 'is', null),
                ),
              ),
            ]),
          )
          .executeTakeFirst()
        await transaction
          .updateTable('sessions')
          .set({ customer_name: null, customer_email: null, unlocked_orders: [] })
          .where('expires_at', '<', at)
          .where((where) =>
            where.or([
              where('customer_name', 'is not', null),
              where('customer_email', 'is not', null),
              where('unlocked_orders', '<>', sql<string[]>`'{}'`),
            ]),
          )
          .execute()
        return Number(numDeletedRows)
      })
    },
  }
}

function readSession(row: Omit<AccessTables['sessions'], 'unlocked_orders'> & { unlocked_orders: string[] }): Session {
  return {
    id: row.id as SessionId,
    shop: shopId(row.shop),
    customer:
      row.customer_id === null
        ? null
        : { id: customerId(row.customer_id), name: row.customer_name, email: row.customer_email },
    locale: row.locale,
    region: row.region,
    channel: row.channel,
    unlockedOrders: row.unlocked_orders.map(orderId),
    consent:
      row.consent_version === null || row.consent_at === null
        ? null
        : { version: row.consent_version, at: row.consent_at },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
