import { sql } from 'kysely'
import { z } from 'zod'
import { shopId } from '#domain/ids.ts'
import { DEFAULT_SETTINGS, isLocale, isTimeZone, type ShopSettings, TIME_OF_DAY } from '#domain/shop/shop-settings.ts'
import { asDatabaseFault, type Database, type DatabaseTransaction } from '../database.ts'
import type { Shop, Shops, SupportHours } from './shops.port.ts'

const { support, assistant, privacy, starters, locales, retentionDays } = DEFAULT_SETTINGS
const timeOfDay = z.string().regex(TIME_OF_DAY)

/**
 * Stored settings, read one by one: what is missing or cannot be read has its default, and the rest still counts. Hours belong
 * together, and so does the notice. An unreadable retention keeps conversations: a typing mistake must not erase them.
 */
const Settings = z.object({
  support: z
    .object({
      timeZone: z.string().refine(isTimeZone).default(support.timeZone),
      days: z
        .partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.tuple([timeOfDay, timeOfDay]))
        .default(support.days),
      replyWithinMinutes: z.int().positive().default(support.replyWithinMinutes),
      queue: z.string().min(1).default(support.queue),
    })
    .catch(support),
  assistant: z.object({ name: z.string().min(1) }).catch(assistant),
  privacy: z
    .object({
      version: z.string().min(1),
      notice: z.string(),
      url: z.string().nullable().default(null),
      consent: z.enum(['none', 'required']).default('none'),
    })
    .catch(privacy),
  starters: z.array(z.string().min(1)).catch(starters),
  locales: z.array(z.string().refine(isLocale)).catch(locales),
  retentionDays: z.int().min(1).max(36_500).catch(retentionDays),
})

/** Shops in PostgreSQL. The one table every request may read: which shops there are is no secret between them. */
export function postgresShops(database: Database): Shops {
  return {
    async get(id, signal) {
      signal.throwIfAborted()
      const row = await database.selectFrom('shops').selectAll().where('id', '=', id).executeTakeFirst().catch(rethrow)
      return row ? read(row) : null
    },
    async put({ id, name, defaultLocale, currency, settings }, signal) {
      signal.throwIfAborted()
      const values = { name, default_locale: defaultLocale, currency, settings: JSON.stringify(settings ?? {}) }
      await database
        .insertInto('shops')
        .values({ id, ...values })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ ...values, revision: sql`shops.revision + 1` as never }),
        )
        .execute()
        .catch(rethrow)
    },
    async change(id, { name, defaultLocale, ...settings }, revision, signal) {
      signal.throwIfAborted()
      const row = await database
        .updateTable('shops')
        .set({
          name,
          default_locale: defaultLocale,
          // Beside what is changed, the stored settings hold marks of our own.
          settings: sql`settings || ${JSON.stringify(settings)}::jsonb`,
          revision: sql`revision + 1`,
        })
        .where('id', '=', id)
        .where('revision', '=', revision)
        .returningAll()
        .executeTakeFirst()
        .catch(rethrow)
      return row ? read(row) : null
    },
    async list(signal) {
      signal.throwIfAborted()
      const rows = await database.selectFrom('shops').selectAll().orderBy('id').execute().catch(rethrow)
      return rows.map(read)
    },
  }
}

/** When people of the shop answer, as it stands in this transaction. */
export async function supportHours(transaction: DatabaseTransaction, shop: string): Promise<SupportHours> {
  const row = await transaction.selectFrom('shops').select('settings').where('id', '=', shop).executeTakeFirst()
  return readSettings(row?.settings).support
}

function rethrow(error: unknown): never {
  throw asDatabaseFault(error)
}

type Row = {
  id: string
  name: string
  default_locale: string
  currency: string
  settings: object
  revision: number
}

function read({ id, name, default_locale, currency, settings, revision }: Row): Shop {
  return {
    ...readSettings(settings),
    id: shopId(id),
    name,
    defaultLocale: default_locale,
    currency,
    settings,
    revision,
  }
}

function readSettings(settings: unknown): ShopSettings {
  const read = Settings.safeParse(settings)
  return read.success ? read.data : DEFAULT_SETTINGS
}
