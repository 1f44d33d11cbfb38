import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { AccessTables } from './access/tables.ts'
import type { ApprovalTables } from './approvals/tables.ts'
import { CalmClient } from './calm-client.ts'
import type { CommerceTables } from './commerce/tables.ts'
import type { DeskTables } from './desk/tables.ts'
import type { FindingTables } from './findings/tables.ts'
import type { InboxTables } from './inbox/tables.ts'
import type { KnowledgeTables } from './knowledge/tables.ts'
import type { SourceTables } from './sources/tables.ts'
import type { SupportTables } from './support/tables.ts'

export type Tables = AccessTables &
  CommerceTables &
  KnowledgeTables &
  SupportTables &
  DeskTables &
  InboxTables &
  SourceTables &
  FindingTables &
  ApprovalTables
export type Database = Kysely<Tables>
export type DatabaseTransaction = Transaction<Tables>

/** The role requests run as: it owns nothing, and row-level security applies to it. Made by migration 0001. */
export const APP_ROLE = 'purser_app'

/** A pool whose connections act as the application's role. Close it with `destroy()`. */
export function openDatabase(connection: PoolConfig, max: number, log: Log): Database {
  const pool = new Pool({
    ...connection,
    Client: CalmClient,
    max,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    options: `-c role=${APP_ROLE} -c idle_in_transaction_session_timeout=60000`,
  })
  // A dying server ends idle connections; without a listener pg would end this process with them.
  pool.on('error', (error) => log.warn({ problem: error.message }, 'idle database connection lost'))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Runs `work` in one transaction that sees the rows of `shop` only. Rolls back when `work` throws.
 * Throws Fault retryable `db.connection.lost` when the server went away, and the signal's reason when aborted before it began.
 */
export async function inShop<Result>(
  database: Database,
  shop: ShopId,
  signal: AbortSignal,
  work: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  return inScope(database, 'app.shop', shop, signal, work)
}

/** The same for a caller who shows a secret before the shop is known: only the row whose stored hash is `hash` is seen. */
export async function withProof<Result>(
  database: Database,
  hash: string,
  signal: AbortSignal,
  work: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  return inScope(database, 'app.proof', hash, signal, work)
}

async function inScope<Result>(
  database: Database,
  setting: 'app.shop' | 'app.proof',
  value: string,
  signal: AbortSignal,
  work: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  try {
    return await database.transaction().execute(async (transaction) => {
      await sql`select set_config(${setting}, ${value}, true)`.execute(transaction)
      return work(transaction)
    })
  } catch (error) {
    throw asDatabaseFault(error)
  }
}

/** SQLSTATE classes 08 (connection) and 57P (operator intervention), and Node's own socket errors: the server may be back soon. */
const GONE = /^(08...|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/
const GONE_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

/** A library error as a Fault where we know what it means; anything else unchanged. Never throws. */
export function asDatabaseFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const { code } = error as { code?: string }
  if ((code && GONE.test(code)) || GONE_MESSAGE.test(error.message))
    return new Fault({
      kind: 'retryable',
      code: 'db.connection.lost',
      message: 'The database did not answer.',
      retryAfter: 2,
      cause: error,
    })
  if (code === '53100')
    return new Fault({
      kind: 'operator',
      code: 'db.disk.full',
      message: 'The disk of the database is full. Free space, then try again.',
      cause: error,
    })
  // The last net: who takes texts in checks them first, and can say which one it was. Source: SQLSTATE 22021, 22P05.
  if (code === '22021' || code === '22P05')
    return new Fault({
      kind: 'user',
      code: 'db.text.refused',
      message: 'A text contains a character that cannot be stored.',
      cause: error,
    })
  return error
}
