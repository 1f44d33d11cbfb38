import { z } from 'zod'
import { shopId } from '#domain/ids.ts'
import { asDatabaseFault, type Database } from '../database.ts'
import type { Shop, Shops, SupportHours } from './shops.port.ts'

/** Monday to Friday, nine to five, a reply within two hours of opening time: careful, and a shop sets its own. */
const OFFICE_HOURS: [string, string] = ['09:00', '17:00']
const DEFAULT_HOURS: SupportHours = {
  timeZone: 'UTC',
  days: { mon: OFFICE_HOURS, tue: OFFICE_HOURS, wed: OFFICE_HOURS, thu: OFFICE_HOURS, fri: OFFICE_HOURS },
  replyWithinMinutes: 120,
  queue: 'support',
}

/** A year of conversations shows every season once; a shop sets its own. */
const DEFAULT_RETENTION_DAYS = 365
const Retention = z.object({ retentionDays: z.int().min(1).max(36_500) })

const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/)
const Settings = z.object({
  support: z.object({
    timeZone: z.string().refine(isTimeZone).default(DEFAULT_HOURS.timeZone),
    days: z
      .partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.tuple([clock, clock]))
      .default(DEFAULT_HOURS.days),
    replyWithinMinutes: z.int().positive().default(DEFAULT_HOURS.replyWithinMinutes),
    queue: z.string().min(1).default(DEFAULT_HOURS.queue),
  }),
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
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute()
        .catch(rethrow)
    },
    async list(signal) {
      signal.throwIfAborted()
      const rows = await database.selectFrom('shops').selectAll().orderBy('id').execute().catch(rethrow)
      return rows.map(read)
    },
  }
}

function rethrow(error: unknown): never {
  throw asDatabaseFault(error)
}

function read(row: { id: string; name: string; default_locale: string; currency: string; settings: object }): Shop {
  return {
    id: shopId(row.id),
    name: row.name,
    defaultLocale: row.default_locale,
    currency: row.currency,
    settings: row.settings,
    support: readHours(row.settings),
    retentionDays: readRetention(row.settings),
  }
}

function readHours(settings: unknown): SupportHours {
  const read = Settings.safeParse(settings)
  return read.success ? read.data.support : DEFAULT_HOURS
}

/** What cannot be read keeps conversations for the default time: a typing mistake must not erase them. */
function readRetention(settings: unknown): number {
  const read = Retention.safeParse(settings)
  return read.success ? read.data.retentionDays : DEFAULT_RETENTION_DAYS
}

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}
