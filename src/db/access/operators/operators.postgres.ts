import { type OperatorId, shopId } from '#domain/ids.ts'
import { type Database, inShop } from '../../database.ts'
import { releaseAll } from '../../desk/handoff-moves.ts'
import type { AccessTables } from '../tables.ts'
import type { Operator, Operators } from './operators.port.ts'

/** Operators in PostgreSQL. Every write locks the operator before its codes and sessions, so that no two can wait for each other. */
export function postgresOperators(database: Database): Operators {
  return {
    add: (shop, { id, name, role, createdAt }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .insertInto('operators')
          .values({ id, shop, name, role, owner: false, created_at: createdAt, last_sign_in_at: null })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst()
        return row ? { outcome: 'added', operator: readOperator(row) } : { outcome: 'name_taken' }
      }),
    ensureOwner: (shop, { id, name, createdAt }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const admins = await transaction.selectFrom('operators').select('owner').where('role', '=', 'admin').execute()
        if (admins.length === 0)
          await transaction
            .insertInto('operators')
            .values({ id, shop, name, role: 'admin', owner: true, created_at: createdAt, last_sign_in_at: null })
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        const owner = await transaction.selectFrom('operators').selectAll().where('owner', '=', true).executeTakeFirst()
        return owner ? readOperator(owner) : null
      }),
    list: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction.selectFrom('operators').selectAll().orderBy('created_at').orderBy('id').execute()
        return rows.map(readOperator)
      }),
    remove: (shop, id, removal, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        // All admins are locked, in one order: of two who remove each other the second finds itself the last.
        const admins = await transaction
          .selectFrom('operators')
          .select('id')
          .where('role', '=', 'admin')
          .orderBy('id')
          .forUpdate()
          .execute()
        if (admins.length === 1 && admins[0]?.id === id) return { outcome: 'last_admin' }
        const { numDeletedRows } = await transaction.deleteFrom('operators').where('id', '=', id).executeTakeFirst()
        if (numDeletedRows === 0n) return { outcome: 'unknown_operator' }
        // Afterwards: whoever was claiming is through by now, and nobody claims as them any more.
        await releaseAll(transaction, shop, id, removal)
        return { outcome: 'removed' }
      }),
    issueCode: (shop, id, { proof, expiresAt }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const operator = await transaction
          .selectFrom('operators')
          .select('id')
          .where('id', '=', id)
          .forNoKeyUpdate()
          .executeTakeFirst()
        if (!operator) return false
        await transaction.deleteFrom('operator_codes').where('operator', '=', id).execute()
        await transaction
          .insertInto('operator_codes')
          .values({ proof, shop, operator: id, expires_at: expiresAt })
          .execute()
        return true
      }),
  }
}

/** A stored row as the port's type. */
export function readOperator(row: AccessTables['operators']): Operator {
  return {
    id: row.id as OperatorId,
    shop: shopId(row.shop),
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
  }
}
