import { sql } from 'kysely'
import type { OperatorSessionId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop, withProof } from '../../database.ts'
import type { OperatorSessions } from './operator-sessions.port.ts'
import { readOperator } from './operators.postgres.ts'

/** How much a session must gain to be worth a write: every request of an open console would be one otherwise. */
const WORTH_MS = 5 * 60_000

/** Operators' sessions in PostgreSQL: row-level security shows the one row whose secret is shown, and its shop from then on. */
export function postgresOperatorSessions(database: Database): OperatorSessions {
  return {
    open: (code, { id, proof, createdAt, expiresAt, endsAt }, signal) =>
      withProof(database, code, signal, async (transaction) => {
        const found = await transaction
          .selectFrom('operator_codes')
          .select(['shop', 'operator'])
          .where('proof', '=', code)
          .executeTakeFirst()
        if (!found) return null
        await enter(transaction, found.shop)
        // The operator first, as everywhere; of many who show one code, one after the other gets here.
        const operator = await transaction
          .selectFrom('operators')
          .select('id')
          .where('id', '=', found.operator)
          .forNoKeyUpdate()
          .executeTakeFirst()
        const used = await transaction
          .deleteFrom('operator_codes')
          .where('proof', '=', code)
          .where('expires_at', '>', createdAt)
          .returning('proof')
          .executeTakeFirst()
        if (!operator || !used) return null
        await transaction
          .insertInto('operator_sessions')
          .values({
            ...{ id, shop: found.shop, operator: operator.id, proof },
            ...{ created_at: createdAt, expires_at: expiresAt, ends_at: endsAt },
          })
          .execute()
        const row = await transaction
          .updateTable('operators')
          .set({ last_sign_in_at: createdAt })
          .where('id', '=', operator.id)
          .returningAll()
          .executeTakeFirstOrThrow()
        return { id, operator: readOperator(row), createdAt, expiresAt, endsAt }
      }),
    touch: (proof, at, idleUntil, signal) =>
      withProof(database, proof, signal, async (transaction) => {
        const session = await transaction
          .selectFrom('operator_sessions')
          .selectAll()
          .where('proof', '=', proof)
          .where('expires_at', '>', at)
          .executeTakeFirst()
        if (!session) return null
        await enter(transaction, session.shop)
        const operator = await transaction
          .selectFrom('operators')
          .selectAll()
          .where('id', '=', session.operator)
          .executeTakeFirst()
        if (!operator) return null
        const until = idleUntil < session.ends_at ? idleUntil : session.ends_at
        const gains = until.getTime() - session.expires_at.getTime() >= WORTH_MS
        if (gains)
          await transaction
            .updateTable('operator_sessions')
            .set({ expires_at: until })
            .where('id', '=', session.id)
            .where('expires_at', '<', until)
            .execute()
        return {
          id: session.id as OperatorSessionId,
          operator: readOperator(operator),
          createdAt: session.created_at,
          expiresAt: gains ? until : session.expires_at,
          endsAt: session.ends_at,
        }
      }),
    isInForce: (shop, id, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const found = await transaction
          .selectFrom('operator_sessions')
          .select('id')
          .where('id', '=', id)
          .where('expires_at', '>', at)
          .executeTakeFirst()
        return found !== undefined
      }),
    end: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('operator_sessions')
          .where('id', '=', id)
          .executeTakeFirst()
        return numDeletedRows > 0n
      }),
    purge: (shop, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const sessions = await transaction
          .deleteFrom('operator_sessions')
          .where('expires_at', '<', at)
          .executeTakeFirst()
        const codes = await transaction.deleteFrom('operator_codes').where('expires_at', '<', at).executeTakeFirst()
        return Number(sessions.numDeletedRows + codes.numDeletedRows)
      }),
  }
}

/** From here on the transaction sees that shop's rows as well. */
async function enter(transaction: DatabaseTransaction, shop: string): Promise<void> {
  await sql`select set_config('app.shop', ${shop}, true)`.execute(transaction)
}
