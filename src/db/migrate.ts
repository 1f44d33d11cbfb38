import { readdir } from 'node:fs/promises'
import { Kysely, PostgresDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Pool, type PoolConfig } from 'pg'
import { Fault } from '#domain/fault.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/**
 * Brings the database to the newest schema; safe to call from several processes at once (Kysely takes an advisory lock) and twice.
 * Connects as the owner, not as the application's role. Throws Fault operator `db.schema.newer` when the database has
 * migrations this code does not know, `db.migration.failed` when one fails (nothing of it is kept).
 */
export async function migrate(connection: PoolConfig, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const pool = new Pool({ ...connection, max: 1 })
  pool.on('error', () => {})
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await run(database)
  } finally {
    await database.destroy()
  }
}

async function run(database: Kysely<unknown>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations } })
  const { error } = await migrator.migrateToLatest()
  if (!error) return
  const text = error instanceof Error ? error.message : String(error)
  if (/previously executed migration .* is missing/.test(text))
    throw new Fault({
      kind: 'operator',
      code: 'db.schema.newer',
      message:
        'This data was written by a newer version of Purser. Start that version, or point PURSER_DATA at another folder.',
      cause: error,
    })
  throw new Fault({
    kind: 'operator',
    code: 'db.migration.failed',
    message: `A database migration failed: ${text}`,
    cause: error,
  })
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}-.*\.ts$/.test(file)).sort()
  const modules = await Promise.all(files.map((file) => import(new URL(file, FOLDER).href) as Promise<Migration>))
  return Object.fromEntries(files.map((file, at) => [file.replace(/\.ts$/, ''), modules[at] as Migration]))
}
